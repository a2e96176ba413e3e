// Where numbers become text: digits, signs, shares, differences, exponents. They are made from
// values; nobody reads a number back from a text.

/**
 * @typedef {object} Locale
 * @property {string} decimal between whole and part
 * @property {string} group between thousands
 * @property {string} list between numbers of a list
 */

/**
 * How numbers are written: value / 10^exponent with so many decimals. The exponent is 0 but for
 * very small or very large numbers.
 * @typedef {{ readonly decimals: number, readonly exponent: number }} Digits
 */

export const MINUS = '\u2212';
export const THIN = '\u202f'; // narrow no-break space
export const NEARLY_NOTHING = `≈${THIN}0`;

/** @type {Locale} */
export const ENGLISH = { decimal: '.', group: THIN, list: ', ' };
let locale = ENGLISH;

/** @param {Locale} next how all numbers are written from now on */
export function writeIn(next) {
  locale = next;
}

/** @param {string} language as a page names its own @returns {Locale} */
export function localeOf(language) {
  if (!language || /^en\b/.test(language)) return ENGLISH;
  const parts = new Intl.NumberFormat(language).formatToParts(1234567.8);
  const found = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value;
  const decimal = found('decimal') ?? ENGLISH.decimal;
  return { decimal, group: found('group') ?? THIN, list: decimal === ',' ? '; ' : ', ' };
}

/** @param {readonly string[]} texts of numbers @returns {string} "0.3, 0.4", and "0,3; 0,4" */
export function listed(texts) {
  return texts.join(locale.list);
}

// ---------------------------------------------------------------- digits

const TINY = 1e-4; // below it numbers are written with an exponent …
const HUGE = 1e7; // … and from here on
const MOST = 12; // decimals
const EXACT = 14; // digits in all that float64 tells apart when it counts units
const FAR = 300; // places after the point
const LEAST = 3; // LOOK.md: three decimals for a value and its sum

/**
 * Enough decimals for so many significant digits of the total; of the largest where the total is 0.
 * @param {number} total
 * @param {number} [largest] magnitude of all numbers written with these digits
 * @param {number} [significant]
 * @param {number} [least] decimals
 * @returns {Digits}
 */
export function digitsFor(total, largest = 0, significant = 4, least = LEAST) {
  const most = Math.max(Math.abs(total), largest);
  if (!(most > 0 && most < Infinity)) return { decimals: least, exponent: 0 };
  const exponent = most < TINY || most >= HUGE ? magnitude(most) : 0;
  const wanted = significant - 1 - magnitude(total || most) + exponent;
  const room = EXACT - 1 - magnitude(most) + exponent;
  return { decimals: Math.min(Math.max(wanted, least), MOST, room), exponent };
}

/** @param {Digits} digits @param {number} more decimals @returns {Digits} */
export function finer({ decimals, exponent }, more) {
  return { decimals: decimals + more, exponent };
}

/** @param {number} value not 0 @returns {number} position of its first digit: 0 for 1 … 9.99 */
function magnitude(value) {
  return Math.floor(Math.log10(Math.abs(value)));
}

/**
 * @param {number} value
 * @param {Digits} digits
 * @returns {number} a whole number of the last digit, the same that is written
 */
export function unitsOf(value, { decimals, exponent }) {
  const near = Math.max(exponent, -FAR); // 10³²⁴ is no float: what is smaller is scaled in two steps
  const scaled = near < 0 ? value * 10 ** -near : value / 10 ** near;
  const size = Math.abs(scaled) * 10 ** (near - exponent);
  const units = Math.round(Number(size.toFixed(decimals)) * 10 ** decimals);
  return value < 0 && units ? -units : units;
}

/** @param {number} units @param {Digits} digits @returns {number} what is written, as a number */
export function shownOf(units, { decimals, exponent }) {
  const mantissa = units / 10 ** decimals;
  return exponent === 0 ? mantissa : Number(`${mantissa}e${exponent}`);
}

// ---------------------------------------------------------------- one number

/** @param {number} units @param {Digits} digits @returns {string} "−0.145", "1.234×10⁻⁹" */
export function written(units, { decimals, exponent }) {
  const mantissa = number(units / 10 ** decimals, decimals);
  return exponent === 0 ? mantissa : mantissa + power(exponent);
}

/** @param {number} value @param {Digits} digits @returns {string} with a digit of its own where these would make it 0 */
export function writtenNear(value, digits) {
  const units = unitsOf(value, digits);
  return units || !value ? written(units, digits) : roughly(value);
}

/** @param {number} units @param {Digits} digits @returns {string} the same with its sign: "+0.145" */
export function writtenSigned(units, digits) {
  return (units < 0 ? '' : '+') + written(units, digits);
}

/** @param {number} units @param {Digits} digits @returns {string} what is taken off: "− 0.145", "+ 0.145" */
export function less(units, digits) {
  return `${units < 0 ? '+' : MINUS} ${written(Math.abs(units), digits)}`;
}

/** @param {string} text of a number @param {boolean} negative @returns {string} "(−0.072)" */
export function bracketed(text, negative) {
  return negative ? `(${text})` : text;
}

/** @param {number} value @param {number} decimals @returns {string} with a true minus, and never "−0.0" */
export function number(value, decimals) {
  const size = Math.abs(value);
  if (!(size < Infinity)) return size ? `${value < 0 ? MINUS : ''}∞` : '–'; // NaN is no number
  if (size >= 1e15) return own(value);
  const text = size.toFixed(decimals);
  const negative = value < 0 && Number(text) !== 0;
  return (negative ? MINUS : '') + text.replace('.', locale.decimal);
}

/** @param {number} value @param {number} decimals @returns {string} always with its sign */
export function signed(value, decimals) {
  return writtenSigned(unitsOf(value, { decimals, exponent: 0 }), { decimals, exponent: 0 });
}

/** @param {number} value a whole number @returns {string} "48 120" */
export function grouped(value) {
  return number(value, 0).replace(/\B(?=(\d{3})+$)/g, locale.group);
}

/** @param {number} value @param {number} [significant] @returns {string} with digits of its own: "0.08130" */
export function own(value, significant = 4) {
  const digits = digitsFor(value, 0, significant);
  return written(unitsOf(value, digits), digits);
}

/** @param {number} value @param {number} [significant] @returns {string} no decimals beyond them: "0.53", "12", "0" */
export function brief(value, significant = 2) {
  const first = digitsFor(value, 0, significant, 0);
  const digits = digitsFor(shownOf(unitsOf(value, first), first), 0, significant, 0); // 0.999 is 1.0
  return written(unitsOf(value, digits), digits);
}

/** @param {number} value above 0 @returns {string} three significant digits in thousands: "4 740", "2.72" */
export function about(value) {
  const shown = Number(value.toPrecision(3));
  return shown >= 100 ? grouped(shown) : number(value, shown >= 10 ? 1 : 2);
}

/** @param {number} value @returns {string} one significant digit: "2×10⁻⁷", "−0.003", "0" */
export function roughly(value) {
  if (value === 0) return '0';
  const [mantissa = '', exponent = ''] = Math.abs(value).toExponential(0).split('e');
  const place = Number(exponent);
  if (place > -4 && place <= 0) return number(value, -place);
  return (value < 0 ? MINUS : '') + mantissa + power(place);
}

/** @param {number} value a setting @returns {string} as short as it is: "1.275", "−1", "28" */
export function short(value) {
  const text = String(Number(Math.abs(value).toPrecision(7)));
  if (text.includes('e')) return own(value);
  return (value < 0 ? MINUS : '') + text.replace('.', locale.decimal);
}

/** @param {number} value @returns {[over: number, under: number] | null} where it has few parts */
export function ratioOf(value) {
  if (Number.isInteger(value)) return null;
  const under = [2, 3, 4, 5, 6, 7, 8, 9].find(
    (count) => Math.abs(value * count - Math.round(value * count)) < 1e-12,
  );
  return under === undefined ? null : [Math.round(value * under), under];
}

/** @param {number} value @returns {string} before what it multiplies: "1.7159 · ", "2/3 · "; nothing for 1 */
export function times(value) {
  return value === 1 ? '' : `${ratioOf(value)?.join('/') ?? short(value)} · `;
}

/** @param {number} exponent a whole number @returns {string} "×10⁻⁷" */
function power(exponent) {
  const figures = [...String(Math.abs(exponent))].map((figure) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(figure)]);
  return `×10${exponent < 0 ? '⁻' : ''}${figures.join('')}`;
}

// ---------------------------------------------------------------- where room is scarce

/**
 * As many decimals as fit, three at most, as long as they tell it from 0; else without the 0 before
 * them; else its order of magnitude; else that it is nearly nothing. A bare 0 is exactly zero.
 * @param {number} value
 * @param {(text: string) => boolean} fits
 * @returns {string} '' where nothing fits
 */
export function fitting(value, fits) {
  if (value === 0) return fits('0') ? '0' : '';
  const size = Math.abs(value);
  const told = [3, 2, 1, 0].filter((decimals) => size * 10 ** decimals >= 0.5);
  const plain = told.map((decimals) => number(value, decimals));
  const pointed = size < 0.5 ? plain.map((text) => text.replace('0', '')) : [];
  const found = [...plain, ...pointed].find(fits);
  if (found) return found;
  const last = size < 0.5 ? [orderOf(value), NEARLY_NOTHING] : [orderOf(value)];
  return last.find(fits) ?? '';
}

/** @param {number} value @returns {string} "−1e6", "4e−4" */
function orderOf(value) {
  const [mantissa = '', place = ''] = Math.abs(value).toExponential(0).split('e');
  const sign = value < 0 ? MINUS : '';
  return `${sign}${mantissa}e${place.replace('-', MINUS).replace('+', '')}`;
}

/**
 * The ends of a scale with 0 in it. What is not 0 is not written as 0.
 * @param {number} low
 * @param {number} high
 * @returns {{ lowText: string, highText: string, both: string }} both: where one of them is all there is room for
 */
export function ends(low, high) {
  const largest = Math.max(-low, high);
  const decimals = largest >= 100 ? 0 : largest >= 0.95 ? 1 : largest >= 0.095 ? 2 : 3;
  const say = (/** @type {number} */ value) => {
    if (value === 0) return '0';
    if (largest < 0.00095 || largest >= 1e5) return roughly(value);
    if (Number.isInteger(value)) return number(value, 0);
    if (Math.abs(value) * 10 ** decimals >= 0.5) return number(value, decimals);
    return Math.abs(value) < largest / 20 ? NEARLY_NOTHING : roughly(value);
  };
  return { lowText: say(low), highText: say(high), both: `±${say(largest)}` };
}

/** @param {number} limit @returns {string} of a scale to both sides: "±0.53" */
export function scaleText(limit) {
  return ends(-limit, limit).both;
}

// ---------------------------------------------------------------- for Python

/**
 * For code that runs in Python, so with its point and rounded as it rounds: the exact binary value,
 * half to even.
 * @param {number} value finite, or NaN
 * @param {number} [significant] nine are enough to tell any two float32 apart
 * @returns {string} what `f"{value:.9g}"` gives there
 */
export function python(value, significant = 9) {
  if (!value) return value !== 0 ? 'nan' : Object.is(value, -0) ? '-0' : '0';
  const [digits, place] = halfToEven(Math.abs(value), significant);
  const sign = value < 0 ? '-' : '';
  const far = place < -4 || place >= significant;
  if (!far) return sign + pointed('0'.repeat(Math.max(0, -place)) + digits, Math.max(1, place + 1));
  return `${sign}${pointed(digits, 1)}e${place < 0 ? '-' : '+'}${String(Math.abs(place)).padStart(2, '0')}`;
}

/** @param {string} digits @param {number} whole so many before the point @returns {string} no idle zeros */
function pointed(digits, whole) {
  const part = digits.slice(whole).replace(/0+$/, '');
  return digits.slice(0, whole) + (part && `.${part}`);
}

/** @param {number} size above 0 @param {number} significant @returns {[digits: string, place: number]} */
function halfToEven(size, significant) {
  const parts = (/** @type {number} */ count) => {
    const [mantissa = '', exponent = ''] = size.toExponential(count - 1).split('e');
    return /** @type {const} */ ([mantissa.replace('.', ''), Number(exponent)]);
  };
  const [rounded, place] = parts(significant); // a tie goes up here
  const [exact, before] = parts(101);
  const down = exact.slice(0, significant);
  const tie = /^50*$/.test(exact.slice(significant));
  return tie && Number(down.charAt(significant - 1)) % 2 === 0 ? [down, before] : [rounded, place];
}

/** @param {readonly [number, number]} pair @returns {string} "5 × 5" */
export function pairText([rows, columns]) {
  return `${rows} × ${columns}`;
}

/** @param {number} from @param {number} to half-open @returns {string} "7–11", or "7" for one */
export function spanText(from, to) {
  return to - from === 1 ? `${from}` : `${from}–${to - 1}`;
}

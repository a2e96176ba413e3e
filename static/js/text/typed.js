// Numbers that a visitor types: the one place where a text becomes a number, as people of any country
// write it.

/** A number, its point or comma, its exponent. */
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,2})?$/i;
/** What stands between the numbers of a row. */
const GAPS = /[\s;]+/;
/** Beyond these nobody types. */
const LARGEST = 1e6;

/** @param {string} text "1", "−0.5", "0,25", "1/9" @returns {number | null} null where it is no number */
export function numberTyped(text) {
  const plain = text.trim().replaceAll('\u2212', '-');
  const [over = '', under, ...more] = plain.split('/');
  if (more.length || ![over, under ?? '1'].every((part) => NUMBER.test(part))) return null;
  const value = read(over) / read(under ?? '1');
  return Math.abs(value) <= LARGEST ? value : null; // what is divided by 0 is none
}

/** @param {string} part */
function read(part) {
  return Number(part.replace(',', '.'));
}

/** @param {string} text lines of numbers, with spaces, tabs or semicolons between them @returns {number[][] | null} null where it is no block of them */
export function rowsTyped(text) {
  const lines = text
    .trim()
    .split(/\r?\n|(?<=\s)\/(?=\s)/)
    .map((line) =>
      line
        .trim()
        .split(GAPS)
        .map((one) => numberTyped(one.replace(/^\[+|[\],]+$/g, ''))),
    );
  const [first] = lines;
  const whole = lines.every((line) => line.length === first?.length && !line.includes(null));
  return whole ? /** @type {number[][]} */ (lines) : null;
}

// Witnesses for texts of numbers: what a text says and what a float is, as exact decimal fractions.

import { generator } from '../generate.js';

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const THIN = '\u202f';

/** units × 10^place, exactly. @typedef {{ units: bigint, place: number }} Decimal */

/** What a text says, read by rules of its own. @returns {Decimal} */
export function read(text, decimal = '.') {
  const point = decimal === ',' ? ',' : '\\.';
  const found = new RegExp(
    `^([−+]?)(\\d+|(?=${point}))(?:${point}(\\d+))?(?:×10(⁻?)([${RAISED}]+)|e(−?)(\\d+))?$`,
  ).exec(text);
  if (!found) throw new Error(`${JSON.stringify(text)} is no number.`);
  const [, sign, whole, part = '', down, raised, minus, plain] = found;
  const size = raised ? [...raised].map((figure) => RAISED.indexOf(figure)).join('') : plain;
  const power = Number(size ?? 0) * (down || minus ? -1 : 1);
  const units = BigInt(whole + part);
  return { units: sign === '−' ? -units : units, place: power - part.length };
}

/** A float as it is in binary. @returns {Decimal} */
export function exact(value) {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const all = bits.getBigUint64(0);
  const power = Number((all >> 52n) & 2047n);
  const fraction = all & ((1n << 52n) - 1n);
  const mantissa = power ? fraction | (1n << 52n) : fraction;
  const two = (power || 1) - 1075;
  const size = two >= 0 ? mantissa << BigInt(two) : mantissa * 5n ** BigInt(-two);
  return { units: value < 0 ? -size : size, place: Math.min(0, two) };
}

/** Both in units of the finer one. @param {Decimal} a @param {Decimal} b @returns {[bigint, bigint, number]} */
function aligned(a, b) {
  const place = Math.min(a.place, b.place);
  const of = ({ units, place: at }) => units * 10n ** BigInt(at - place);
  return [of(a), of(b), place];
}

/** @param {Decimal} a @param {Decimal} b @returns {Decimal} */
export function minus(a, b) {
  const [x, y, place] = aligned(a, b);
  return { units: x - y, place };
}

/** @param {Decimal} a @param {Decimal} b @returns {Decimal} */
export function product(a, b) {
  return { units: a.units * b.units, place: a.place + b.place };
}

/** @param {Decimal} a @param {Decimal} b @returns {-1 | 0 | 1} */
export function compare(a, b) {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

const size = ({ units, place }) => ({ units: units < 0n ? -units : units, place });

/** Whether a shown number is another one rounded to its last digit. */
export function rounds(shown, value) {
  const lack = size(minus(shown, value));
  return (
    compare({ units: lack.units * 2n, place: lack.place }, { units: 1n, place: shown.place }) <= 0
  );
}

/** How many figures it has from the first above 0 on. @param {Decimal} shown */
export const figures = ({ units }) => String(units < 0n ? -units : units).length;

/** Values of every kind: any size, ties, neighbours in float32, subnormal ones, huge ones, zeros. */
export function* values(seed = 1, count = 400) {
  const any = generator(seed);
  yield* [
    0,
    -0,
    1,
    -1,
    0.5,
    1.175,
    2 ** -149,
    -(2 ** -126),
    3.4028234663852886e38,
    1e-4,
    1e7,
    9.9995,
    0.00099995,
  ];
  for (let i = 0; i < count; i++) {
    const mantissa = (any(2 ** 24) + 1) / 2 ** 24;
    const sign = any(2) ? 1 : -1;
    yield Math.fround(sign * mantissa * 10 ** (any(16) - 9));
    yield Math.fround(sign * mantissa * 10 ** (any(82) - 44));
    yield (sign * (any(4000) + 1)) / 2 ** (1 + any(14)); // a tie of some number of decimals
  }
}

/** The next float32. @param {number} value */
export function neighbour(value) {
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, value);
  bits.setUint32(0, bits.getUint32(0) + 1);
  return bits.getFloat32(0);
}

/** Without the narrow spaces between thousands and before a sign. */
export const bare = (text) => text.replaceAll(THIN, '');

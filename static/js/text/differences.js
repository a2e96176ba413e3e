// Two numbers and their difference as text: what is shown is subtracted, and unequal numbers differ.

import { THIN, digitsFor, finer, unitsOf, written, writtenSigned } from './numbers.js';

/** @import { Digits } from './numbers.js' */

const SMALL = -4; // place of the first figure; below it a difference is written with an exponent
const EXACT = 15; // digits; with more it is told by its own four

/** A number, and how it is shown where it stands. @typedef {{ value: number, digits?: Digits }} Figure */

/**
 * Two numbers, and what the second has more than the first as the two are shown. Unequal numbers
 * that would look the same get more digits. What is no number or without end has no difference.
 * @param {Figure} first
 * @param {Figure} second
 * @returns {{ first: string, second: string, difference: string }}
 */
export function compared(first, second) {
  const [a, b] = [first.value, second.value];
  if (![a, b].every(Number.isFinite))
    return { first: textOf(first), second: textOf(second), difference: '–' };
  let own = [first.digits ?? digitsFor(a), second.digits ?? digitsFor(b)];
  const apart = () =>
    exactDifference(a, /** @type {Digits} */ (own[0]), b, /** @type {Digits} */ (own[1]));
  let found = apart();
  for (let more = 0; more < 9 && a !== b && found.units === 0n; more++) {
    own = own.map((digits) => finer(digits, 1));
    found = apart();
  }
  const [one = '', two = ''] = own.map((digits, i) => written(unitsOf(i ? b : a, digits), digits));
  return { first: one, second: two, difference: writtenExactly(found, b - a) };
}

/** @param {Figure} figure */
function textOf({ value, digits = digitsFor(value) }) {
  return written(unitsOf(value, digits), digits);
}

/** @param {number} a @param {Digits} of @param {number} b @param {Digits} by @returns {{ units: bigint, place: number }} b − a as shown */
function exactDifference(a, of, b, by) {
  const places = [of.exponent - of.decimals, by.exponent - by.decimals];
  const place = Math.min(...places);
  const [one = 0n, two = 0n] = [unitsOf(a, of), unitsOf(b, by)].map(
    (units, i) => BigInt(units) * 10n ** BigInt((places[i] ?? 0) - place),
  );
  return { units: two - one, place };
}

/** @param {{ units: bigint, place: number }} exact @param {number} value told roughly where that has too many digits */
function writtenExactly({ units, place }, value) {
  if (units === 0n) return '0';
  const count = String(units < 0n ? -units : units).length;
  const first = count - 1 + place;
  if (count > EXACT) {
    const digits = digitsFor(value);
    return `≈${THIN}${writtenSigned(unitsOf(value, digits), digits)}`;
  }
  const far = first < SMALL || place > 0;
  const digits = far ? { decimals: count - 1, exponent: first } : { decimals: -place, exponent: 0 };
  return writtenSigned(Number(units), digits);
}

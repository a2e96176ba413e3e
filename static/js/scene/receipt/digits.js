// How many digits the numbers of an equation get, and how they are written with them.

import { MINUS, number } from '../format.js';

/** @import { Digits } from './types.d.ts' */

const TINY = 1e-4; // below it numbers are written with an exponent …
const HUGE = 1e7; // … and from here on
const MOST = 12; // decimals
const EXACT = 14; // digits in all that float64 tells apart when it counts units
const LEAST = 3; // LOOK.md: three decimals for a value and its sum

/**
 * Enough decimals for so many significant digits of the total; of the largest where the total is 0.
 * @param {number} total
 * @param {number} [largest] magnitude of all numbers written with these digits
 * @param {number} [significant]
 * @returns {Digits}
 */
export function digitsFor(total, largest = 0, significant = 4) {
  const most = Math.max(Math.abs(total), largest);
  if (!(most > 0 && most < Infinity)) return { decimals: LEAST, exponent: 0 };
  const exponent = most < TINY || most >= HUGE ? magnitude(most) : 0;
  const wanted = significant - 1 - magnitude(total || most) + exponent;
  const room = EXACT - 1 - magnitude(most) + exponent;
  return { decimals: Math.min(Math.max(wanted, LEAST), MOST, room), exponent };
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
  const text = Math.abs(scaled(value, exponent)).toFixed(decimals);
  const units = Math.round(Number(text) * 10 ** decimals);
  return value < 0 && units ? -units : units;
}

/** @param {number} units @param {Digits} digits @returns {number} what is written, as a number */
export function shownOf(units, { decimals, exponent }) {
  const mantissa = units / 10 ** decimals;
  return exponent === 0 ? mantissa : Number(`${mantissa}e${exponent}`);
}

/** @param {number} value @param {number} exponent */
function scaled(value, exponent) {
  return exponent < 0 ? value * 10 ** -exponent : value / 10 ** exponent;
}

/** @param {number} units @param {Digits} digits @returns {string} "−0.145", "1.234×10⁻⁹" */
export function written(units, { decimals, exponent }) {
  const mantissa = number(units / 10 ** decimals, decimals);
  return exponent === 0 ? mantissa : `${mantissa}×10${raised(exponent)}`;
}

/** @param {number} value @param {number} [significant] @returns {string} with digits of its own */
export function own(value, significant = 4) {
  const digits = digitsFor(value, 0, significant);
  return written(unitsOf(value, digits), digits);
}

/** @param {number} value @returns {string} one significant digit: "2×10⁻⁷", "−0.003", "0" */
export function roughly(value) {
  if (value === 0) return '0';
  const [mantissa = '', exponent = ''] = Math.abs(value).toExponential(0).split('e');
  const power = Number(exponent);
  const sign = value < 0 ? MINUS : '';
  if (power > -4 && power <= 0) return sign + Math.abs(value).toFixed(-power);
  return `${sign}${mantissa}×10${raised(power)}`;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** @param {number} power a whole number @returns {string} "⁻⁷" */
export function raised(power) {
  const figures = [...String(Math.abs(power))].map((figure) => RAISED[Number(figure)]);
  return (power < 0 ? '⁻' : '') + figures.join('');
}

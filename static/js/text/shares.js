// Shares of a whole as text: 100 % only with nothing left for others, 0 only for nothing.

import { MINUS, NEARLY_NOTHING, THIN, number, roughly, signed, unitsOf } from './numbers.js';

/**
 * What would round to nothing or to everything says so. All is said only with nothing left for
 * others, though the share itself be 1 in float32.
 * @param {number} share 0..1
 * @param {boolean} alone
 * @param {number} [decimals]
 * @returns {{ mark: '' | '<' | '>', value: number, text: string }} of 100
 */
function hundredths(share, alone, decimals = 1) {
  const digits = { decimals, exponent: 0 };
  const units = unitsOf(Math.max(0, 100 * share), digits);
  const all = 100 * 10 ** decimals;
  const say = (/** @type {'' | '<' | '>'} */ mark, /** @type {number} */ shown) => {
    const whole = shown === 0 || shown === all;
    const text = number(shown / 10 ** decimals, whole ? 0 : decimals);
    return { mark, value: shown, text };
  };
  if (units === 0) return share > 0 ? say('<', 1) : say('', 0);
  if (units >= all) return alone ? say('', all) : say('>', all - 1);
  return say('', units);
}

/** @param {ArrayLike<number>} shares @returns {boolean} nothing is left for others beside one of them */
export function isAlone(shares) {
  let count = 0;
  for (let i = 0; i < shares.length && count < 2; i++) if (shares[i] !== 0) count++;
  return count === 1;
}

/**
 * @param {number} share 0..1
 * @param {{ alone?: boolean, decimals?: number }} [how] alone: of a share among others, see `isAlone`
 * @returns {string} "89.1 %", "< 0.1 %", "> 99.9 %"
 */
export function percent(share, { alone = true, decimals = 1 } = {}) {
  const { mark, text } = hundredths(share, alone && share === 1, decimals);
  return `${mark}${mark && THIN}${text}${THIN}%`;
}

/**
 * Beside a bar, in the first form that fits; the last in any case.
 * @param {number} share 0..1
 * @param {boolean} alone
 * @param {(text: string) => boolean} fits
 * @returns {string} "89.1%", ">99.9%", ">99.9", and a bare "0"
 */
export function percentShort(share, alone, fits) {
  const { mark, text, value } = hundredths(share, alone && share === 1);
  if (value === 0) return text;
  const whole = `${mark}${text}%`;
  return fits(whole) ? whole : mark + text;
}

/** A share, and whether nothing is left for others. @typedef {readonly [share: number, alone: boolean]} Share */

/** @param {Share} now @param {Share} then @returns {number | null} tenths of a hundredth, as both are shown */
function apart(now, then) {
  const [a, b] = [now, then].map(([share, alone]) => hundredths(share, alone && share === 1));
  if (!a || !b || a.mark || b.mark || a.value === b.value) return null;
  return a.value - b.value;
}

/**
 * What one share has more than another, as the two are shown, beside a bar.
 * @param {Share} now
 * @param {Share} then
 * @returns {string} "−12.3%", "0", "≈0", "<−99.9%"
 */
export function shareDifference(now, then) {
  const more = now[0] - then[0];
  if (more === 0) return '0';
  const shown = apart(now, then);
  if (shown !== null) return `${signed(shown / 10, 1)}%`;
  const { mark, text } = hundredths(Math.abs(more), false);
  if (mark === '<') return NEARLY_NOTHING;
  return more > 0 ? `${mark}+${text}%` : `${mark && '<'}${MINUS}${text}%`;
}

/**
 * The same in percentage points; what is too little for them, roughly.
 * @param {Share} now
 * @param {Share} then
 * @returns {string} "+6.6", "−2×10⁻⁸"
 */
export function pointsBetween(now, then) {
  const shown = apart(now, then);
  if (shown !== null) return signed(shown / 10, 1);
  const points = 100 * (now[0] - then[0]);
  if (Math.abs(points) >= 0.95) return signed(points, 1); // one of them is only said to be beyond
  return points > 0 ? `+${roughly(points)}` : roughly(points);
}

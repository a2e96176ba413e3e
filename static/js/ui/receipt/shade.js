// Colours of numbers in the account: the stage's own scales, a scale of their own, text upon them.

import { css, pixel } from '../../render/colours.js';

/** @import { Colours, Span } from '../../render/colours.js' */

/** Above this luminance black reads better than white; either keeps 4.5 to 1 on every stop. */
const BRIGHT = 0.18;

/**
 * A scale of its own, ± the largest.
 *
 * @param {number} limit
 * @returns {Span}
 */
export function own(limit) {
  return { image: false, limit: limit || 1, low: -limit, high: limit };
}

/**
 * @param {ArrayLike<number>} values
 * @returns {number} the largest magnitude
 */
export function largest(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? 0));
  return most;
}

/**
 * Fills an element with the colour of a value and sets its text to what reads on it.
 *
 * @param {HTMLElement | SVGElement} element
 * @param {Colours} colours
 * @param {number} value
 * @param {Span} span
 */
export function tint({ style }, colours, value, span) {
  const packed = pixel(colours, value, span);
  style.background = css(packed);
  style.color = luminance(packed) > BRIGHT ? '#000' : '#fff';
}

/** @param {number} packed as in ImageData */
function luminance(packed) {
  const red = linear(packed & 255);
  const green = linear((packed >> 8) & 255);
  const blue = linear((packed >> 16) & 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {number} channel 0..255 */
function linear(channel) {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/**
 * @param {number} value
 * @returns {'above' | 'below' | 'nought'} class of its sign
 */
export function signOf(value) {
  if (value > 0) return 'above';
  return value < 0 ? 'below' : 'nought';
}

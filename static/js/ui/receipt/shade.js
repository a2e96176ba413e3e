// Colours of numbers in the account: the stage's own scales, a scale of their own, text upon them.

import { createColours, css, pixel } from '../../render/brush.js';
import { inkOn } from '../../render/luminance.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Colours, Span } from '../../render/brush.js' */

/** @type {WeakMap<Theme, Colours>} */
const made = new WeakMap();

/** The scales of a theme, for numbers that no stage shows. @param {Theme} theme @returns {Colours} */
export function coloursOf(theme) {
  const colours = made.get(theme) ?? createColours(theme);
  made.set(theme, colours);
  return colours;
}

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
  style.color = inkOn(packed);
}

/**
 * @param {number} value
 * @returns {'above' | 'below' | 'nought'} class of its sign
 */
export function signOf(value) {
  if (value > 0) return 'above';
  return value < 0 ? 'below' : 'nought';
}

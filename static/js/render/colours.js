// Colour tables: every step of the scales as packed pixels, made from the tokens once per theme.

/** @import { Theme } from '../core/theme.js' */

/** Steps from zero to the end of an arm; zero itself is one more. */
export const STEPS = 255;

/**
 * @typedef {object} Colours
 * @property {Uint32Array} diverging -STEPS..STEPS, zero at index STEPS
 * @property {Uint32Array} image paper..ink
 */

/** What a value's colour depends on; a Range of the scene has these, and so has a Swatch.
 * @typedef {object} Span
 * @property {boolean} image
 * @property {number} limit largest |value| of the scope
 * @property {number} low value of paper, for the image
 * @property {number} high value of ink
 */

/**
 * @param {Pick<Theme, 'pos' | 'neg' | 'image'>} theme
 * @returns {Colours}
 */
export function createColours(theme) {
  const above = ramp(theme.pos);
  const below = ramp(theme.neg);
  const diverging = new Uint32Array(2 * STEPS + 1);
  for (let step = 0; step <= STEPS; step++) {
    diverging[STEPS - step] = below[step] ?? 0;
    diverging[STEPS + step] = above[step] ?? 0;
  }
  return { diverging, image: ramp(theme.image) };
}

/**
 * Linear between the stops, which lie at equal distances.
 *
 * @param {readonly string[]} stops
 */
function ramp(stops) {
  const colours = stops.map(parse);
  const table = new Uint32Array(STEPS + 1);
  for (let step = 0; step <= STEPS; step++) {
    const place = (step / STEPS) * (colours.length - 1);
    const index = Math.min(colours.length - 2, Math.floor(place));
    table[step] = pack(mix(colours[index], colours[index + 1], place - index));
  }
  return table;
}

/** @typedef {readonly [red: number, green: number, blue: number]} Rgb */

/**
 * @param {string} text #rgb or #rrggbb
 * @returns {Rgb}
 */
function parse(text) {
  const digits = text.slice(1);
  const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const value = parseInt(long, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * @param {Rgb} [a]
 * @param {Rgb} [b]
 * @param {number} [t]
 * @returns {Rgb}
 */
function mix(a = [0, 0, 0], b = a, t = 0) {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/**
 * One pixel as ImageData holds it on a little-endian machine: red in the lowest byte.
 *
 * @param {Rgb} colour
 */
function pack([red, green, blue]) {
  return (
    ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0
  );
}

/**
 * @param {Colours} colours
 * @param {number} value
 * @param {Span} span
 * @param {number} [limit] of its map, where each map has its own scale
 */
export function pixel(colours, value, span, limit = span.limit) {
  if (span.image) {
    const step = ((value - span.low) / (span.high - span.low)) * STEPS;
    return colours.image[clamp(step, 0)] ?? 0;
  }
  return colours.diverging[STEPS + clamp((value / limit) * STEPS, -STEPS)] ?? 0;
}

/**
 * @param {number} step
 * @param {number} least
 */
function clamp(step, least) {
  return Math.round(Math.min(STEPS, Math.max(least, step))) || 0; // NaN is drawn as zero
}

/**
 * @param {number} packed
 * @returns {string} as CSS reads it
 */
export function css(packed) {
  return `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;
}

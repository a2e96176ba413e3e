// Strokes as plain values in pad units (0..1 across the pad): collecting points, nothing drawn.

/** @import { Drawing } from './editor.js' */

/** @typedef {readonly [x: number, y: number]} Point */

/**
 * @typedef {object} Stroke
 * @property {readonly Point[]} points
 * @property {number} width as a fraction of the pad's side
 * @property {boolean} erase
 */

/** A pad on which nothing was drawn. @type {Drawing} */
export const EMPTY = Object.freeze({ strokes: Object.freeze([]), file: null, size: null });

/** A captured pointer may leave the pad; what is far outside would only make numbers long. */
const NEAREST = -1;
const FARTHEST = 2;
/** Points closer than a screen pixel of the pad add bytes, not shape. */
const LEAST_STEP = 0.003;
const DIGITS = 1e4;

/**
 * @param {number} clientX
 * @param {number} clientY
 * @param {{ left: number, top: number, width: number, height: number }} place of the pad
 * @returns {Point}
 */
export function padPoint(clientX, clientY, place) {
  return [unit((clientX - place.left) / place.width), unit((clientY - place.top) / place.height)];
}

/** @param {number} value */
function unit(value) {
  const clipped = Math.min(FARTHEST, Math.max(NEAREST, value));
  return Math.round(clipped * DIGITS) / DIGITS;
}

/**
 * The points that are far enough from their forerunner to matter.
 *
 * @param {readonly Point[]} points so far
 * @param {readonly Point[]} more
 * @returns {Point[]}
 */
export function fresh(points, more) {
  /** @type {Point[]} */
  const kept = [];
  let last = points.at(-1);
  for (const point of more) {
    if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < LEAST_STEP) continue;
    kept.push(point);
    last = point;
  }
  return kept;
}

/**
 * Where an image stands when it is fitted into the pad, in pad units.
 *
 * @param {{ width: number, height: number }} image
 */
export function contained({ width, height }) {
  const longest = Math.max(width, height, 1);
  const w = width / longest;
  const h = height / longest;
  return { left: (1 - w) / 2, top: (1 - h) / 2, width: w, height: h };
}

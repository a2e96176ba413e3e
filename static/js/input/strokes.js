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
export const NEAREST = -1;
export const FARTHEST = 2;
/** Points closer than a screen pixel of the pad add bytes, not shape. */
const LEAST_STEP = 0.003;
/**
 * Points and widths stand on a grid of so many lines across the pad, finer than the pixels of the
 * screens that it is drawn on: what is drawn, sent, read and linked to is one value.
 */
export const GRID = 2000;

/**
 * @param {number} clientX
 * @param {number} clientY
 * @param {{ left: number, top: number, width: number, height: number }} place of the pad
 * @returns {Point}
 */
export function padPoint(clientX, clientY, place) {
  return [near((clientX - place.left) / place.width), near((clientY - place.top) / place.height)];
}

/** @param {number} value */
function near(value) {
  return Math.min(FARTHEST, Math.max(NEAREST, value));
}

/** @param {number} value */
function onGrid(value) {
  return Math.round(value * GRID) / GRID + 0; // a zero has no sign
}

/** @param {Stroke} stroke @returns {Stroke} on the grid */
export function gridded({ points, width, erase }) {
  return { points: points.map(griddedPoint), width: Math.max(1 / GRID, onGrid(width)), erase };
}

/** @param {Point} point @returns {Point} */
function griddedPoint([x, y]) {
  return [onGrid(x), onGrid(y)];
}

/**
 * The points, on the grid, that are far enough from their forerunner to matter.
 *
 * @param {readonly Point[]} points so far
 * @param {readonly Point[]} more
 * @returns {Point[]}
 */
export function fresh(points, more) {
  /** @type {Point[]} */
  const kept = [];
  let last = points.at(-1);
  for (const point of more.map(griddedPoint)) {
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

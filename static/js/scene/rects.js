// Rectangles of the picture, and how they lie to each other.

/** @import { Point, Rect } from './types.d.ts' */

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}

/** @param {Rect} a @param {Rect} b @returns {Rect} the least that holds both */
export function around(a, b) {
  return aroundPoints([corner(a), farCorner(a), corner(b), farCorner(b)]);
}

/** @param {readonly Point[]} points @param {number} [more] on each side @returns {Rect} */
export function aroundPoints(points, more = 0) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const [width, height] = [right - left + 2 * more, bottom - top + 2 * more];
  return { x: left - more, y: top - more, width, height };
}

/** @param {Rect} rect @returns {Point} */
function corner({ x, y }) {
  return [x, y];
}

/** @param {Rect} rect @returns {Point} */
function farCorner({ x, y, width, height }) {
  return [x + width, y + height];
}

/** @param {Rect} rect @returns {Point} */
export function middleOf({ x, y, width, height }) {
  return [x + width / 2, y + height / 2];
}

/** Whether they share more than an edge. @param {Rect} a @param {Rect} b */
export function meet(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Edges that meet but for a rounding are met, CSS px. */
const SLACK = 0.01;

/**
 * @param {Rect} rect
 * @param {Rect | undefined} sight all of the picture where it is not given
 */
export function inSight(rect, sight) {
  if (!sight) return true;
  const { x, y, width, height } = around(rect, sight);
  const more = Math.max(sight.x - x, sight.y - y, width - sight.width, height - sight.height);
  return more <= SLACK;
}

/**
 * In the order of the flow: along it, then across. It is its own inverse.
 * @param {'x' | 'y'} axis
 * @param {Point} point
 * @returns {Point}
 */
export function turned(axis, [x, y]) {
  return axis === 'x' ? [x, y] : [y, x];
}

/** @param {'x' | 'y'} axis @param {Rect} rect @returns {Rect} the same of a rectangle */
export function turnedRect(axis, rect) {
  const [x, y] = turned(axis, corner(rect));
  const [width, height] = turned(axis, [rect.width, rect.height]);
  return { x, y, width, height };
}

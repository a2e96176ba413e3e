// How a layer's plane is seen on the screen, as an outline that labels keep clear of.

import { project } from './camera.js';

/** @import { Rect } from '../types.d.ts' */
/** @import { Camera, Plane, Stand, Vec3 } from './types.d.ts' */

/**
 * How a plane is seen: two upright sides, two slanted ones.
 *
 * @typedef {object} Outline
 * @property {number} x0 @property {number} x1
 * @property {readonly [left: number, right: number]} top
 * @property {readonly [left: number, right: number]} bottom
 * @property {number} y0 @property {number} y1 the highest and the lowest of them
 * @property {number} depth
 */

/** @typedef {readonly [x0: number, y0: number, x1: number, y1: number]} Leader from the label to its layer */

/** @param {Plane} plane @param {Camera} camera @returns {Outline} */
export function outlineOf({ x, bounds: { y0, y1, z0, z1 } }, camera) {
  const at = (/** @type {number} */ y, /** @type {number} */ z) =>
    project(camera, /** @type {Vec3} */ ([x, y, z]));
  const ends = [
    [at(y1, z0), at(y0, z0)],
    [at(y1, z1), at(y0, z1)],
  ].map(([a = [0, 0], b = [0, 0]]) => ({
    ...{ low: Math.min(a[0], b[0]), high: Math.max(a[0], b[0]) },
    ...{ top: Math.min(a[1], b[1]), bottom: Math.max(a[1], b[1]) },
  }));
  const [left, right] = /** @type {[typeof ends[0], typeof ends[0]]} */ (
    ends.sort((a, b) => a.low - b.low)
  );
  const { eye, forward } = camera;
  return {
    ...{ x0: left.low, x1: Math.max(left.high, right.high) },
    ...{ top: [left.top, right.top], bottom: [left.bottom, right.bottom] },
    ...{ y0: Math.min(left.top, right.top), y1: Math.max(left.bottom, right.bottom) },
    depth: (x - eye[0]) * forward[0] + ((y0 + y1) / 2 - eye[1]) * forward[1],
  };
}

/** @param {Outline} outline @param {'top' | 'bottom'} side @param {number} x */
export function edgeAt(outline, side, x) {
  const { x0, x1 } = outline; // asked some thousand times a frame: nothing is allocated
  const edge = outline[side];
  const t = x1 > x0 ? Math.max(0, Math.min(1, (x - x0) / (x1 - x0))) : 0.5;
  return edge[0] + (edge[1] - edge[0]) * t;
}

/** @param {Outline | undefined} outline @param {Stand} stand */
export function outside(outline, { width, height }) {
  if (!outline) return true;
  const { x0, x1, y0, y1 } = outline;
  return x1 < 0 || x0 > width || y1 < 0 || y0 > height;
}

/** @param {Rect} a @param {Rect} b @param {number} [margin] @returns {number} the area that they share */
export function overlap(a, b, margin = 0) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + margin;
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + margin;
  return width > 0 && height > 0 ? width * height : 0;
}

/** @param {Rect} rect @param {Outline} outline @returns {number} about the area that they share */
export function covered({ x, y, width, height }, outline) {
  const from = Math.max(x - 1, outline.x0);
  const to = Math.min(x + width + 1, outline.x1);
  if (to <= from || y > outline.y1 || y + height < outline.y0) return 0;
  let most = 0;
  for (const at of [from, (from + to) / 2, to]) {
    const top = Math.max(y - 1, edgeAt(outline, 'top', at));
    const bottom = Math.min(y + height + 1, edgeAt(outline, 'bottom', at));
    most = Math.max(most, bottom - top);
  }
  return most * (to - from);
}

/** @param {Outline} outline @param {number} x @param {number} y */
export function within(outline, x, y) {
  const inside = x > outline.x0 && x < outline.x1;
  return inside && y > edgeAt(outline, 'top', x) && y < edgeAt(outline, 'bottom', x);
}

/** @param {Rect} rect @param {Outline} outline @returns {number} how far they are apart */
export function apart({ x, y, width, height }, outline) {
  const across = Math.max(0, outline.x0 - x - width, x - outline.x1);
  let along = Infinity;
  for (let i = 0; i < 3; i++) {
    const at = x + (i * width) / 2;
    const below = y - edgeAt(outline, 'bottom', at);
    const above = edgeAt(outline, 'top', at) - y - height;
    along = Math.min(along, Math.max(0, below, above));
  }
  return Math.sqrt(across * across + along * along);
}

/** @param {Leader} leader @param {Rect} rect */
export function crosses([x0, y0, x1, y1], { x, y, width, height }) {
  if (Math.max(x0, x1) < x - 2 || Math.min(x0, x1) > x + width + 2) return false;
  if (Math.max(y0, y1) < y - 2 || Math.min(y0, y1) > y + height + 2) return false;
  const steps = 12;
  for (let i = 0; i <= steps; i++) {
    const [px, py] = [x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps];
    if (px > x - 2 && px < x + width + 2 && py > y - 2 && py < y + height + 2) return true;
  }
  return false;
}

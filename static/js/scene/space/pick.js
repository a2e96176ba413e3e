// Which cell a ray meets first: exact boxes, found by arithmetic, whatever their height. Between the
// cells of a layer stands its sheet: a ray that meets this first meets no cell.

import { sameCell } from '../../geometry/regions.js';
import { boundsOf, indexIn } from './place.js';
import { project, rayAt } from './camera.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Rect } from '../types.d.ts' */
/** @import { Bounds, Camera, Heights, Hit, Plane, Space, Vec3 } from './types.d.ts' */

/**
 * @param {Space} space
 * @param {Heights} heights
 * @param {Camera} camera
 * @param {number} x CSS pixels of the stage
 * @param {number} y
 * @returns {Cell | null}
 */
export function pickInSpace(space, heights, camera, x, y) {
  return hitOf(space, heights, camera.eye, rayAt(camera, x, y))?.cell ?? null;
}

/**
 * @param {Space} space
 * @param {Heights} heights
 * @param {Vec3} eye
 * @param {Vec3} ray
 * @returns {Hit | null}
 */
function hitOf(space, heights, eye, ray) {
  /** @type {Hit | null} */
  let nearest = null;
  let sheet = Infinity;
  for (const plane of space.planes) {
    const hit = hitInPlane(plane, heights, eye, ray, nearest?.distance ?? Infinity);
    if (hit) nearest = hit;
    sheet = Math.min(sheet, span(eye, ray, plane.x, plane.x, plane.bounds)?.[0] ?? Infinity);
  }
  return nearest && nearest.distance > sheet ? null : nearest;
}

/**
 * @param {Plane} plane
 * @param {Heights} heights
 * @param {Vec3} eye
 * @param {Vec3} ray
 * @param {number} limit what is further away does not count
 */
function hitInPlane(plane, heights, eye, ray, limit) {
  const x0 = plane.x - plane.thickness - (heights ? plane.relief : 0);
  /** @type {Hit | null} */
  let nearest = null;
  if (!span(eye, ray, x0, plane.x, plane.bounds)) return nearest;
  for (let tile = 0; tile < plane.channels.length; tile++) {
    const within = span(eye, ray, x0, plane.x, tileBounds(plane, tile));
    if (!within) continue;
    const hit = hitInTile(plane, tile, heights, eye, ray, within);
    if (hit && hit.distance < limit) {
      nearest = hit;
      limit = hit.distance;
    }
  }
  return nearest;
}

/** @param {Plane} plane @param {number} tile */
function tileBounds(plane, tile) {
  return boundsOf(plane, tile, 0, plane.rows, 0, plane.columns);
}

/**
 * From where to where, in steps of the ray, it runs inside a box that lies along the axes.
 *
 * @param {Vec3} eye
 * @param {Vec3} ray
 * @param {number} x0
 * @param {number} x1
 * @param {Bounds} bounds
 * @returns {[enter: number, leave: number] | null}
 */
export function span(eye, ray, x0, x1, { y0, y1, z0, z1 }) {
  const x = between(eye[0], ray[0], x0, x1);
  const y = between(eye[1], ray[1], y0, y1);
  const z = between(eye[2], ray[2], z0, z1);
  const enter = Math.max(0, x[0], y[0], z[0]);
  const leave = Math.min(x[1], y[1], z[1]);
  return enter <= leave ? [enter, leave] : null;
}

/** Along one axis. @param {number} from @param {number} step @param {number} low @param {number} high @returns {[number, number]} */
function between(from, step, low, high) {
  if (step === 0) return from < low || from > high ? [Infinity, 0] : [0, Infinity];
  const [a, b] = [(low - from) / step, (high - from) / step];
  return a < b ? [a, b] : [b, a];
}

/** @param {Plane} plane @param {number} tile @param {Vec3} eye @param {Vec3} ray @param {number} distance */
function placeAt({ y, z, cell, rows, columns }, tile, eye, ray, distance) {
  const down = (y[tile] ?? 0) - (eye[1] + ray[1] * distance);
  const along = eye[2] + ray[2] * distance - (z[tile] ?? 0);
  return {
    row: Math.max(0, Math.min(rows - 1, Math.floor(down / cell))),
    column: Math.max(0, Math.min(columns - 1, Math.floor(along / cell))),
  };
}

/** @param {Heights} heights @param {number} index of a cell */
function heightAt(heights, index) {
  return heights?.[index] ?? 0;
}

/**
 * Walks the cells under the ray, in its order, until one is high enough to be met.
 *
 * @param {Plane} plane
 * @param {number} tile
 * @param {Heights} heights
 * @param {Vec3} eye
 * @param {Vec3} ray
 * @param {[number, number]} within the tile at full relief
 * @returns {Hit | null}
 */
function hitInTile(plane, tile, heights, eye, ray, within) {
  const { rows, columns } = plane;
  let { row, column } = placeAt(plane, tile, eye, ray, within[0]);
  while (row >= 0 && row < rows && column >= 0 && column < columns) {
    const at = plane.first + (tile * rows + row) * columns + column;
    const x0 = plane.x - plane.thickness - heightAt(heights, at) * plane.relief;
    const bounds = boundsOf(plane, tile, row, row + 1, column, column + 1);
    const met = span(eye, ray, x0, plane.x, bounds);
    if (met)
      return {
        cell: { layer: plane.layer, channel: plane.channels[tile] ?? 0, row, column },
        distance: met[0],
      };
    const tillY = between(eye[1], ray[1], bounds.y0, bounds.y1)[1];
    const tillZ = between(eye[2], ray[2], bounds.z0, bounds.z1)[1];
    if (Math.min(tillY, tillZ) > within[1]) return null;
    if (tillY < tillZ) row -= Math.sign(ray[1]);
    else column += Math.sign(ray[2]);
  }
  return null;
}

/**
 * Where the face of a box of cells lies that the eye sees.
 *
 * @param {Plane} plane
 * @param {number} height 0..1
 * @param {Pick<Camera, 'eye'>} camera
 */
export function faceOf(plane, height, { eye }) {
  return eye[0] > plane.x ? plane.x : plane.x - plane.thickness - height * plane.relief;
}

/**
 * The face of a cell as it is seen, and the middle of that face.
 *
 * @param {Space} space
 * @param {Heights} heights
 * @param {Camera} camera
 * @param {Cell} cell
 * @returns {{ rect: Rect, middle: readonly [number, number] } | null} null for what is not drawn
 */
export function seenOf(space, heights, camera, cell) {
  const plane = space.plane(cell.layer);
  const index = indexIn(space, cell);
  if (!plane || index < 0) return null;
  const { row, column } = cell;
  const tile = plane.place[cell.channel] ?? 0;
  const { y0, y1, z0, z1 } = boundsOf(plane, tile, row, row + 1, column, column + 1);
  const x = faceOf(plane, heightAt(heights, index), camera);
  const middle = project(camera, [x, (y0 + y1) / 2, (z0 + z1) / 2]);
  // around the middle, so that the middle of the rect is the middle of the cell
  const offs = [y0, y1].flatMap((y) =>
    [z0, z1].map((z) => project(camera, [x, y, z]).map((at, i) => at - (middle[i] ?? 0))),
  );
  const [halfX = 0, halfY = 0] = [0, 1].map((i) =>
    Math.max(...offs.map((off) => Math.abs(off[i] ?? 0))),
  );
  const rect = {
    ...{ x: middle[0] - halfX, y: middle[1] - halfY },
    ...{ width: 2 * halfX, height: 2 * halfY },
  };
  return { rect, middle };
}

/**
 * The place of a cell on the stage: null when something stands before its middle.
 *
 * @param {Space} space
 * @param {Heights} heights
 * @param {Camera} camera
 * @param {Cell} cell
 * @returns {Rect | null}
 */
export function rectInSpace(space, heights, camera, cell) {
  const seen = seenOf(space, heights, camera, cell);
  if (!seen) return null;
  const met = pickInSpace(space, heights, camera, ...seen.middle);
  return met && sameCell(met, cell) ? seen.rect : null;
}

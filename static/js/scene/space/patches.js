// Boxes of cells in space: where they stand, and their cells among all cells.

import { boxesIn, mapsOf, reshaped } from '../../geometry/regions.js';
import { faceOf } from './pick.js';
import { boundsOf } from './place.js';

/** @import { Graph, Region } from '../../geometry/types.d.ts' */
/** @import { Bounds, Heights, Patch, Plane, Space, Vec3 } from './types.d.ts' */

/**
 * How patches are seen: their face lies on the side of the eye, above the highest of their cells.
 *
 * @typedef {object} Sight
 * @property {Space} space
 * @property {Graph} graph
 * @property {Heights} heights
 * @property {Vec3} eye
 */

/** @param {Sight} sight @param {Region} region @returns {{ plane: Plane, cells: Region } | null} */
function shownCells({ space, graph }, region) {
  const stand = space.stand(region.layer);
  const plane = space.plane(stand);
  if (!plane) return null;
  return { plane, cells: stand === region.layer ? region : reshaped(graph, region, stand) };
}

/**
 * A patch for each shown map, for each cell where some between are skipped; one for a run of units.
 *
 * @param {Sight} sight
 * @param {Region} region
 * @returns {Patch[]}
 */
export function patchesOf(sight, region) {
  const shown = shownCells(sight, region);
  if (!shown) return [];
  const { plane, cells } = shown;
  const parts = boxesIn(cells);
  /** @type {Bounds[]} */
  const found = [];
  for (const channel of mapsOf(cells)) {
    const tile = plane.place[channel] ?? -1;
    if (tile < 0) continue;
    for (const { row0, row1, column0, column1 } of parts)
      found.push(boundsOf(plane, tile, row0, row1, column0, column1));
  }
  const single = plane.rows * plane.columns === 1 && found.length > 1;
  const all = single ? [found.reduce(hull)] : found;
  const x = faceAbove(sight, plane, cells);
  return all.map((bounds) => ({ ...bounds, layer: plane.layer, x }));
}

/** The whole of a layer as one patch. */
/** @param {Sight} sight @param {string} layer @returns {Patch[]} */
export function wholePatch({ space, heights, eye }, layer) {
  const plane = space.plane(space.stand(layer));
  if (!plane) return [];
  const x = faceOf(plane, heights ? 1 : 0, { eye });
  return [{ ...plane.bounds, layer: plane.layer, x }];
}

/** @param {Sight} sight @param {Plane} plane @param {Region} cells */
function faceAbove({ heights, eye }, plane, cells) {
  let most = 0;
  if (heights)
    for (const { start, length } of runsOfRegion(plane, cells))
      for (let i = start; i < start + length; i++) most = Math.max(most, heights[i] ?? 0);
  return faceOf(plane, most, { eye });
}

/**
 * The shown cells of a box in runs: rows of a map, as they lie among all cells of the space and among
 * those of their layer.
 *
 * @param {Plane} plane
 * @param {Region} cells of its layer
 */
export function* runsOfRegion(plane, cells) {
  for (const part of boxesIn(cells)) yield* runsOfBox(plane, part);
}

/** @param {Plane} plane @param {Region} cells without gaps */
function* runsOfBox({ first, rows, columns, place }, cells) {
  const { row0, row1, column0, column1 } = cells;
  const whole = column1 - column0 === columns; // then rows lie end to end
  const length = (whole ? row1 - row0 : 1) * (column1 - column0);
  for (const channel of mapsOf(cells)) {
    const tile = place[channel] ?? -1;
    if (tile < 0) continue;
    for (let row = row0; row < (whole ? row0 + 1 : row1); row++) {
      const at = row * columns + column0;
      const start = first + tile * rows * columns + at;
      yield { channel, start, from: channel * rows * columns + at, length };
    }
  }
}

/**
 * Marks cells as taking part.
 *
 * @param {Uint8Array} lit by cell of the space
 * @param {Sight} sight
 * @param {Region} region
 */
export function light(lit, sight, region) {
  const shown = shownCells(sight, region);
  if (!shown) return;
  for (const { start, length } of runsOfRegion(shown.plane, shown.cells))
    lit.fill(1, start, start + length);
}

/** @param {Bounds} a @param {Bounds} b @returns {Bounds} */
export function hull(a, b) {
  return {
    y0: Math.min(a.y0, b.y0),
    y1: Math.max(a.y1, b.y1),
    z0: Math.min(a.z0, b.z0),
    z1: Math.max(a.z1, b.z1),
  };
}

// Windows that slide over maps: kernel, stride and padding, both ways.

import { box, clipped, regionOf } from '../../geometry/regions.js';

/** @import { AnyLayer, Cell, Graph, Region } from '../../geometry/types.d.ts' */

/**
 * Output r reads inputs r·stride − padding up to, not including, r·stride − padding + kernel.
 * @param {AnyLayer} layer
 * @param {Region} region
 * @returns {Region[]} not clipped yet
 */
export function strided({ inputs, kernel, stride, padding }, region) {
  const first = (/** @type {number} */ out, /** @type {0 | 1} */ axis) =>
    out * stride[axis] - padding[axis];
  return inputs.map((layer) => ({
    ...region,
    layer,
    row0: first(region.row0, 0),
    row1: first(region.row1 - 1, 0) + kernel[0],
    column0: first(region.column0, 1),
    column1: first(region.column1 - 1, 1) + kernel[1],
  }));
}

/**
 * The inverse of `strided` for one cell: all r with r·stride − padding ≤ cell < … + kernel.
 * @param {AnyLayer} layer
 * @param {Cell} cell
 * @returns {Region[]} in the map with its number, not clipped yet
 */
export function touched({ name, kernel, stride, padding }, cell) {
  const range = (/** @type {number} */ at, /** @type {0 | 1} */ axis) => {
    const [k, s, p] = [kernel[axis], stride[axis], padding[axis]];
    return /** @type {const} */ ([Math.ceil((at + p - k + 1) / s), Math.floor((at + p) / s) + 1]);
  };
  const [row0, row1] = range(cell.row, 0);
  const [column0, column1] = range(cell.column, 1);
  const { channel } = cell;
  return [box(name, channel, channel + 1, row0, row1, column0, column1)];
}

/**
 * The window of a cell, in the map with its number.
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {Region | null} null where it is all padding
 */
export function windowIn(graph, cell) {
  const [window] = strided(graph.layer(cell.layer), regionOf(cell));
  return window ? clipped(graph, window) : null;
}

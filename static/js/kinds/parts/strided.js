// Windows that slide over maps: kernel, stride and padding, both ways.

import { box, clipped, mapsOf, regionOf, wholeLayer } from '../../geometry/regions.js';

/** @import { AnyLayer, Cell, Graph, Region, Tensors } from '../../geometry/types.d.ts' */

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

/**
 * Which maps below a map of a convolution reads: all, or those that a table names.
 * @param {Graph} graph
 * @param {AnyLayer} layer
 * @param {number} map
 * @returns {readonly number[]} rising
 */
export function readMaps(graph, { inputs, connections }, map) {
  return connections?.[map] ?? mapsOf(wholeLayer(graph, inputs[0] ?? ''));
}

/**
 * Where in a map each tap of the kernel reads, -1 in the padding.
 * @param {Graph} graph
 * @param {string} source
 * @param {AnyLayer} layer
 * @param {Cell} cell
 */
export function tapOffsets(graph, source, { kernel, stride, padding }, cell) {
  const { rows, columns } = graph.size(source);
  const offsets = new Int32Array(kernel[0] * kernel[1]);
  for (let a = 0, tap = 0; a < kernel[0]; a++)
    for (let b = 0; b < kernel[1]; b++, tap++) {
      const row = cell.row * stride[0] - padding[0] + a;
      const column = cell.column * stride[1] - padding[1] + b;
      const inside = row >= 0 && row < rows && column >= 0 && column < columns;
      offsets[tap] = inside ? row * columns + column : -1;
    }
  return offsets;
}

/**
 * Whether a max pooling takes this cell.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Cell} cell
 * @param {Cell} reader of a pooling layer
 */
export function wins(graph, trace, cell, reader) {
  const winner = winnerOf(graph, trace, reader);
  return winner !== null && graph.offset(winner) === graph.offset(cell);
}

/**
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Cell} reader of a max pooling layer
 * @returns {Cell | null} null where the window is all padding
 */
export function winnerOf(graph, trace, reader) {
  const window = windowIn(graph, reader);
  const data = window && trace.get(window.layer)?.data;
  if (!data) return null;
  const { layer, row0, row1, column0, column1 } = window;
  /** @type {Cell | null} */
  let winner = null;
  let most = -Infinity;
  for (let row = row0; row < row1; row++)
    for (let column = column0; column < column1; column++) {
      const cell = { layer, channel: reader.channel, row, column };
      const value = data[graph.offset(cell)] ?? -Infinity;
      if (value <= most && winner) continue;
      [winner, most] = [cell, value];
    }
  return winner;
}

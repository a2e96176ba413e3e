// What a cell reads: the cell at its own place, everything, or a window that slides over maps.

import {
  cellsAt,
  clipped,
  columnsOf,
  mapsOf,
  regionOf,
  rising,
  rowsOf,
  wholeLayer,
} from '../../geometry/regions.js';
import { message } from '../../text/messages.js';
import { pairText } from '../../text/numbers.js';
import { at, valueAt } from './data.js';

/** @import { AnyLayer, Cell, Graph, Region, Tensors } from '../../geometry/types.d.ts' */
/** @import { KindOnPage } from '../kind.d.ts' */
/** @import { Asked, Geometry, Operations, Part } from '../types.d.ts' */

/** Each cell reads the cell at its own place in every input. @satisfies {Partial<Geometry>} */
export const cellByCell = {
  /** @type {Geometry['reads']} */
  reads: (_, { inputs }, region) => inputs.map((layer) => ({ ...region, layer })),
  /** @type {Geometry['feeds']} */
  feeds: (_, { name }, cell) => [{ ...regionOf(cell), layer: name }],
  /** @type {Geometry['contributions']} */
  contributions: (asked) => oneCell(asked, { ...asked.cell, layer: asked.layer.inputs[0] ?? '' }),
  /** @type {Geometry['influences']} */
  influences: ({ region, own }) => [{ region, value: own }],
};

/** Each cell reads all cells of every input. @satisfies {Partial<Geometry>} */
export const everything = {
  /** @type {Geometry['reads']} */
  reads: (graph, { inputs }) => inputs.map((name) => wholeLayer(graph, name)),
  /** @type {Geometry['feeds']} */
  feeds: (graph, { name }) => [wholeLayer(graph, name)],
};

/**
 * The value of one cell, passed on.
 * @param {Asked} asked
 * @param {Cell} cell that is read
 * @returns {Part | null}
 */
export function oneCell(asked, cell) {
  const region = clipped(asked.graph, regionOf(cell));
  if (!region) return null;
  return { values: Float64Array.of(valueAt(asked, cell)), region: () => region };
}

/** @param {Operations['noun']} noun @returns {KindOnPage['operations']} one for each cell */
export function each(noun) {
  return (graph, { name }) => ({
    factors: [graph.count(name)],
    noun,
    factorText: message('operations.each'),
  });
}

/**
 * Output r reads inputs r·stride − padding + tap·dilation, for each tap of the kernel.
 * @param {AnyLayer} layer
 * @param {Region} region
 * @returns {Region[]} not clipped yet
 */
export function strided({ inputs, kernel, stride, padding, dilation }, region) {
  const read = (/** @type {readonly number[]} */ made, /** @type {0 | 1} */ axis) =>
    rising(
      made.flatMap((out) =>
        Array.from(
          { length: kernel[axis] },
          (_, tap) => out * stride[axis] - padding[axis] + tap * dilation[axis],
        ),
      ),
    );
  const [rows, columns] = [read(rowsOf(region), 0), read(columnsOf(region), 1)];
  return inputs.map((layer) => cellsAt(layer, mapsOf(region), rows, columns));
}

/**
 * The inverse of `strided` for one cell: all r that read it with one of their taps.
 * @param {AnyLayer} layer
 * @param {Cell} cell
 * @returns {Region[]} in the map with its number, not clipped yet; [] where all windows skip it
 */
export function touched({ name, kernel, stride, padding, dilation }, cell) {
  const range = (/** @type {number} */ at, /** @type {0 | 1} */ axis) => {
    const [k, s, p, d] = [kernel[axis], stride[axis], padding[axis], dilation[axis]];
    const taps = Array.from({ length: k }, (_, tap) => (at + p - tap * d) / s);
    return rising(taps.filter(Number.isInteger));
  };
  const [rows, columns] = [range(cell.row, 0), range(cell.column, 1)];
  return rows.length && columns.length ? [cellsAt(name, [cell.channel], rows, columns)] : [];
}

/** @param {AnyLayer} layer @returns {readonly [number, number]} rows and columns from the first to the last cell of a window */
export function spanOf({ kernel: [rows, columns], dilation: [down, across] }) {
  return [down * (rows - 1) + 1, across * (columns - 1) + 1];
}

/**
 * How far the cells of a window lie apart, and what it covers so.
 * @param {AnyLayer} layer
 * @returns {{ apart: readonly [number, number], apartText: string, span: string } | null} null where nothing is skipped
 */
export function spreadOf(layer) {
  const { dilation: apart } = layer;
  if (apart.every((far) => far === 1)) return null;
  const apartText = apart[0] === apart[1] ? String(apart[0]) : pairText(apart);
  return { apart, apartText, span: pairText(spanOf(layer)) };
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
 * The window of a cell tap by tap, row-major, padding included: the same in every map that it reads.
 * @param {Graph} graph
 * @param {AnyLayer} layer
 * @param {Cell} cell
 */
export function tapsOf(graph, { inputs: [source = ''], kernel, stride, padding, dilation }, cell) {
  const { rows, columns } = graph.size(source);
  const top = cell.row * stride[0] - padding[0];
  const left = cell.column * stride[1] - padding[1];
  const taps = kernel[0] * kernel[1];
  const offsets = Int32Array.from({ length: taps }, (_, tap) => {
    const row = top + Math.floor(tap / kernel[1]) * dilation[0];
    const column = left + (tap % kernel[1]) * dilation[1];
    return row >= 0 && row < rows && column >= 0 && column < columns ? row * columns + column : -1;
  });
  /** Where it lies in the layer; −1 in the padding. */
  const place = (/** @type {number} */ map, /** @type {number} */ tap) => {
    const offset = at(offsets, tap);
    return offset < 0 ? -1 : map * rows * columns + offset;
  };
  return {
    ...{ source, rows: kernel[0], columns: kernel[1], taps, top, left, apart: dilation },
    inside: Uint8Array.from(offsets, (offset) => Number(offset >= 0)),
    /** @param {ArrayLike<number>} data @param {number} map @param {number} tap @returns {number} 0 in the padding */
    read: (data, map, tap) => data[place(map, tap)] ?? 0,
    /** @param {number} map @param {number} tap @returns {Cell | null} null in the padding */
    cellAt(map, tap) {
      const offset = place(map, tap);
      return offset < 0 ? null : graph.cellAt(source, offset);
    },
  };
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
  const { source, taps, read, cellAt } = tapsOf(graph, graph.layer(reader.layer), reader);
  const data = trace.get(source)?.data;
  if (!data) return null;
  /** @type {Cell | null} */
  let winner = null;
  let most = -Infinity;
  for (let tap = 0; tap < taps; tap++) {
    const cell = cellAt(reader.channel, tap);
    const value = read(data, reader.channel, tap);
    if (!cell || (value <= most && winner)) continue;
    [winner, most] = [cell, value];
  }
  return winner;
}

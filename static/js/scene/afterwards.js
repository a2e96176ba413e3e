// What comes after a cell: what folded activations make of it, and whether pooling takes it.

import { wins } from '../kinds/parts/reading.js';
import { cellsIn } from '../geometry/regions.js';
import { readersOf, windowOf } from '../kinds/network/windows.js';
import { traitsOf } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';

/** @import { ActivationReceipt } from '../kinds/receipt.d.ts' */
/** @import { Cell, Graph, Region, Tensors } from '../geometry/types.d.ts' */

/**
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Cell} cell
 * @param {readonly Pick<ActivationReceipt, 'cell' | 'sentence'>[]} folds of the activations folded
 *   into its layer, in order
 * @returns {string[]}
 */
export function afterwards(graph, trace, cell, folds) {
  const said = folds.map(({ sentence }) => sentence);
  const at = folds.at(-1)?.cell ?? cell;
  for (const region of readersOf(graph, at)) {
    const layer = graph.layer(region.layer);
    if (!traitsOf(layer).picks?.(layer)) continue;
    said.push(pooled(graph, trace, at, region));
  }
  return said;
}

/** @param {Graph} graph @param {Tensors} trace @param {Cell} cell @param {Region} region */
function pooled(graph, trace, cell, region) {
  const { layer, channel0, row0, column0 } = region;
  const reader = { layer, channel: channel0, row: row0, column: column0 };
  if (cellsIn(region) > 1) return message('after.compares', { layer, count: cellsIn(region) });
  const [window] = windowOf(graph, reader);
  const count = window ? cellsIn(window) : 0;
  const { larger, equal } = rivals(graph, trace, window, cell);
  if (larger) return message('after.drops', { layer, count });
  if (!equal) return message('after.takes', { layer, count });
  return sentences().tiedIn(layer, count, equal, wins(graph, trace, cell, reader));
}

/** How many other cells of a window are larger than this one, and how many as large. */
/** @param {Graph} graph @param {Tensors} trace @param {Region | undefined} window @param {Cell} cell */
function rivals(graph, trace, window, cell) {
  const valueAt = (/** @type {Cell} */ at) => trace.get(at.layer)?.data[graph.offset(at)] ?? 0;
  const value = valueAt(cell);
  const others = cellsOf(window, cell)
    .filter(({ row, column }) => row !== cell.row || column !== cell.column)
    .map(valueAt);
  return {
    larger: others.filter((other) => other > value).length,
    equal: others.filter((other) => other === value).length,
  };
}

/** The cells of a window in the map of this cell. */
/** @param {Region | undefined} window @param {Cell} cell @returns {Cell[]} */
function cellsOf(window, cell) {
  if (!window) return [];
  const { row0, row1, column0, column1 } = window;
  const wide = column1 - column0;
  return Array.from({ length: (row1 - row0) * wide }, (_, i) => ({
    ...cell,
    row: row0 + Math.floor(i / wide),
    column: column0 + (i % wide),
  }));
}

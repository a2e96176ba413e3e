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
  const data = trace.get(cell.layer)?.data;
  let [larger, equal] = [0, -1]; // it is as large as itself
  if (!window || !data) return { larger, equal: 0 };
  const value = data[graph.offset(cell)] ?? 0;
  for (let row = window.row0; row < window.row1; row++)
    for (let column = window.column0; column < window.column1; column++) {
      const other = data[graph.offset({ ...cell, row, column })] ?? 0;
      if (other > value) larger++;
      if (other === value) equal++;
    }
  return { larger, equal };
}

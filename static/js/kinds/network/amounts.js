// What a cell gets from each cell that it reads, and what it gives to each that reads it.

import { kindOf } from '../index.js';
import { readersOf, windowOf } from './windows.js';

/** @import { Cell, Contributions, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Asked, Influence } from '../types.d.ts' */

/**
 * What each source gave to a cell: the numbers behind the connections and the account. Sums are made
 * in float64, of the float32 numbers that the engine used.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Tensors | null} weights
 * @param {Cell} cell
 * @returns {Contributions | null} null for the image, for kinds with weights before these are here,
 *   and for kinds that the page does not know
 */
export function contributions(graph, trace, weights, cell) {
  const asked = questionOf(graph, trace, weights, cell);
  const found = kindOf(asked.layer).contributions(asked);
  if (!found) return null;
  let largest = 0;
  for (const value of found.values) largest = Math.max(largest, Math.abs(value));
  return { bias: 0, how: 'pass', winner: -1, largest, ...found };
}

/** @param {Graph} graph @param {Tensors} trace @param {Tensors | null} weights @param {Cell} cell @returns {Asked} */
function questionOf(graph, trace, weights, cell) {
  const [window] = windowOf(graph, cell);
  return { graph, trace, weights, layer: graph.layer(cell.layer), cell, window };
}

/**
 * Signed amounts that a cell adds to its direct readers, the forward twin of contributions: a dense
 * unit each, a map of a conv each (the sum over the cells it reaches there), a pooled cell (0 when
 * another one wins).
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Tensors | null} weights
 * @param {Cell} cell
 * @returns {Influence[]} in the order of the readers; kinds with weights are absent without these,
 *   kinds that the page does not know always
 */
export function influences(graph, trace, weights, cell) {
  const own = trace.get(cell.layer)?.data[graph.offset(cell)];
  if (own === undefined) return [];
  return readersOf(graph, cell).flatMap((region) => {
    const layer = graph.layer(region.layer);
    return kindOf(layer).influences({ graph, trace, weights, layer, cell, own, region });
  });
}

// What each source gave to a cell: the numbers behind the connections and the account.

import { kindOf } from '../index.js';
import { windowOf } from './windows.js';

/** @import { Cell, Contributions, Graph, Tensors } from '../../geometry/types.d.ts' */

/**
 * Sums are made in float64, of the float32 numbers that the engine used.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Tensors | null} weights
 * @param {Cell} cell
 * @returns {Contributions | null} null for the image, for kinds with weights before these are here,
 *   and for kinds that the page does not know
 */
export function contributions(graph, trace, weights, cell) {
  const layer = graph.layer(cell.layer);
  const [window] = windowOf(graph, cell);
  const found = kindOf(layer).contributions({ graph, trace, weights, layer, cell, window });
  if (!found) return null;
  let largest = 0;
  for (const value of found.values) largest = Math.max(largest, Math.abs(value));
  return { bias: 0, how: 'pass', winner: -1, largest, ...found };
}

// What a cell gives to those that read it: the forward twin of contributions.

import { kindOf } from '../index.js';
import { readersOf } from './windows.js';

/** @import { Cell, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Influence } from '../types.d.ts' */

/**
 * Signed amounts that a cell adds to its direct readers: a dense unit each, a map of a conv each
 * (the sum over the cells it reaches there), a pooled cell (0 when another one wins).
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

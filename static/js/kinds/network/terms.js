// The single terms of a cell: each product of a sum with the cell it comes from.

import { kindOf } from '../index.js';
import { contributions } from './contributions.js';
import { windowOf } from './windows.js';

/** @import { Cell, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Term } from '../types.d.ts' */

/**
 * Weight × value for every cell that a convolution or a dense unit reads; the addends of a sum; the
 * winner of a maximum; the one value that is passed on.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Tensors | null} weights
 * @param {Cell} cell
 * @returns {Term[]} none for the image, and none for what needs weights before they are here
 */
export function termsOf(graph, trace, weights, cell) {
  const layer = graph.layer(cell.layer);
  const { terms } = kindOf(layer);
  if (terms) return terms({ graph, trace, weights, layer, cell, window: windowOf(graph, cell)[0] });
  const found = contributions(graph, trace, weights, cell);
  if (!found) return [];
  const one = (/** @type {number} */ index) => {
    const { layer: name, channel0: channel, row0: row, column0: column } = found.region(index);
    return { from: { layer: name, channel, row, column }, value: found.values[index] ?? 0 };
  };
  if (found.how === 'max') return found.winner < 0 ? [] : [one(found.winner)];
  return Array.from(found.values, (_, index) => one(index));
}

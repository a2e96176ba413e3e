// The single terms of a cell: each product of a sum with the cell it comes from.

import { contributions } from './contributions.js';
import { windowOf } from './windows.js';

/** @import { Cell, Graph, LayerSpec, Tensors } from './types.d.ts' */

/** @typedef {{ from: Cell, value: number }} Term */

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
  if (layer.kind === 'conv') return products(graph, trace, weights, layer, cell);
  const found = contributions(graph, trace, weights, cell);
  if (!found) return [];
  const one = (/** @type {number} */ index) => {
    const { layer: name, channel0: channel, row0: row, column0: column } = found.region(index);
    return { from: { layer: name, channel, row, column }, value: found.values[index] ?? 0 };
  };
  if (found.how === 'max') return found.winner < 0 ? [] : [one(found.winner)];
  return Array.from(found.values, (_, index) => one(index));
}

/**
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Tensors | null} weights
 * @param {LayerSpec} layer a convolution
 * @param {Cell} cell
 * @returns {Term[]}
 */
function products(graph, trace, weights, { name, kernel, stride, padding }, cell) {
  const weight = weights?.get(`${name}.weight`);
  const [window] = windowOf(graph, cell);
  const data = window && trace.get(window.layer)?.data;
  if (!weight || !data) return [];
  const { channels } = graph.size(window.layer);
  /** @type {Term[]} */
  const terms = [];
  for (let channel = window.channel0; channel < window.channel1; channel++)
    for (let row = window.row0; row < window.row1; row++)
      for (let column = window.column0; column < window.column1; column++) {
        const from = { layer: window.layer, channel, row, column };
        const across = column - cell.column * stride[1] + padding[1];
        const down = row - cell.row * stride[0] + padding[0];
        const map = cell.channel * channels + channel;
        const tap = (map * kernel[0] + down) * kernel[1] + across;
        const value = Number(data[graph.offset(from)]) * Number(weight.data[tap]);
        if (value !== 0) terms.push({ from, value });
      }
  return terms;
}

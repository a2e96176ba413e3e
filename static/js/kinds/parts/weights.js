// Where the numbers of a filter stand: in the row of a layer's weights, and folded into one block.

import { traitsOf } from '../traits.js';

/** @import { AnyLayer, Graph } from '../../geometry/types.d.ts' */
/** @import { Weights } from '../types.d.ts' */

/**
 * Of a filter for each map that is made: maps that are read, rows, columns.
 * @param {(graph: Graph, layer: AnyLayer) => { channels: number, rows: number, columns: number }} sizeOf one filter
 * @returns {Pick<Weights, 'at' | 'term'>}
 */
export function rowMajor(sizeOf) {
  return {
    at(graph, layer, term) {
      const { channels, rows, columns } = sizeOf(graph, layer);
      const slice = Math.floor(term / (rows * columns));
      return {
        layer: layer.name,
        out: Math.floor(slice / channels),
        into: slice % channels,
        row: Math.floor(term / columns) % rows,
        column: term % columns,
      };
    },

    term(graph, layer, { out, into, row, column }) {
      const { channels, rows, columns } = sizeOf(graph, layer);
      return ((out * channels + into) * rows + row) * columns + column;
    },
  };
}

/**
 * @typedef {object} Block
 * @property {number} wide
 * @property {number} high
 * @property {Int32Array} terms by place in the block, row-major: which number stands there, −1 for a gap
 */

/**
 * Numbers that belong to many maps, as one block: the maps beside each other, as nearly a square as
 * they make.
 * @param {{ channels: number, rows: number, columns: number }} size
 * @returns {Block}
 */
export function foldedBlock({ channels, rows, columns }) {
  const gap = rows * columns > 1 ? 1 : 0;
  const across = Math.max(1, Math.round(Math.sqrt((channels * (rows + gap)) / (columns + gap))));
  const down = Math.ceil(channels / across);
  const wide = across * (columns + gap) - gap;
  const high = down * (rows + gap) - gap;
  const terms = new Int32Array(wide * high).fill(-1);
  for (let term = 0; term < channels * rows * columns; term++) {
    const channel = Math.floor(term / (rows * columns));
    const row = Math.floor(term / columns) % rows;
    const y = Math.floor(channel / across) * (rows + gap) + row;
    const x = (channel % across) * (columns + gap) + (term % columns);
    terms[y * wide + x] = term;
  }
  return { wide, high, terms };
}

/**
 * The maps that the weights of a unit look at, behind whatever lays them out in a row; what the
 * unit reads itself where there are none.
 * @param {Graph} graph
 * @param {string} source
 */
export function behind(graph, source) {
  let layer = graph.layer(source);
  // not behind what makes other numbers of them
  while (graph.size(layer.name).unit && traitsOf(layer).passes && !traitsOf(layer).activation)
    layer = graph.layer(layer.inputs[0] ?? graph.input);
  const name = graph.size(layer.name).unit ? source : layer.name;
  const { channels, rows, columns } = graph.size(name);
  return { layer: name, channels, rows, columns };
}

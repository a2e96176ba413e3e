// Which cell a maximum takes: the first of the largest in its window.

import { windowIn } from './strided.js';

/** @import { Cell, Graph, Tensors } from '../../geometry/types.d.ts' */

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

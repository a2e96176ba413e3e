// A window that slides over the map of a cell: where there is one, what of the map is there already,
// and what is said of how it moves.

import { spreadOf, tapsOf } from '../kinds/parts/reading.js';
import { traitsOf } from '../kinds/traits.js';
import { sentences } from '../text/sentences.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Quantity } from './types.d.ts' */

/** Cells a second, of which a visitor can choose. */
export const PACES = [1, 4, 12, 40];

/** In which of them even a large map is full, seconds. */
const LONG = 30;

/** @param {Graph} graph @param {Cell} cell @returns {boolean} whether a window slides over its map */
export function plays(graph, { layer }) {
  const { slides, pools } = traitsOf(graph.layer(layer));
  return Boolean(slides || pools) && !graph.size(layer).unit;
}

/** @param {Graph} graph @param {Cell} cell @returns {number} cells of its map */
export function cellsOfMap(graph, { layer }) {
  const { rows, columns } = graph.size(layer);
  return rows * columns;
}

/** @param {Graph} graph @param {Cell} cell @returns {number} its place in its map, in reading order, from 0 */
export function placeInMap(graph, { layer, row, column }) {
  return row * graph.size(layer).columns + column;
}

/** @param {Graph} graph @param {Cell} cell @param {number} place @returns {Cell} the one of its map at this place, or at the nearest end */
export function atPlace(graph, cell, place) {
  const last = cellsOfMap(graph, cell) - 1;
  const held = Math.min(last, Math.max(0, place));
  const { columns } = graph.size(cell.layer);
  return { ...cell, row: Math.floor(held / columns), column: held % columns };
}

/** @param {Graph} graph @param {Cell} cell @returns {number} the slowest pace that does not take too long */
export function paceFor(graph, cell) {
  const least = cellsOfMap(graph, cell) / LONG;
  return PACES.find((pace) => pace >= least) ?? Math.max(...PACES);
}

/**
 * The map of a cell as far as the window has come: what is later in it is no number yet.
 * @param {Graph} graph
 * @param {Quantity} quantity
 * @param {Cell} cell
 * @returns {Quantity}
 */
export function filled(graph, quantity, cell) {
  const tensor = quantity.tensors.get(cell.layer);
  if (!tensor) return quantity;
  const data = Float32Array.from(tensor.data);
  const end = graph.offset(atPlace(graph, cell, Infinity)) + 1;
  data.fill(NaN, graph.offset(cell) + 1, end);
  return {
    ...quantity,
    tensors: new Map([...quantity.tensors, [cell.layer, { ...tensor, data }]]),
  };
}

/** @param {Graph} graph @param {Cell} cell @returns {string} how its window moves, and what it meets here */
export function slidingText(graph, cell) {
  const layer = graph.layer(cell.layer);
  const { rows, columns, inside } = tapsOf(graph, layer, cell);
  return sentences().windowSlides({
    ...{ size: { rows, columns }, stride: layer.stride, spread: spreadOf(layer) },
    padded: layer.padding.some((cells) => cells > 0),
    outside: inside.filter((tap) => !tap).length,
    max: traitsOf(layer).picks?.(layer) ?? false,
  });
}

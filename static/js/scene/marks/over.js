// The marks of a quantity that lies over the values: on which cells, and what of them is framed.

import { cellsIn, holds } from '../../geometry/regions.js';
import { numbersOf } from '../numbers.js';
import { FRAMES, framed } from './frames.js';

/** @import { Cell, Graph } from '../../geometry/types.d.ts' */
/** @import { Layout, Marks, Quantity, Reach } from '../types.d.ts' */

/**
 * The layer of the cell that it is about goes on showing values.
 * @param {Layout} layout
 * @param {Quantity} quantity
 * @returns {Reach[]} of the layers that are shown
 */
export function reachesOn(layout, { of, regions }) {
  const own = of && layout.stand(of.layer);
  return [...(regions?.values() ?? [])].filter(
    ({ region: { layer } }) => layer !== own && layout.box(layer),
  );
}

/** @param {Layout} layout @param {Quantity} quantity @param {string} layer @returns {Quantity} what is shown in a layer */
export function inLayer(layout, quantity, layer) {
  const { under } = quantity;
  const over = !under || reachesOn(layout, quantity).some(({ region }) => region.layer === layer);
  return over ? quantity : under;
}

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Quantity} quantity
 * @param {Marks} marks of what is pointed at
 * @returns {Marks}
 */
export function withQuantity(layout, graph, quantity, marks) {
  const cells = reachesOn(layout, quantity);
  if (cells.length === 0) return marks;
  const reached = cells.filter(({ region, after }) => {
    const { channels, rows, columns } = graph.size(region.layer);
    return after && cellsIn(region) < channels * rows * columns;
  });
  const frames = reached.map((part) => framed('forward', FRAMES.reached, part));
  return { ...marks, cells, frames: [...frames, ...marks.frames] };
}

/**
 * Everything that stands in cells, to be read by scripts.
 * @param {Layout} layout
 * @param {Quantity} quantity
 * @returns {ReturnType<typeof numbersOf>}
 */
export function numbersShown(layout, quantity) {
  const { under, tensors } = quantity;
  if (!under) return numbersOf(layout, tensors);
  const reaches = reachesOn(layout, quantity).map(({ region }) => region);
  const over = (/** @type {Cell} */ cell) =>
    reaches.some((region) => region.layer === cell.layer && holds(region, cell));
  const below = numbersOf(layout, under.tensors).filter((one) => !over(one));
  return [...below, ...numbersOf(layout, tensors).filter(over)];
}

// Where a weight is used: the cells that it multiplies, and those that it helps to make.

import { kindOf } from '../index.js';
import { windowOf } from './windows.js';

/** @import { Cell, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Steps, Uses, Weight } from '../types.d.ts' */

/**
 * @param {Graph} graph
 * @param {Weight} weight
 * @returns {Uses | null} null where the layer has no such weight
 */
export function usesOf(graph, weight) {
  const layer = graph.layer(weight.layer);
  return kindOf(layer).weights?.uses(graph, layer, weight) ?? null;
}

/**
 * The cell that a weight multiplies when it helps to make this one.
 * @param {Graph} graph
 * @param {Weight} weight
 * @param {Cell} cell
 * @returns {Cell | null} null for cells of other maps, and where it meets padding
 */
export function multiplied(graph, weight, cell) {
  const uses = usesOf(graph, weight);
  if (!uses || uses.taps > 1 || cell.layer !== weight.layer || cell.channel !== weight.out)
    return null;
  const row = placed(uses.rows, cell.row);
  const column = placed(uses.columns, cell.column);
  return row === null || column === null
    ? null
    : { layer: uses.source, channel: weight.into, row, column };
}

/** @param {Steps} steps @param {number} made */
function placed({ first, step, count, from }, made) {
  const at = made - from;
  return at < 0 || at >= count ? null : first + at * step;
}

/**
 * What all uses of a weight add up to, in float64.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Weight} weight
 * @param {number} value of the weight
 */
export function totalOf(graph, trace, weight, value) {
  const uses = usesOf(graph, weight);
  const data = uses && trace.get(uses.source)?.data;
  if (!uses || !data) return 0;
  let sum = 0;
  const add = (/** @type {number} */ row, /** @type {number} */ column) => {
    const cell = { layer: uses.source, channel: weight.into, row, column };
    sum += value * Number(data[graph.offset(cell)]);
  };
  if (uses.taps > 1) inWindows(graph, weight, add);
  else
    for (let r = 0; r < uses.rows.count; r++)
      for (let c = 0; c < uses.columns.count; c++)
        add(uses.rows.first + r * uses.rows.step, uses.columns.first + c * uses.columns.step);
  return sum;
}

/** Cells of windows that overlap count once for each. */
/** @param {Graph} graph @param {Weight} weight @param {(row: number, column: number) => void} visit */
function inWindows(graph, { layer, out }, visit) {
  const { rows, columns } = graph.size(layer);
  for (let i = 0; i < rows * columns; i++) {
    const cell = { layer, channel: out, row: Math.floor(i / columns), column: i % columns };
    const [window] = windowOf(graph, cell);
    if (!window) continue;
    for (let row = window.row0; row < window.row1; row++)
      for (let column = window.column0; column < window.column1; column++) visit(row, column);
  }
}

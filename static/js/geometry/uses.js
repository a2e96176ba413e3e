// Where a weight is used: the cells that it multiplies, and those that it helps to make.

import { readMaps, windowOf } from './windows.js';

/** @import { Cell, Graph, LayerSpec, Tensors } from './types.d.ts' */

/**
 * One weight of a layer, by the map that it helps to make and its place in the kernel; for a fully
 * connected unit by the cell that it reads.
 * @typedef {object} Weight
 * @property {string} layer
 * @property {number} out the map it helps to make
 * @property {number} into the map it reads
 * @property {number} row
 * @property {number} column
 */

/** @typedef {{ first: number, step: number, count: number, from: number }} Steps from: first of the cells made */

/**
 * @typedef {object} Uses
 * @property {string} source the layer that it reads
 * @property {Steps} rows of the cells that it multiplies
 * @property {Steps} columns
 * @property {number} times how many cells it helps to make, those at the padding too
 * @property {number} inside how many of these uses multiply a cell; the others meet padding
 * @property {number} taps cells that it multiplies for each cell that it makes
 */

/**
 * @param {Graph} graph
 * @param {Weight} weight
 * @returns {Uses | null} null where the layer has no such weight
 */
export function usesOf(graph, weight) {
  const layer = graph.layer(weight.layer);
  const find = layer.kind === 'input' ? undefined : KINDS[layer.kind];
  return find?.(graph, /** @type {LayerSpec} */ (layer), weight) ?? null;
}

/** @typedef {(graph: Graph, layer: LayerSpec, weight: Weight) => Uses | null} Find */

/** @type {Partial<Record<LayerSpec['kind'], Find>>} */
const KINDS = {
  conv(graph, layer, weight) {
    const [source = ''] = layer.inputs;
    const made = graph.size(layer.name);
    const read = graph.size(source);
    if (!readMaps(graph, layer, weight.out).includes(weight.into)) return null;
    const rows = steps(layer, 0, weight.row, made.rows, read.rows);
    const columns = steps(layer, 1, weight.column, made.columns, read.columns);
    const inside = rows.count * columns.count;
    return { source, rows, columns, times: made.rows * made.columns, inside, taps: 1 };
  },
  dense(_, { inputs }, { row, column }) {
    const one = (/** @type {number} */ first) => ({ first, step: 1, count: 1, from: 0 });
    const [source = ''] = inputs;
    return { source, rows: one(row), columns: one(column), times: 1, inside: 1, taps: 1 };
  },
  subsample(graph, layer, { out }) {
    const { rows, columns } = graph.size(layer.name);
    const [first] = windowOf(graph, { layer: layer.name, channel: out, row: 0, column: 0 });
    const end = { layer: layer.name, channel: out, row: rows - 1, column: columns - 1 };
    const [last] = windowOf(graph, end);
    if (!first || !last) return null;
    const span = (/** @type {number} */ from, /** @type {number} */ to) => ({
      first: from,
      step: 1,
      count: to - from,
      from: 0,
    });
    const times = rows * columns;
    return {
      source: layer.inputs[0] ?? '',
      rows: span(first.row0, last.row1),
      columns: span(first.column0, last.column1),
      ...{ times, inside: times, taps: layer.kernel[0] * layer.kernel[1] },
    };
  },
};

/**
 * Output r reads input r·stride − padding + tap: those r for which that lies inside.
 * @param {LayerSpec} layer
 * @param {0 | 1} axis
 * @param {number} tap
 * @param {number} made cells along this axis
 * @param {number} read
 * @returns {Steps}
 */
function steps({ stride, padding }, axis, tap, made, read) {
  const [step, pad] = [stride[axis], padding[axis]];
  const from = Math.max(0, Math.ceil((pad - tap) / step));
  const to = Math.min(made - 1, Math.floor((read - 1 + pad - tap) / step));
  return { first: from * step - pad + tap, step, count: Math.max(0, to - from + 1), from };
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

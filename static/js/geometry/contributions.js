// What each source gave to a cell: the numbers behind the connections and the account.

import { among, blocksOf, clipped, mapsOf, regionOf } from './regions.js';
import { windowOf } from './windows.js';

/** @import { AnyLayer, Cell, Contributions, Graph, LayerSpec, Region, Tensor, Tensors } from './types.d.ts' */

/** @typedef {Float32Array | Int32Array | Uint8Array} Data */
/** @typedef {{ graph: Graph, trace: Tensors, weights: Tensors | null, layer: LayerSpec, cell: Cell }} Asked */
/** @typedef {Pick<Contributions, 'values' | 'region'> & Partial<Contributions>} Found */

/**
 * Sums are made in float64, of the float32 numbers that the engine used.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Tensors | null} weights
 * @param {Cell} cell
 * @returns {Contributions | null} null for the image, for conv and dense without weights, and for
 *   kinds that the page does not know
 */
export function contributions(graph, trace, weights, cell) {
  const layer = graph.layer(cell.layer);
  if (layer.kind === 'input') return null;
  const found = KINDS[layer.kind]({ graph, trace, weights, layer, cell });
  if (!found) return null;
  let largest = 0;
  for (const value of found.values) largest = Math.max(largest, Math.abs(value));
  return { bias: 0, how: 'pass', winner: -1, largest, ...found };
}

/** @type {Record<LayerSpec['kind'], (asked: Asked) => Found | null>} */
const KINDS = {
  conv,
  dense,
  pool,
  subsample,
  add,
  other: () => null,
  relu: passed,
  tanh: passed,
  sigmoid: passed,
  softmax: passed,
  flatten: ({ graph, trace, layer, cell }) =>
    oneCell(graph, trace, graph.cellAt(layer.inputs[0] ?? '', cell.channel)),
  concat: ({ graph, trace, layer, cell }) => {
    const block = blocksOf(graph, layer).findLast(({ start }) => start <= cell.channel);
    if (!block) return null;
    return oneCell(graph, trace, {
      ...cell,
      layer: block.name,
      channel: cell.channel - block.start,
    });
  },
};

/**
 * A partial sum for each map that the filter reads.
 * @param {Asked} asked
 * @returns {Found | null}
 */
function conv({ graph, trace, weights, layer, cell }) {
  const weight = weights?.get(`${layer.name}.weight`);
  if (!weight) return null;
  const [window] = windowOf(graph, cell);
  const none = { values: new Float64Array(0), region: () => regionOf(cell) };
  if (!window) return { ...none, ...sum(weights, layer, cell) }; // nothing but padding
  const maps = mapsOf(window);
  const mapAt = (/** @type {number} */ i) => among(window, maps.slice(i, i + 1));
  const data = dataOf(trace, window.layer);
  const values = Float64Array.from(maps, (_, i) =>
    windowSum(graph, layer, cell, mapAt(i), data, weight),
  );
  return { values, region: mapAt, ...sum(weights, layer, cell) };
}

/**
 * Σ weight × value over a window in one map; padding is not in the window and adds nothing.
 * @param {Graph} graph
 * @param {LayerSpec} layer
 * @param {Cell} cell of the layer
 * @param {Region} window
 * @param {Data} data of the layer that it reads
 * @param {Tensor} weight (channels out, channels in, kernel rows, kernel columns)
 */
function windowSum(graph, { kernel, stride, padding }, cell, window, data, weight) {
  const { layer, channel0: map, row0, row1, column0, column1 } = window;
  const { channels } = graph.size(layer);
  const first = (cell.channel * channels + map) * kernel[0] * kernel[1];
  const top = cell.row * stride[0] - padding[0];
  const left = cell.column * stride[1] - padding[1];
  let sum = 0;
  for (let row = row0; row < row1; row++) {
    const value = graph.offset({ layer, channel: map, row, column: column0 });
    const tap = first + (row - top) * kernel[1] + column0 - left;
    for (let i = 0; i < column1 - column0; i++)
      sum += at(data, value + i) * at(weight.data, tap + i);
  }
  return sum;
}

/**
 * Weight × value for each cell it reads.
 * @param {Asked} asked
 * @returns {Found | null}
 */
function dense({ graph, trace, weights, layer, cell }) {
  const weight = weights?.get(`${layer.name}.weight`);
  const [source = ''] = layer.inputs;
  if (!weight) return null;
  const data = dataOf(trace, source);
  const count = graph.count(source);
  const values = new Float64Array(count);
  const from = cell.channel * count;
  for (let i = 0; i < count; i++) values[i] = at(data, i) * at(weight.data, from + i);
  const region = (/** @type {number} */ index) => regionOf(graph.cellAt(source, index));
  return { values, region, ...sum(weights, layer, cell) };
}

/**
 * The cells of the window: candidates of a maximum, addends of a sum or an average.
 * @param {Asked} asked
 * @returns {Found}
 */
function pool({ graph, trace, layer, cell }) {
  const [window] = windowOf(graph, cell);
  if (!window) return { values: new Float64Array(0), region: () => regionOf(cell), how: 'sum' };
  const { row0, row1, column0, column1 } = window;
  const across = column1 - column0;
  const data = dataOf(trace, window.layer);
  const share = layer.mode === 'average' ? layer.kernel[0] * layer.kernel[1] : 1;
  const values = new Float64Array((row1 - row0) * across);
  const cellOf = (/** @type {number} */ i) => ({
    layer: window.layer,
    channel: cell.channel,
    row: row0 + Math.floor(i / across),
    column: column0 + (i % across),
  });
  for (let i = 0; i < values.length; i++) values[i] = at(data, graph.offset(cellOf(i))) / share;
  const region = (/** @type {number} */ i) => regionOf(cellOf(i));
  if (layer.mode !== 'max') return { values, region, how: 'sum' };
  return { values, region, how: 'max', winner: values.indexOf(Math.max(...values)) };
}

/**
 * The cells of the window, each times the weight of its map.
 * @param {Asked} asked
 * @returns {Found | null}
 */
function subsample(asked) {
  const { weights, layer, cell } = asked;
  const weight = weights?.get(`${layer.name}.weight`);
  if (!weight) return null;
  const found = pool(asked);
  const values = found.values.map((value) => value * at(weight.data, cell.channel));
  return { ...found, values, ...sum(weights, layer, cell) };
}

/** @param {Asked} asked @returns {Found} */
function add({ graph, trace, layer, cell }) {
  const offset = graph.offset(cell);
  const values = Float64Array.from(layer.inputs, (name) => at(dataOf(trace, name), offset));
  const region = (/** @type {number} */ i) =>
    regionOf({ ...cell, layer: layer.inputs[i] ?? cell.layer });
  return { values, region, how: 'sum' };
}

/** The cell at the same place; for softmax the unit's own score. */
/** @param {Asked} asked @returns {Found | null} */
function passed({ graph, trace, layer, cell }) {
  return oneCell(graph, trace, { ...cell, layer: layer.inputs[0] ?? '' });
}

/** @param {Graph} graph @param {Tensors} trace @param {Cell} cell @returns {Found | null} */
function oneCell(graph, trace, cell) {
  const region = clipped(graph, regionOf(cell));
  if (!region) return null;
  const values = Float64Array.of(at(dataOf(trace, cell.layer), graph.offset(cell)));
  return { values, region: () => region };
}

/** @param {Tensors | null} weights @param {AnyLayer} layer @param {Cell} cell */
function sum(weights, layer, cell) {
  const bias = weights?.get(`${layer.name}.bias`);
  return { how: /** @type {const} */ ('sum'), bias: bias ? at(bias.data, cell.channel) : 0 };
}

/** @param {Tensors} trace @param {string} name @returns {Data} */
function dataOf(trace, name) {
  const tensor = trace.get(name);
  if (!tensor) throw new Error(`The trace has no layer ${JSON.stringify(name)}.`);
  return tensor.data;
}

/** @param {Data} data @param {number} index inside the data */
function at(data, index) {
  return /** @type {number} */ (data[index]);
}

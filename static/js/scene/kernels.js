// The kernels of a layer as plain data: their weights by place, and what can be said of one of them.

import { totalOf, usesOf } from '../kinds/network/uses.js';
import { readMaps } from '../kinds/conv.js';
import { traitsOf } from '../kinds/traits.js';
import { foldedBlock } from './folded.js';
import { channelNoun } from './format.js';
import { counted } from '../text/counts.js';
import { grouped, own } from '../text/numbers.js';
import { mapLabel } from './receipt/shared.js';

/** @import { Cell, Graph, Tensor, Tensors } from '../geometry/types.d.ts' */
/** @import { Weight } from '../kinds/types.d.ts' */
/** @import { View } from './types.d.ts' */

/**
 * Weights that stand together: a slice of a filter, all weights of a unit, the weight of a map.
 * @typedef {object} Block
 * @property {string} label of what it reads: "pool1 [0]"
 * @property {number} out the map that it helps to make
 * @property {number} into the map that it reads; −1 where it reads all of them
 * @property {number} wide
 * @property {number} high
 * @property {Int32Array} terms by place: which number of the layer's weights, −1 for a gap
 */

/** @param {Graph} graph @param {string} name */
export function hasKernels(graph, name) {
  return traitsOf(graph.layer(name)).weighted === true;
}

/**
 * The blocks of one filter, in the order of the maps that it reads.
 * @param {Graph} graph
 * @param {string} name
 * @param {number} out
 * @returns {Block[]} [] for a layer without weights
 */
export function blocksOf(graph, name, out) {
  const layer = graph.layer(name);
  const [source = ''] = layer.inputs;
  if (layer.kind === 'subsample') {
    const terms = Int32Array.of(out);
    return [{ label: mapLabel(graph, source, out), out, into: out, wide: 1, high: 1, terms }];
  }
  if (layer.kind === 'dense') {
    const count = graph.count(source);
    const home = foldsInto(graph, source);
    const block = foldedBlock(graph.size(home));
    const terms = block.terms.map((term) => (term < 0 ? -1 : out * count + term));
    return [{ ...block, terms, label: home, out, into: -1 }];
  }
  if (layer.kind !== 'conv') return [];
  const [high, wide] = layer.kernel;
  const { channels } = graph.size(source);
  return readMaps(graph, layer, out).map((into) => {
    const first = (out * channels + into) * high * wide;
    const terms = Int32Array.from({ length: high * wide }, (_, i) => first + i);
    return { label: mapLabel(graph, source, into), out, into, wide, high, terms };
  });
}

/**
 * All slices of a filter as one block, one after the other; a map that it does not read leaves a gap.
 * @param {Graph} graph
 * @param {string} name
 * @param {number} out
 * @param {'down' | 'across'} way
 * @returns {Block}
 */
export function filterBlock(graph, name, out, way) {
  const slices = blocksOf(graph, name, out);
  const [first] = slices;
  if (!first) return { label: '', out, into: -1, wide: 0, high: 0, terms: new Int32Array(0) };
  if (graph.layer(name).kind !== 'conv') return first;
  const { channels } = graph.size(graph.layer(name).inputs[0] ?? '');
  const long = (/** @type {number} */ side) => channels * (side + 1) - 1;
  const wide = way === 'across' ? long(first.wide) : first.wide;
  const high = way === 'down' ? long(first.high) : first.high;
  const terms = new Int32Array(wide * high).fill(-1);
  for (const slice of slices)
    slice.terms.forEach((term, i) => {
      const [row, column] = [Math.floor(i / slice.wide), i % slice.wide];
      const y = way === 'down' ? slice.into * (slice.high + 1) + row : row;
      const x = way === 'across' ? slice.into * (slice.wide + 1) + column : column;
      terms[y * wide + x] = term;
    });
  return { ...first, into: -1, wide, high, terms };
}

/** The maps that a unit's weights look at, behind whatever lays them out in a row. */
/** @param {Graph} graph @param {string} source */
function foldsInto(graph, source) {
  let layer = graph.layer(source);
  while (graph.size(layer.name).unit && traitsOf(layer).passes)
    layer = graph.layer(layer.inputs[0] ?? graph.input);
  return graph.size(layer.name).unit ? source : layer.name;
}

/**
 * @param {Graph} graph
 * @param {string} name
 * @param {number} term its place among the layer's weights
 * @returns {Weight}
 */
export function weightAt(graph, name, term) {
  const layer = graph.layer(name);
  const [source = ''] = layer.inputs;
  if (layer.kind === 'subsample') return { layer: name, out: term, into: term, row: 0, column: 0 };
  if (layer.kind === 'dense') {
    const count = graph.count(source);
    const { channel, row, column } = graph.cellAt(source, term % count);
    return { layer: name, out: Math.floor(term / count), into: channel, row, column };
  }
  const [rows, columns] = layer.kernel;
  const { channels } = graph.size(source);
  const slice = Math.floor(term / (rows * columns));
  const tap = term % (rows * columns);
  return {
    layer: name,
    out: Math.floor(slice / channels),
    into: slice % channels,
    row: Math.floor(tap / columns),
    column: tap % columns,
  };
}

/**
 * The inverse of `weightAt`.
 * @param {Graph} graph
 * @param {Weight} weight
 * @returns {number}
 */
export function termOf(graph, { layer: name, out, into, row, column }) {
  const layer = graph.layer(name);
  const [source = ''] = layer.inputs;
  if (layer.kind === 'subsample') return out;
  const cell = { layer: source, channel: into, row, column };
  if (layer.kind === 'dense') return out * graph.count(source) + graph.offset(cell);
  const [rows, columns] = layer.kernel;
  return ((out * graph.size(source).channels + into) * rows + row) * columns + column;
}

/** @param {Tensors | null} weights @param {string} layer @returns {Tensor | null} */
export function weightsOf(weights, layer) {
  return weights?.get(`${layer}.weight`) ?? null;
}

/** @param {Tensors | null} weights @param {string} layer @param {number} out @returns {number | null} */
export function biasAt(weights, layer, out) {
  const bias = weights?.get(`${layer}.bias`)?.data[out];
  return bias === undefined ? null : Number(bias);
}

/** @param {Tensors | null} weights @param {string} layer @returns {number} the largest magnitude of the layer's weights */
export function largestWeight(weights, layer) {
  let largest = 0;
  for (const weight of weightsOf(weights, layer)?.data ?? [])
    largest = Math.max(largest, Math.abs(weight));
  return largest || 1;
}

/**
 * @typedef {object} WeightAccount
 * @property {string} name "conv2 filter 7, map 4, row 2, column 3"
 * @property {string} value
 * @property {string} used how often
 * @property {string} total what its uses add up to, with this drawing
 */

/**
 * @param {Graph} graph
 * @param {View} view
 * @param {Weight} weight
 * @returns {WeightAccount | null} without weights
 */
export function weightAccount(graph, { trace, weights }, weight) {
  const value = weightsOf(weights, weight.layer)?.data[termOf(graph, weight)];
  const uses = usesOf(graph, weight);
  if (value === undefined || !uses) return null;
  const total = trace ? totalOf(graph, trace, weight, Number(value)) : null;
  return {
    name: weightName(graph, weight),
    value: own(Number(value)),
    used: usedText(graph, weight, uses),
    total: total === null ? '' : totalText(uses, total),
  };
}

/** @param {Graph} graph @param {Weight} weight */
function weightName(graph, { layer, out, into, row, column }) {
  const { kind, inputs } = graph.layer(layer);
  if (kind === 'subsample') return `${layer}: the weight of ${channelNoun(graph, layer)} ${out}`;
  if (kind === 'dense') {
    const place = placeOf(graph, { layer: inputs[0] ?? '', channel: into, row, column });
    return `${layer} unit ${out}: the weight for ${place}`;
  }
  const one = graph.size(inputs[0] ?? '').channels === 1;
  const slice = one
    ? `row ${row}, column ${column}`
    : `slice for ${channelNoun(graph, inputs[0] ?? '')} ${into}: row ${row}, column ${column}`;
  return `${layer} filter ${out}, ${slice}`;
}

/** @param {Graph} graph @param {Cell} cell of what a unit reads */
function placeOf(graph, cell) {
  const home = foldsInto(graph, cell.layer);
  const { channel, row, column } = graph.cellAt(home, graph.offset(cell));
  if (graph.size(home).unit) return `unit ${channel} of ${home}`;
  return `${mapLabel(graph, home, channel)} row ${row}, column ${column}`;
}

/** @param {Graph} graph @param {Weight} weight @param {import('../kinds/types.d.ts').Uses} uses */
function usedText(graph, { layer, out }, { times, inside, taps }) {
  const unit = graph.size(layer).unit;
  if (unit && times === 1 && graph.layer(layer).kind === 'dense')
    return `Used once: for this one cell and this one unit.`;
  const often = times === 1 ? 'once' : `${grouped(times)} times, once for each cell of map ${out}`;
  const padding = times - inside;
  const border = padding ? ` ${grouped(padding)} of them meet padding and add nothing.` : '';
  const sums = taps > 1 ? `, there on the sum of ${counted(taps, 'cell')}` : '';
  return `Used ${often}${sums}.${border}`;
}

/** @param {import('../kinds/types.d.ts').Uses} uses @param {number} total */
function totalText({ inside }, total) {
  const sum = own(total);
  if (inside === 1) return `With this drawing it gives ${sum}.`;
  return `With this drawing its ${grouped(inside)} products add up to ${sum}.`;
}

/**
 * How a filter is made up: "6 × 5 × 5 weights and a bias".
 * @param {Graph} graph
 * @param {string} name
 * @param {number} out
 */
export function filterText(graph, name, out) {
  const layer = graph.layer(name);
  const [source = ''] = layer.inputs;
  if (layer.kind === 'subsample')
    return `One weight and one bias for the whole ${channelNoun(graph, name)}.`;
  if (layer.kind === 'dense')
    return `${counted(graph.count(source), 'weight')}, one for each cell of ${foldsInto(graph, source)}, and a bias.`;
  const maps = readMaps(graph, layer, out).length;
  const all = graph.size(source).channels;
  const [rows, columns] = layer.kernel;
  const size = maps === 1 ? `${rows} × ${columns}` : `${maps} × ${rows} × ${columns}`;
  const some = maps === all ? `all ${all}` : `${maps} of the ${all}`;
  const whole = all === 1 ? source : `${some} ${channelNoun(graph, source)}s of ${source}`;
  const steps =
    layer.stride[0] * layer.stride[1] > 1 ? ` in steps of ${layer.stride.join(' × ')}` : '';
  return `One filter of ${size} weights and a bias slides over ${whole}${steps}.`;
}

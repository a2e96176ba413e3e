// The kernels of a layer as plain data: their weights by place, and what can be said of one of them.
// And its maps: what one is made from, and what can be said of all of its cells.

import { blocksOf as joinedIn } from '../geometry/graph.js';
import { kindOf } from '../kinds/index.js';
import { channelNoun, traitsOf } from '../kinds/traits.js';
import { totalOf, usesOf } from '../kinds/network/uses.js';
import { message } from '../text/messages.js';
import { own } from '../text/numbers.js';
import { sentences } from '../text/sentences.js';

/** @import { AnyLayer, Graph, Tensor, Tensors } from '../geometry/types.d.ts' */
/** @import { Block, Uses, Weight, Weights } from '../kinds/types.d.ts' */
/** @import { View } from './types.d.ts' */

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
  return kindOf(layer).weights?.blocks(graph, layer, out) ?? [];
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
  if (!traitsOf(graph.layer(name)).slides) return first;
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

/**
 * @param {Graph} graph
 * @param {string} name
 * @param {number} term its place among the layer's weights
 * @returns {Weight}
 */
export function weightAt(graph, name, term) {
  const layer = graph.layer(name);
  return weightsIn(layer).at(graph, layer, term);
}

/**
 * The inverse of `weightAt`.
 * @param {Graph} graph
 * @param {Weight} weight
 * @returns {number}
 */
export function termOf(graph, weight) {
  const layer = graph.layer(weight.layer);
  return weightsIn(layer).term(graph, layer, weight);
}

/** @param {AnyLayer} layer that has some @returns {Weights} what its kind says of them */
function weightsIn(layer) {
  const { weights } = kindOf(layer);
  if (!weights) throw new Error(`Layer ${layer.name} has no weights.`);
  return weights;
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
  const layer = graph.layer(weight.layer);
  const value = weightsOf(weights, weight.layer)?.data[termOf(graph, weight)];
  const uses = usesOf(graph, weight);
  if (value === undefined || !uses) return null;
  const total = trace ? totalOf(graph, trace, weight, Number(value)) : null;
  return {
    name: weightsIn(layer).name(graph, layer, weight),
    value: own(Number(value)),
    used: weightsIn(layer).used?.() ?? usedText(graph, weight, uses),
    total: total === null ? '' : totalText(uses, total),
  };
}

/** @param {Graph} graph @param {Weight} weight @param {Uses} uses */
function usedText(graph, { layer, out }, { times, inside, taps }) {
  const padding = times - inside;
  return sentences().weightUsed({ times, noun: channelNoun(graph, layer), out, padding, taps });
}

/** @param {Uses} uses @param {number} total */
function totalText({ inside }, total) {
  return message('kernel.sum', { count: inside, sum: own(total) });
}

/**
 * How a filter is made up: "6 × 5 × 5 weights and a bias".
 * @param {Graph} graph
 * @param {string} name
 * @param {number} out
 */
export function filterText(graph, name, out) {
  const layer = graph.layer(name);
  return kindOf(layer).weights?.filter(graph, layer, out) ?? '';
}

/** @param {Graph} graph @param {string} name @returns {string} all kernels of a layer: "16 filters of 6 × 5 × 5 weights" */
export function kernelsText(graph, name) {
  const layer = graph.layer(name);
  return weightsIn(layer).all(graph, layer);
}

/** @param {Graph} graph @param {string} name @param {number} out @param {string} read what the weights look at */
export function kernelTitle(graph, name, out, read) {
  return weightsIn(graph.layer(name)).title(graph, out, read);
}

/**
 * The maps that a map is made from one by one: pooling, activations, sums, joins.
 * @param {Graph} graph
 * @param {string} name
 * @param {number} channel
 * @returns {{ layer: string, channel: number }[]} [] where it reads many maps
 */
export function mapsRead(graph, name, channel) {
  const layer = graph.layer(name);
  const { unit } = graph.size(name);
  if (unit || hasKernels(graph, name) || layer.inputs.length === 0) return [];
  return traitsOf(layer).unknown ? [] : channelsRead(graph, layer, channel);
}

/**
 * The channel of each source that one channel is made of; of a join, that of the only source it lies in.
 * @param {Graph} graph
 * @param {AnyLayer} layer
 * @param {number} channel
 * @returns {{ layer: string, channel: number }[]}
 */
function channelsRead(graph, layer, channel) {
  const { joins, reshapes } = traitsOf(layer);
  if (joins) {
    const block = joinedIn(graph, layer).findLast(({ start }) => start <= channel);
    return block ? [{ layer: block.name, channel: channel - block.start }] : [];
  }
  return layer.inputs.map((source) => {
    const { rows, columns } = graph.size(source);
    return { layer: source, channel: reshapes ? Math.floor(channel / (rows * columns)) : channel };
  });
}

/**
 * The filter that made a map, which may since have been pooled, activated or joined to others; of a
 * sum, the first that one of its sources has.
 * @param {Graph} graph
 * @param {{ readonly layer: string, readonly channel: number }} map
 * @returns {{ layer: string, channel: number } | null} null where no layer before it has kernels
 */
export function filterBehind(graph, { layer, channel }) {
  if (hasKernels(graph, layer))
    return { layer, channel: Math.min(channel, graph.size(layer).channels - 1) };
  for (const read of channelsRead(graph, graph.layer(layer), channel)) {
    const filter = filterBehind(graph, read);
    if (filter) return filter;
  }
  return null;
}

/**
 * What can be said of a whole map.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {string} layer
 * @param {number} channel
 * @returns {{ least: string, most: string, mean: string } | null}
 */
export function mapFacts(graph, trace, layer, channel) {
  const data = trace.get(layer)?.data;
  const { rows, columns } = graph.size(layer);
  const area = rows * columns;
  if (!data) return null;
  const values = Array.from(data.subarray(channel * area, (channel + 1) * area));
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const sum = values.reduce((a, b) => a + b);
  return { least: own(least), most: own(most), mean: own(sum / area) };
}

// How much a layer computes for one image, counted from the spec: each count with its factors.

import { readMaps } from '../kinds/conv.js';
import { channelNoun } from './format.js';

/** @import { AnyLayer, Graph, LayerSpec } from '../geometry/types.d.ts' */

/**
 * @typedef {object} Operations
 * @property {number} count
 * @property {string} noun of one: "multiply-add"
 * @property {readonly number[]} factors whose product is the count
 * @property {string} factorText what each factor is, where that needs a word
 */

/**
 * What meets padding is counted, too: the hardware computes it like the rest.
 * @param {Graph} graph
 * @param {string} name
 * @returns {Operations | null} null for what computes nothing, and where the page cannot know
 */
export function operationsOf(graph, name) {
  const layer = graph.layer(name);
  return layer.kind === 'input' ? null : KINDS[layer.kind](graph, layer);
}

/** @typedef {(graph: Graph, layer: LayerSpec) => Operations | null} Count */

/** @type {Record<LayerSpec['kind'], Count>} */
const KINDS = {
  conv(graph, layer) {
    const { channels, rows, columns } = graph.size(layer.name);
    const kernel = layer.kernel[0] * layer.kernel[1];
    const connected = Array.from(
      { length: channels },
      (_, map) => readMaps(graph, layer, map).length,
    );
    const slices = connected.reduce((a, b) => a + b, 0);
    const even = connected.every((count) => count === connected[0]);
    const filters = even ? [channels, connected[0] ?? 0] : [slices];
    const factors = [...filters, ...layer.kernel, rows, columns];
    const [read, made] = [layer.inputs[0] ?? '', layer.name].map((name) =>
      channelNoun(graph, name),
    );
    const slicing = even ? `filters × ${read}s` : 'slices';
    const what = `${slicing} × kernel × cells of a ${made}`;
    return {
      count: slices * kernel * rows * columns,
      noun: 'multiply-add',
      factors,
      factorText: what,
    };
  },
  dense(graph, { name, inputs: [source = ''] }) {
    const [units, read] = [graph.size(name).channels, graph.count(source)];
    return product([units, read], 'multiply-add', 'units × cells that each reads');
  },
  pool(graph, layer) {
    const taps = layer.kernel[0] * layer.kernel[1];
    const noun = layer.mode === 'max' ? 'comparison' : 'addition';
    const what = `cells × ${taps} − 1 for each window`;
    return product([graph.count(layer.name), taps - 1], noun, what);
  },
  subsample(graph, { name, kernel }) {
    const taps = kernel[0] * kernel[1];
    return product([graph.count(name), taps], 'addition', 'cells × cells of each window');
  },
  add(graph, { name, inputs }) {
    return product([graph.count(name), inputs.length - 1], 'addition', '');
  },
  relu: each('comparison'),
  tanh: each('hyperbolic tangent'),
  sigmoid: each('exponential'),
  softmax: each('exponential'),
  other: () => null,
  flatten: () => null,
  concat: () => null,
};

/** @param {string} noun @returns {Count} */
function each(noun) {
  return (graph, { name }) => product([graph.count(name)], noun, 'one for each cell');
}

/** @param {number[]} factors @param {string} noun @param {string} factorText @returns {Operations} */
function product(factors, noun, factorText) {
  return { count: factors.reduce((a, b) => a * b, 1), noun, factors, factorText };
}

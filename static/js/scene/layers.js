// The account of a layer: what it is, its shape, parameters and operations, every number derived in words.

import { readMaps } from '../kinds/conv.js';
import { channelNoun, isAnswer, parameterCount, shapeText, unknownText } from './format.js';
import { counted, pairText } from '../text/counts.js';
import { grouped } from '../text/numbers.js';
import { operationsOf } from './operations.js';

/** @import { AnyLayer, Graph } from '../geometry/types.d.ts' */

/**
 * @typedef {object} LayerAccount
 * @property {string} name
 * @property {string} kind in words
 * @property {string} shape as in its caption
 * @property {string} parameters how many; '' for none
 * @property {string} operations how many of which; '' for none
 * @property {readonly (readonly [title: string, text: string])[]} sentences
 */

/**
 * @param {Graph} graph
 * @param {string} name
 * @returns {LayerAccount}
 */
export function layerAccount(graph, name) {
  const layer = graph.layer(name);
  const count = parameterCount(layer);
  const operations = operationsOf(graph, name);
  /** @type {[string, string][]} */
  const sentences = [
    ['', whatLayer(graph, name)],
    ['Shape', shapeSentence(graph, layer)],
    [
      'Parameters',
      count ? parametersSentence(graph, layer, count) : 'None: there is nothing to learn here.',
    ],
    ['Operations', operations ? operationsSentence(operations) : withoutOperations(layer)],
  ];
  return {
    name,
    kind: kindText(layer),
    shape: shapeText(graph, name),
    parameters: count ? grouped(count) : '',
    operations: operations ? counted(operations.count, operations.noun) : '',
    sentences: layer.kind === 'input' ? sentences.slice(0, 2) : sentences,
  };
}

/** @param {AnyLayer} layer */
function withoutOperations(layer) {
  if (layer.kind === 'other') return `Not counted: ${unknownText(layer)}.`;
  return 'None: the values stay as they are.';
}

/** @param {AnyLayer} layer */
function kindText({ kind, mode, kernel, called = '' }) {
  if (kind === 'input') return 'image';
  if (kind === 'other') return called;
  if (kind === 'conv') return `convolution ${pairText(kernel)}`;
  if (kind === 'pool') return `${mode} pooling ${pairText(kernel)}`;
  if (kind === 'subsample') return `subsampling ${pairText(kernel)}`;
  return kind === 'dense' ? 'fully connected' : kind;
}

/** @type {Record<AnyLayer['kind'], (graph: Graph, layer: AnyLayer) => string>} */
const WHAT = {
  input: () => 'The image that the network reads.',
  conv(graph, layer) {
    const { channels } = graph.size(layer.name);
    const [source = ''] = layer.inputs;
    const below = graph.size(source).channels;
    const noun = channelNoun(graph, source);
    const each = layer.connections
      ? `a few ${noun}s of`
      : below === 1
        ? `the one ${noun} of`
        : `all ${counted(below, noun)} of`;
    return `${counted(channels, 'filter')} of ${pairText(layer.kernel)} slide over ${each} ${source}; each makes one ${channelNoun(graph, layer.name)}.`;
  },
  dense: (graph, { name, inputs: [source = ''] }) =>
    `Each of its ${counted(graph.size(name).channels, 'unit')} reads every cell of ${source}.`,
  pool(graph, { name, mode, kernel, inputs: [source] }) {
    const noun = channelNoun(graph, name);
    const what =
      mode === 'max' ? 'Keeps the largest' : mode === 'sum' ? 'Adds up' : 'Takes the mean';
    return `${what} of each window of ${pairText(kernel)} cells of ${source}, ${noun} by ${noun}.`;
  },
  subsample: (graph, { name, kernel, inputs: [source] }) =>
    `Adds up every ${pairText(kernel)} cells of ${source}, times a weight of the ${channelNoun(graph, name)}, plus a bias.`,
  relu: (_, { inputs: [source] }) => `Keeps what is above zero in ${source}, and makes the rest 0.`,
  tanh: (_, { inputs: [source] }) => `Squeezes every cell of ${source} smoothly between two ends.`,
  sigmoid: (_, { inputs: [source] }) =>
    `Squeezes every cell of ${source} smoothly between 0 and 1.`,
  softmax: (_, { inputs: [source] }) => `Turns the scores of ${source} into probabilities.`,
  flatten: (_, { inputs: [source] }) => `Puts the cells of ${source} into one long row.`,
  add: (_, { inputs }) => `Adds ${inputs.join(' and ')}, cell by cell.`,
  concat: (graph, { name, inputs }) =>
    `Puts the ${channelNoun(graph, name)}s of ${inputs.join(' and ')} beside each other.`,
  other: (_, layer) =>
    `Reads ${layer.inputs.join(' and ')}. What it computes stands in the server's code: ${unknownText(layer)}.`,
};

/** @param {Graph} graph @param {string} name @returns {string} what it does, in a sentence */
export function whatLayer(graph, name) {
  const layer = graph.layer(name);
  return WHAT[layer.kind](graph, layer);
}

/** @param {Graph} graph @param {AnyLayer} layer */
function shapeSentence(graph, layer) {
  const { channels, rows, columns, unit } = graph.size(layer.name);
  if (unit)
    return isAnswer(graph, layer.name) ? `${channels} classes.` : `${counted(channels, 'unit')}.`;
  const cells = `${channels} × ${rows} × ${columns} = ${counted(graph.count(layer.name), 'cell')}`;
  if (layer.kind === 'input') return `${cells}${borderText(graph)}.`;
  const sized = layer.kind === 'conv' || layer.kind === 'pool' || layer.kind === 'subsample';
  return sized ? `${cells}. ${sizeText(graph, layer)}` : `${cells}.`;
}

/** @param {Graph} graph */
function borderText({ spec, input, ...graph }) {
  const { border } = spec.input;
  const { rows, columns } = graph.size(input);
  if (!border) return '';
  return `: a digit of ${rows - 2 * border} × ${columns - 2 * border} in a border of ${border}`;
}

/** "Rows: (14 − 5) ÷ 1 + 1 = 10", columns too where they differ. */
/** @param {Graph} graph @param {AnyLayer} layer */
function sizeText(graph, layer) {
  const [source = ''] = layer.inputs;
  const [made, read] = [graph.size(layer.name), graph.size(source)];
  const one = (/** @type {0 | 1} */ axis, /** @type {number} */ from, /** @type {number} */ to) => {
    const [kernel, stride, padding] = [layer.kernel[axis], layer.stride[axis], layer.padding[axis]];
    const padded = padding ? `${from} + 2 · ${padding}` : `${from}`;
    const left = (from + 2 * padding - kernel) % stride;
    const down = left ? ', rounded down' : '';
    return `(${padded} − ${kernel}) ÷ ${stride} + 1 = ${to}${down}`;
  };
  const rows = one(0, read.rows, made.rows);
  const columns = one(1, read.columns, made.columns);
  return rows === columns
    ? `Rows and columns each: ${rows}.`
    : `Rows: ${rows}. Columns: ${columns}.`;
}

/** @param {Graph} graph @param {AnyLayer} layer @param {number} count */
function parametersSentence(graph, layer, count) {
  if (layer.kind === 'other') {
    const listed = Object.entries(layer.parameters).map(
      ([name, shape]) => `${shape.join(' × ')} of ${name}`,
    );
    return `${listed.join(' + ')} = ${grouped(count)}.`;
  }
  const weight = layer.parameters['weight'] ?? [];
  const [biases = 0] = layer.parameters['bias'] ?? [];
  const slices = layer.connections ? slicesOf(graph, layer) : 0;
  const factors = slices ? [slices, ...layer.kernel] : [...weight];
  const weights = `${factors.join(' × ')} weights`;
  const table = slices
    ? ` Not every filter reads every ${channelNoun(graph, layer.inputs[0] ?? '')}: ${counted(slices, 'slice')} in all.`
    : '';
  return `${weights} + ${grouped(biases)} ${biases === 1 ? 'bias' : 'biases'} = ${grouped(count)}.${table}`;
}

/** @param {Graph} graph @param {AnyLayer} layer */
function slicesOf(graph, layer) {
  const { channels } = graph.size(layer.name);
  const read = Array.from({ length: channels }, (_, map) => readMaps(graph, layer, map).length);
  return read.reduce((a, b) => a + b, 0);
}

/** @param {import('./operations.js').Operations} operations */
function operationsSentence({ count, noun, factors, factorText }) {
  const whole = counted(count, noun);
  const worked = factors.length > 1 ? `${factors.map(grouped).join(' × ')} = ${whole}` : whole;
  return `${worked}${factorText ? ` (${factorText})` : ''}.`;
}

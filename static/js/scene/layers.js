// The account of a layer: what it is, its shape, parameters and operations, every number derived in words.

import { kindOf } from '../kinds/index.js';
import { channelNoun, isAnswer, unknownText } from '../kinds/names.js';
import { operationsOf } from '../kinds/network/operations.js';
import { readMaps } from '../kinds/parts/strided.js';
import { traitsOf } from '../kinds/traits.js';
import { counted } from '../text/counts.js';
import { grouped } from '../text/numbers.js';
import { parameterCount, shapeText } from './captions.js';

/** @import { AnyLayer, Graph } from '../geometry/types.d.ts' */
/** @import { Operations } from '../kinds/types.d.ts' */

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
    kind: kindOf(layer).title(layer),
    shape: shapeText(graph, name),
    parameters: count ? grouped(count) : '',
    operations: operations ? counted(operations.count, operations.noun) : '',
    sentences: name === graph.input ? sentences.slice(0, 2) : sentences,
  };
}

/** @param {AnyLayer} layer */
function withoutOperations(layer) {
  if (traitsOf(layer).unknown) return `Not counted: ${unknownText(layer)}.`;
  return 'None: the values stay as they are.';
}

/** @param {Graph} graph @param {string} name @returns {string} what it does, in a sentence */
export function whatLayer(graph, name) {
  const layer = graph.layer(name);
  return kindOf(layer).does(graph, layer);
}

/** @param {Graph} graph @param {AnyLayer} layer */
function shapeSentence(graph, layer) {
  const { channels, rows, columns, unit } = graph.size(layer.name);
  if (unit)
    return isAnswer(graph, layer.name) ? `${channels} classes.` : `${counted(channels, 'unit')}.`;
  const cells = `${channels} × ${rows} × ${columns} = ${counted(graph.count(layer.name), 'cell')}`;
  if (layer.name === graph.input) return `${cells}${borderText(graph)}.`;
  const { slides, pools } = traitsOf(layer);
  return slides || pools ? `${cells}. ${sizeText(graph, layer)}` : `${cells}.`;
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
  if (traitsOf(layer).unknown) {
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

/** @param {Operations} operations */
function operationsSentence({ count, noun, factors, factorText }) {
  const whole = counted(count, noun);
  const worked = factors.length > 1 ? `${factors.map(grouped).join(' × ')} = ${whole}` : whole;
  return `${worked}${factorText ? ` (${factorText})` : ''}.`;
}

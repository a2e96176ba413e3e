// The account of a layer: what it is, its shape, parameters and operations, every number derived in words.

import { kindOf } from '../kinds/index.js';
import { channelNoun, isAnswer, parameterCount, unknownText, traitsOf } from '../kinds/traits.js';
import { operationsOf } from '../kinds/index.js';
import { readMaps, spanOf } from '../kinds/parts/reading.js';
import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { sentences } from '../text/sentences.js';
import { shapeText } from './captions.js';

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
  const learns = count ? parametersSentence(graph, layer, count) : message('layer.learns-nothing');
  const computes = operations ? operationsSentence(operations) : withoutOperations(layer);
  /** @type {[string, string][]} */
  const sentences = [
    ['', whatLayer(graph, name)],
    [message('layer.shape'), shapeSentence(graph, layer)],
    [message('layer.parameters'), learns],
    [message('layer.operations'), computes],
  ];
  return {
    name,
    kind: kindOf(layer).title(layer),
    shape: shapeText(graph, name),
    parameters: count ? grouped(count) : '',
    operations: operations ? countText(operations) : '',
    sentences: name === graph.input ? sentences.slice(0, 2) : sentences,
  };
}

/** @param {AnyLayer} layer */
function withoutOperations(layer) {
  if (traitsOf(layer).unknown) return message('layer.not-counted', { why: unknownText(layer) });
  return message('layer.computes-nothing');
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
    return message(isAnswer(graph, layer.name) ? 'layer.classes' : 'layer.units', {
      count: channels,
    });
  const size = `${channels} × ${rows} × ${columns}`;
  const more = layer.name === graph.input ? borderText(graph) : '';
  const cells = sentences().cellsAre({ size, cells: graph.count(layer.name), more });
  const { slides, pools } = traitsOf(layer);
  return slides || pools ? `${cells} ${sizeText(graph, layer)}` : cells;
}

/** @param {Graph} graph */
function borderText({ spec, input, ...graph }) {
  const { border } = spec.input;
  const { rows, columns } = graph.size(input);
  if (!border) return '';
  const size = `${rows - 2 * border} × ${columns - 2 * border}`;
  return message('layer.border', { size, border });
}

/** "Rows: (14 − 5) ÷ 1 + 1 = 10", columns too where they differ. */
/** @param {Graph} graph @param {AnyLayer} layer */
function sizeText(graph, layer) {
  const [source = ''] = layer.inputs;
  const [made, read] = [graph.size(layer.name), graph.size(source)];
  const one = (/** @type {0 | 1} */ axis, /** @type {number} */ from, /** @type {number} */ to) => {
    const [kernel, stride, padding] = [layer.kernel[axis], layer.stride[axis], layer.padding[axis]];
    const [apart, span] = [layer.dilation[axis], spanOf(layer)[axis]];
    const padded = padding ? `${from} + 2 · ${padding}` : `${from}`;
    const less = span > kernel ? `${apart} · (${kernel} − 1) − 1` : `${kernel}`;
    const left = (from + 2 * padding - span) % stride;
    const size = `(${padded} − ${less}) ÷ ${stride} + 1 = ${to}`;
    return left ? message('layer.rounded', { size }) : size;
  };
  const rows = one(0, read.rows, made.rows);
  const columns = one(1, read.columns, made.columns);
  return rows === columns
    ? message('layer.square', { rows })
    : message('layer.sides', { rows, columns });
}

/** @param {Graph} graph @param {AnyLayer} layer @param {number} count */
function parametersSentence(graph, layer, count) {
  if (traitsOf(layer).unknown) {
    const parameters = Object.entries(layer.parameters).map(([name, shape]) => ({
      ...{ name, size: shape.join(' × ') },
    }));
    return sentences().parametersOf(parameters, count);
  }
  const weight = layer.parameters['weight'] ?? [];
  const [biases = 0] = layer.parameters['bias'] ?? [];
  const slices = layer.connections ? slicesOf(graph, layer) : 0;
  const factors = slices ? [slices, ...layer.kernel] : [...weight];
  const noun = channelNoun(graph, layer.inputs[0] ?? '');
  return sentences().parametersAre({ factors: factors.join(' × '), biases, count, slices, noun });
}

/** @param {Graph} graph @param {AnyLayer} layer */
function slicesOf(graph, layer) {
  const { channels } = graph.size(layer.name);
  const read = Array.from({ length: channels }, (_, map) => readMaps(graph, layer, map).length);
  return read.reduce((a, b) => a + b, 0);
}

/** @param {Operations} operations */
function operationsSentence({ count, noun, factors, factorText }) {
  const whole = countText({ count, noun });
  const worked = factors.length > 1 ? `${factors.map(grouped).join(' × ')} = ${whole}` : whole;
  return `${worked}${factorText ? ` (${factorText})` : ''}.`;
}

/** @param {Pick<Operations, 'count' | 'noun'>} operations @returns {string} "240 000 multiply-adds" */
function countText({ count, noun }) {
  return message(`operations.${noun}`, { count });
}

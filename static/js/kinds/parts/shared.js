// What the receipts of all kinds need: data, labels, the strongest of many.

import { message } from '../../text/messages.js';
import { sentences } from '../../text/sentences.js';
import { isAnswer } from '../names.js';

/** @import { AnyLayer, Cell, Graph, Tensor, Tensors } from '../../geometry/types.d.ts' */
/** @import { Base, ConvReceipt, Item, PoolReceipt, ReceiptAsked } from '../receipt.d.ts' */
/** @import { Operations } from '../types.d.ts' */

/** @param {ArrayLike<number>} data @returns {number} the largest magnitude */
export function largestOf(data) {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(at(data, i)));
  return largest;
}

/** @param {ArrayLike<number>} data @returns {number} Σ|values| */
export function magnitudeOf(data) {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(at(data, i));
  return sum;
}

/** @param {Graph} graph @param {string} layer @param {number} channel @returns {string} "pool1 [0]" */
export function mapLabel(graph, layer, channel) {
  return graph.size(layer).channels === 1 ? layer : `${layer} [${channel}]`;
}

/** The same without the layer, in two lines. */
/** @param {Graph} graph @param {string} layer @param {number} channel @returns {[string, string]} */
export function shortMap(graph, layer, channel) {
  return [graph.size(layer).channels === 1 ? layer : `[${channel}]`, ''];
}

/** @param {Graph} graph @param {Cell} cell @returns {string} "pool2 [13] 2, 2", "fc1 [34]" */
export function cellLabel(graph, { layer, channel, row, column }) {
  const map = mapLabel(graph, layer, channel);
  return graph.size(layer).unit ? map : `${map} ${row}, ${column}`;
}

/** The same without the layer, in two lines. */
/** @param {Graph} graph @param {Cell} cell @returns {[string, string]} */
export function shortLabel(graph, { layer, channel, row, column }) {
  const { unit, channels } = graph.size(layer);
  const map = channels === 1 ? '' : `[${channel}]`;
  if (unit) return [map || layer, ''];
  return map ? [map, `${row}, ${column}`] : [`${row}, ${column}`, ''];
}

/** @param {Pick<ReceiptAsked, 'graph' | 'cell' | 'value'>} asked @returns {Pick<Item, 'role' | 'label' | 'short' | 'value' | 'cell' | 'strong'>} */
export function totalDraft({ graph, cell, value }) {
  return {
    role: 'total',
    label: mapLabel(graph, cell.layer, cell.channel),
    short: shortMap(graph, cell.layer, cell.channel),
    value,
    cell,
    strong: true,
  };
}

/**
 * Which of many to show one by one: all when they are few, else the strongest, in their own order.
 * @param {ArrayLike<number>} values
 * @param {number} few
 * @param {number} most
 * @param {number} [must] one that is shown in any case
 * @returns {{ shown: number[], hidden: number[] }}
 */
export function chosen(values, few, most, must = -1) {
  const all = Array.from({ length: values.length }, (_, i) => i);
  if (all.length <= few) return { shown: all, hidden: [] };
  const weight = (/** @type {number} */ i) => (i === must ? Infinity : Math.abs(at(values, i)));
  const strongest = new Set(all.toSorted((a, b) => weight(b) - weight(a)).slice(0, most));
  return {
    shown: all.filter((i) => strongest.has(i)),
    hidden: all.filter((i) => !strongest.has(i)),
  };
}

/** @param {ArrayLike<number>} values @param {readonly number[]} indices @returns {number} */
export function sumAt(values, indices) {
  return indices.reduce((sum, index) => sum + at(values, index), 0);
}

/**
 * @param {number} count
 * @param {'map' | 'unit' | ''} noun
 * @param {number} value
 * @returns {Pick<Item, 'role' | 'label' | 'short' | 'value' | 'count'>} "76 more maps"
 */
export function moreDraft(count, noun, value) {
  const label = sentences().more(count, noun);
  const short = noun ? message(`noun.${noun}`) : '';
  return { role: 'more', label, short: [sentences().more(count, ''), short], value, count };
}

/** @param {Graph} graph @param {AnyLayer} layer @returns {string[]} names of its units */
export function unitNames(graph, { name }) {
  if (isAnswer(graph, name)) return [...graph.classes];
  return Array.from({ length: graph.count(name) }, (_, i) => message('place.unit', { channel: i }));
}

/** @param {Base['rounding']} rounding @returns {string} */
export function difference(rounding) {
  return rounding ? ` · ${message('rounding.engine', { difference: rounding.text })}` : '';
}

/** First row and column of a window, negative in the padding. */
/** @param {ConvReceipt | PoolReceipt} receipt */
export function cornerOf({ graph, cell }) {
  const { stride, padding } = graph.layer(cell.layer);
  return { top: cell.row * stride[0] - padding[0], left: cell.column * stride[1] - padding[1] };
}

/** @param {Tensors} trace @param {string} name @returns {Float32Array} */
export function dataOf(trace, name) {
  const tensor = trace.get(name);
  if (!tensor) throw new Error(`The trace has no layer ${JSON.stringify(name)}.`);
  return /** @type {Float32Array} */ (tensor.data);
}

/** @param {{ weights: Tensors | null, layer: AnyLayer }} asked @returns {Tensor['data'] | undefined} undefined before they are here */
export function weightOf({ weights, layer }) {
  return weights?.get(`${layer.name}.weight`)?.data;
}

/** @param {{ weights: Tensors | null, layer: AnyLayer, cell: Cell }} asked @returns {number} 0 where the layer has none */
export function biasOf({ weights, layer, cell }) {
  return weights?.get(`${layer.name}.bias`)?.data[cell.channel] ?? 0;
}

/** @param {ArrayLike<number>} data @param {number} index inside the data */
export function at(data, index) {
  return /** @type {number} */ (data[index]);
}

/** @param {Operations['noun']} noun @returns {(graph: Graph, layer: AnyLayer) => Operations} one for each cell */
export function each(noun) {
  return (graph, { name }) => product([graph.count(name)], noun, message('operations.each'));
}

/** @param {number[]} factors @param {Operations['noun']} noun @param {string} factorText @returns {Operations} */
export function product(factors, noun, factorText) {
  return { count: factors.reduce((a, b) => a * b, 1), noun, factors, factorText };
}

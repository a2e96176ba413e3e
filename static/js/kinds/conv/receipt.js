// The receipt of a convolution's cell: every product of every map, partial sums, bias, rounding.
// Subsampling has one too: of one map, with one weight for the whole window.

import { among } from '../../geometry/regions.js';
import { message } from '../../text/messages.js';
import { digitsFor, roughly } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { channelNoun } from '../names.js';
import { roundingOf, sumEquation } from '../parts/equation.js';
import {
  at,
  biasOf,
  chosen,
  dataOf,
  difference,
  largestOf,
  magnitudeOf,
  mapLabel,
  moreDraft,
  shortMap,
  sumAt,
  totalDraft,
  weightOf,
} from '../parts/shared.js';
import { readMaps, tapOffsets } from '../parts/strided.js';
import { terms } from '../parts/terms.js';

/** @import { ConvReceipt, Equation, Found, ReceiptAsked } from '../receipt.d.ts' */

const FEW = 6; // maps that an equation shows one by one: its end stays in sight
const MOST = 5; // strongest maps, where there are more

/**
 * @param {ReceiptAsked} asked
 * @returns {Found<ConvReceipt> | null} null without weights
 */
export function convReceipt(asked) {
  return productReceipt(asked, filterOf, (read) => (read.maps > 1 ? why(asked, read) : null));
}

/**
 * @param {ReceiptAsked} asked
 * @param {(asked: ReceiptAsked, weight: Float32Array) => Filter} filterOf
 * @param {(read: Read) => ConvReceipt['why']} why
 * @returns {Found<ConvReceipt> | null} null without weights
 */
export function productReceipt(asked, filterOf, why) {
  const weight = weightOf(asked);
  if (!weight) return null;
  const filter = filterOf(asked, /** @type {Float32Array} */ (weight));
  const read = productsOf(asked, filter);
  const { values, kernel, products, sums } = read;
  const bias = biasOf(asked);
  const exact = sums.reduce((sum, partial) => sum + partial, bias);
  const magnitudes = magnitudeOf(products) + Math.abs(bias);
  const rounding = roundingOf(asked.value, exact, magnitudes, roughly);
  const equation = mapsEquation(asked, read, bias);
  const strongest = strongestOf(sums);
  const total = equation.total.signedText;
  const made = message('conv.made', { count: products.length });
  return {
    diagram: 'filter',
    ...{ ...read, made },
    ...{ bias, strongest, equation, rounding },
    equations: [equation, terms({ ...read, equation }, strongest)],
    largest: {
      value: largestOf(values),
      kernel: largestOf(kernel),
      product: largestOf(products),
    },
    check: `${made} = ${total}${difference(rounding)}`,
    why: why(read),
  };
}

/** @typedef {Pick<ConvReceipt, 'channels' | 'kernel' | 'shared'>} Filter which maps are read, and the weights for each, one after the other */
/** @typedef {ReturnType<typeof productsOf>} Read */

/** @param {ReceiptAsked} asked @param {Float32Array} weight (channels out, maps, kernel rows, columns) @returns {Filter} */
function filterOf({ graph, layer, cell }, weight) {
  const taps = layer.kernel[0] * layer.kernel[1];
  const all = graph.size(layer.inputs[0] ?? '').channels;
  const filter = weight.subarray(cell.channel * all * taps, (cell.channel + 1) * all * taps);
  const channels = readMaps(graph, layer, cell.channel);
  const kernel = Float32Array.from({ length: channels.length * taps }, (_, i) =>
    at(filter, at(channels, Math.floor(i / taps)) * taps + (i % taps)),
  );
  return { channels, kernel: channels.length === all ? filter : kernel, shared: false };
}

/** @param {ReceiptAsked} asked @param {Filter} filter */
function productsOf({ graph, trace, layer, cell, window }, { channels, kernel, shared }) {
  const [source = ''] = layer.inputs;
  const [rows, columns] = layer.kernel;
  const maps = channels.length;
  const taps = rows * columns;
  const values = new Float32Array(maps * taps);
  const offsets = tapOffsets(graph, source, layer, cell);
  const data = dataOf(trace, source);
  const area = graph.size(source).rows * graph.size(source).columns;
  const products = new Float64Array(maps * taps);
  const sums = new Float64Array(maps);
  for (let map = 0, i = 0; map < maps; map++)
    for (let tap = 0; tap < taps; tap++, i++) {
      const offset = at(offsets, tap);
      if (offset < 0) continue;
      const value = at(data, at(channels, map) * area + offset);
      const product = value * at(kernel, i);
      values[i] = value;
      products[i] = product;
      sums[map] = at(sums, map) + product;
    }
  return {
    ...{ source, maps, channels, shared, rows, columns, taps, values, kernel, products, sums },
    inside: Uint8Array.from(offsets, (offset) => (offset < 0 ? 0 : 1)),
    region: (/** @type {number} */ map) =>
      window ? among(window, channels.slice(map, map + 1)) : null,
    cellAt: (/** @type {number} */ map, /** @type {number} */ tap) => {
      const offset = at(offsets, tap);
      return offset < 0 ? null : graph.cellAt(source, at(channels, map) * area + offset);
    },
    labelOf: (/** @type {number} */ map) => mapLabel(graph, source, at(channels, map)),
    shortOf: (/** @type {number} */ map) => shortMap(graph, source, at(channels, map)),
  };
}

/** @param {Float64Array} sums @returns {number} index of the largest magnitude, the first on ties */
function strongestOf(sums) {
  let strongest = 0;
  for (let map = 1; map < sums.length; map++)
    if (Math.abs(at(sums, map)) > Math.abs(at(sums, strongest))) strongest = map;
  return strongest;
}

/** @param {ReceiptAsked} asked @param {Read} read @param {number} bias @returns {Equation} */
function mapsEquation(asked, { source, sums, region, labelOf, shortOf }, bias) {
  const { shown, hidden } = chosen(sums, FEW, MOST);
  const maps = shown.map((map) => ({
    role: /** @type {const} */ ('map'),
    label: labelOf(map),
    short: shortOf(map),
    value: at(sums, map),
    ...{ region: region(map), index: map },
  }));
  const rest = hidden.length
    ? [moreDraft(hidden.length, channelNoun(asked.graph, source), sumAt(sums, hidden))]
    : [];
  const constant = { role: /** @type {const} */ ('bias'), label: message('bias'), value: bias };
  const digits = digitsFor(asked.value, Math.max(largestOf(sums), Math.abs(bias)));
  const total = totalDraft(asked);
  return sumEquation({ role: 'value', items: [...maps, ...rest, constant], total }, digits);
}

/** Why 16 maps, not 96; or why not all of them. */
/** @param {ReceiptAsked} asked @param {Read} read */
function why({ graph, cell }, { maps, taps, source, channels: read }) {
  const { channels } = graph.size(cell.layer);
  const of = graph.size(source).channels;
  const made = channelNoun(graph, cell.layer);
  const noun = channelNoun(graph, source);
  const { layer, channel } = cell;
  if (maps < of) {
    const products = maps * taps;
    return sentences().whyNotAll({ layer, channel, made, source, read, of, noun, products });
  }
  return sentences().whySoFew({ channels, made, channel, maps, noun, source, taps });
}

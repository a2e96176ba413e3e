// The receipt of a convolution's cell: every product of every map, partial sums, bias, rounding.
// Subsampling has one too: of one map, with one weight for the whole window.

import { among } from '../../geometry/regions.js';
import { message } from '../../text/messages.js';
import { digitsFor } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { channelNoun } from '../traits.js';
import { at, biasOf, dataOf, largestOf, magnitudeOf, sumOf, weightOf } from '../parts/data.js';
import {
  draft,
  factorsOf,
  moreDraft,
  oneByOne,
  sumEquation,
  totalDraft,
} from '../parts/equation.js';
import { mapLabel, shortMap } from '../parts/labels.js';
import { readMaps, tapsOf } from '../parts/reading.js';

/** @import { ConvReceipt, Equation, Found, ReceiptAsked } from '../receipt.d.ts' */
/** @import { Asked } from '../types.d.ts' */

/** Maps that an equation shows one by one, so that its end stays in sight; and how many of more. */
const SHOWN = { few: 6, most: 5 };

/**
 * @param {ReceiptAsked} asked
 * @returns {Found<ConvReceipt> | null} null without weights
 */
export function convReceipt(asked) {
  return productReceipt(asked, filterOf, (read) => (read.maps > 1 ? why(asked, read) : null));
}

/**
 * @param {ReceiptAsked} asked
 * @param {(asked: Asked, weight: Float32Array) => Filter} filterOf
 * @param {(read: Read) => ConvReceipt['why']} why
 * @returns {Found<ConvReceipt> | null} null without weights
 */
export function productReceipt(asked, filterOf, why) {
  const weight = weightOf(asked);
  if (!weight) return null;
  const read = productsOf(asked, filterOf(asked, weight));
  const { values, kernel, products, sums } = read;
  const bias = biasOf(asked);
  const equation = mapsEquation(asked, read, bias);
  const strongest = strongestOf(sums);
  const made = message('conv.made', { count: products.length });
  return {
    diagram: 'filter',
    ...{ ...read, made, bias, strongest },
    equations: [equation, terms({ ...read, equation }, strongest)],
    largest: {
      value: largestOf(values),
      kernel: largestOf(kernel),
      product: largestOf(products),
    },
    exact: { sum: sumOf(sums, bias), magnitude: magnitudeOf(products) + Math.abs(bias) },
    check: `${made} = ${equation.total.signedText}`,
    why: why(read),
  };
}

/** @typedef {Pick<ConvReceipt, 'channels' | 'kernel' | 'shared'>} Filter which maps are read, and the weights for each, one after the other */
/** @typedef {ReturnType<typeof productsOf>} Read */

/** @param {Asked} asked @param {Float32Array} weight (channels out, maps, kernel rows, columns) @returns {Filter} */
export function filterOf({ graph, layer, cell }, weight) {
  const taps = layer.kernel[0] * layer.kernel[1];
  const all = graph.size(layer.inputs[0] ?? '').channels;
  const filter = weight.subarray(cell.channel * all * taps, (cell.channel + 1) * all * taps);
  const channels = readMaps(graph, layer, cell.channel);
  const kernel = Float32Array.from({ length: channels.length * taps }, (_, i) =>
    at(filter, at(channels, Math.floor(i / taps)) * taps + (i % taps)),
  );
  return { channels, kernel: channels.length === all ? filter : kernel, shared: false };
}

/** @param {Asked} asked @param {Filter} filter */
export function productsOf({ graph, trace, layer, cell, window }, { channels, kernel, shared }) {
  const { read, cellAt, ...place } = tapsOf(graph, layer, cell);
  const { source, taps, inside } = place;
  const data = dataOf(trace, source);
  const channel = (/** @type {number} */ map) => at(channels, map);
  const values = Float32Array.from({ length: channels.length * taps }, (_, i) =>
    read(data, channel(Math.floor(i / taps)), i % taps),
  );
  const products = new Float64Array(values).map((value, i) =>
    inside[i % taps] ? value * at(kernel, i) : 0,
  );
  const sums = Float64Array.from(channels, (_, map) =>
    sumOf(products.subarray(map * taps, (map + 1) * taps)),
  );
  return {
    ...{ ...place, maps: channels.length, channels, shared, values, kernel, products, sums },
    region: (/** @type {number} */ map) =>
      window ? among(window, channels.slice(map, map + 1)) : null,
    cellAt: (/** @type {number} */ map, /** @type {number} */ tap) => cellAt(channel(map), tap),
    labelOf: (/** @type {number} */ map) => mapLabel(graph, source, channel(map)),
    shortOf: (/** @type {number} */ map) => shortMap(graph, source, channel(map)),
  };
}

/** @param {Float64Array} sums @returns {number} index of the largest magnitude, the first on ties */
function strongestOf(sums) {
  return sums.reduce((best, sum, i) => (Math.abs(sum) > Math.abs(at(sums, best)) ? i : best), 0);
}

/** @param {ReceiptAsked} asked @param {Read} read @param {number} bias @returns {Equation} */
function mapsEquation(asked, { source, sums, region, labelOf, shortOf }, bias) {
  const noun = channelNoun(asked.graph, source);
  const maps = oneByOne(sums, { ...SHOWN, noun }, (map) =>
    draft('map', labelOf(map), at(sums, map), {
      ...{ short: shortOf(map), region: region(map), index: map },
    }),
  );
  const items = [...maps, draft('bias', message('bias'), bias)];
  const digits = digitsFor(asked.value, Math.max(largestOf(sums), Math.abs(bias)));
  return sumEquation({ role: 'value', items, total: totalDraft(asked) }, digits);
}

/**
 * The products of one map that make its partial sum: the strongest one by one, the rest in a step.
 * Its digits are at least those of the equation that the partial sum goes into.
 * @param {Read & { equation: Equation }} receipt
 * @param {number} map
 * @param {number} [most] single terms
 * @returns {Equation}
 */
export function terms({ equation, ...read }, map, most = 4) {
  const { taps, values, kernel, products, sums, cellAt, labelOf, region } = read;
  const first = map * taps;
  const own = products.subarray(first, first + taps);
  const order = [...own.keys()].toSorted((a, b) => Math.abs(at(own, b)) - Math.abs(at(own, a)));
  const shown = order.slice(0, most).filter((tap) => own[tap]);
  const hidden = order.slice(shown.length);
  const digits = digitsOf(at(sums, map), at(own, order[0] ?? 0), equation);
  const factors = factorsOf(
    shown.map((tap) => [at(values, first + tap), at(kernel, first + tap)]),
    digits,
  );
  const items = shown.map((tap, i) => {
    const cell = cellAt(map, tap);
    const label = cell ? `${cell.row}, ${cell.column}` : message('padding');
    return draft('term', label, at(own, tap), { cell, index: tap, factors: factors[i] ?? null });
  });
  if (hidden.length) {
    const rest = hidden.reduce((sum, tap) => sum + at(own, tap), 0);
    const more = moreDraft(hidden.length, '', rest);
    items.push(shown.length ? more : { ...more, label: message('terms.all', { taps }) });
  }
  const of = { region: region(map), index: map, strong: true };
  const total = draft('total', labelOf(map), at(sums, map), of);
  return sumEquation({ role: 'terms', items, total }, digits);
}

/** @param {number} total @param {number} largest @param {Equation} equation */
function digitsOf(total, largest, { digits }) {
  const own = digitsFor(total, Math.abs(largest));
  if (own.exponent !== digits.exponent) return own;
  return { ...own, decimals: Math.max(own.decimals, digits.decimals) };
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

// The receipt of a convolution's cell: every product of every map, partial sums, bias, rounding.
// Subsampling is one too: of one map, with one weight for the whole window.

import { among } from '../../geometry/regions.js';
import { readMaps } from '../../kinds/conv.js';
import { windowOf } from '../../kinds/network/windows.js';
import { channelNoun } from '../format.js';
import { counted, numbered } from '../../text/counts.js';
import { digitsFor, grouped, roughly } from '../../text/numbers.js';
import { roundingOf, sumEquation } from './equation.js';
import {
  at,
  biasOf,
  chosen,
  dataOf,
  becomeOne,
  difference,
  largestOf,
  magnitudeOf,
  mapLabel,
  shortMap,
  moreDraft,
  sumAt,
  totalDraft,
} from './shared.js';
import { terms } from './terms.js';

/** @import { ConvReceipt, Equation } from './types.d.ts' */
/** @import { Asked, Found } from './shared.js' */

const FEW = 6; // maps that an equation shows one by one: its end stays in sight
const MOST = 5; // strongest maps, where there are more

/**
 * @param {Asked} asked
 * @returns {Found<ConvReceipt> | null} null without weights
 */
export function convReceipt(asked) {
  const weight = asked.weights?.get(`${asked.layer.name}.weight`)?.data;
  if (!weight) return null;
  const read = productsOf(asked, /** @type {Float32Array} */ (weight));
  const { values, kernel, products, sums } = read;
  const bias = biasOf(asked);
  const exact = sums.reduce((sum, partial) => sum + partial, bias);
  const magnitudes = magnitudeOf(products) + Math.abs(bias);
  const rounding = roundingOf(asked.value, exact, magnitudes, roughly);
  const equation = mapsEquation(asked, read, bias);
  const strongest = strongestOf(sums);
  const total = equation.total.signedText;
  const made = `${counted(products.length, 'product')} + bias`;
  return {
    kind: 'conv',
    ...{ ...read, made },
    ...{ bias, strongest, equation, rounding },
    equations: [equation, terms({ ...read, equation }, strongest)],
    largest: {
      value: largestOf(values),
      kernel: largestOf(kernel),
      product: largestOf(products),
    },
    check: `${made} = ${total}${difference(rounding)}`,
    why: read.shared ? whyOne(asked, read) : read.maps > 1 ? why(asked, read) : null,
  };
}

/** @typedef {ReturnType<typeof productsOf>} Read */

/**
 * Which maps are read, and the weights for each of them, one after the other.
 * @param {Asked} asked
 * @param {Float32Array} weight (channels out, maps, kernel rows, columns); of subsampling (channels)
 */
function filterOf({ graph, layer, cell }, weight) {
  const taps = layer.kernel[0] * layer.kernel[1];
  if (layer.kind === 'subsample') {
    const kernel = new Float32Array(taps).fill(at(weight, cell.channel));
    return { channels: [cell.channel], kernel, shared: true };
  }
  const all = graph.size(layer.inputs[0] ?? '').channels;
  const filter = weight.subarray(cell.channel * all * taps, (cell.channel + 1) * all * taps);
  const channels = readMaps(graph, layer, cell.channel);
  const kernel = Float32Array.from({ length: channels.length * taps }, (_, i) =>
    at(filter, at(channels, Math.floor(i / taps)) * taps + (i % taps)),
  );
  return { channels, kernel: channels.length === all ? filter : kernel, shared: false };
}

/** @param {Asked} asked @param {Float32Array} weight */
function productsOf(asked, weight) {
  const { graph, trace, layer, cell } = asked;
  const [source = ''] = layer.inputs;
  const [rows, columns] = layer.kernel;
  const { channels, kernel, shared } = filterOf(asked, weight);
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
  const [window] = windowOf(graph, cell);
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

/**
 * Where in a map each tap of the kernel reads, -1 in the padding.
 * @param {Asked['graph']} graph
 * @param {string} source
 * @param {Pick<Asked['layer'], 'kernel' | 'stride' | 'padding'>} layer
 * @param {Asked['cell']} cell
 */
export function tapOffsets(graph, source, { kernel, stride, padding }, cell) {
  const { rows, columns } = graph.size(source);
  const offsets = new Int32Array(kernel[0] * kernel[1]);
  for (let a = 0, tap = 0; a < kernel[0]; a++)
    for (let b = 0; b < kernel[1]; b++, tap++) {
      const row = cell.row * stride[0] - padding[0] + a;
      const column = cell.column * stride[1] - padding[1] + b;
      const inside = row >= 0 && row < rows && column >= 0 && column < columns;
      offsets[tap] = inside ? row * columns + column : -1;
    }
  return offsets;
}

/** @param {Float64Array} sums @returns {number} index of the largest magnitude, the first on ties */
function strongestOf(sums) {
  let strongest = 0;
  for (let map = 1; map < sums.length; map++)
    if (Math.abs(at(sums, map)) > Math.abs(at(sums, strongest))) strongest = map;
  return strongest;
}

/** @param {Asked} asked @param {Read} read @param {number} bias @returns {Equation} */
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
  const constant = { role: /** @type {const} */ ('bias'), label: 'bias', value: bias };
  const digits = digitsFor(asked.value, Math.max(largestOf(sums), Math.abs(bias)));
  const total = totalDraft(asked);
  return sumEquation({ role: 'value', items: [...maps, ...rest, constant], total }, digits);
}

/** @param {Asked} asked @param {Read} read */
function whyOne({ graph, cell }, { source, taps }) {
  const [from, to] = [graph.size(source), graph.size(cell.layer)];
  const noun = channelNoun(graph, cell.layer);
  return {
    title: 'Why one weight for all?',
    text:
      `The window only makes ${source} smaller: ${becomeOne(taps)}, and ${from.rows} × ` +
      `${from.columns} becomes ${to.rows} × ${to.columns}. Training sets how much ${noun} ` +
      `${cell.channel} counts, and its bias.`,
  };
}

/** Why 16 maps, not 96; or why not all of them. */
/** @param {Asked} asked @param {Read} read */
function why({ graph, cell }, { maps, taps, source, channels: read }) {
  const { channels } = graph.size(cell.layer);
  const all = graph.size(source).channels;
  const made = channelNoun(graph, cell.layer);
  const reads = channelNoun(graph, source);
  if (maps < all)
    return {
      title: `Why not all ${all} ${reads}s?`,
      text:
        `The network was built so that each ${made} of ${cell.layer} reads only a few: ${made} ${cell.channel} reads ` +
        `${numbered(read, reads)} of ${source}, others read others, so that they learn ` +
        `different things. ${counted(maps * taps, 'product')} are added, and one bias.`,
    };
  const products = counted(maps * taps, 'product');
  return {
    title: `Why ${counted(channels, made)}, not ${grouped(channels * maps)}?`,
    text:
      `One filter reads all ${maps} ${reads}s of ${source} at once. Filter ${cell.channel} holds ` +
      `${maps} × ${counted(taps, 'weight')}: ${products}, added with one bias into this one cell.`,
  };
}

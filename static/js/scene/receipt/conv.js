// The receipt of a convolution's cell: every product of every map, partial sums, bias, rounding.

import { windowOf } from '../../geometry/windows.js';
import { counted } from '../format.js';
import { digitsFor, roughly } from './digits.js';
import { roundingOf, sumEquation } from './equation.js';
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
  sumAt,
  totalDraft,
} from './shared.js';
import { terms } from './terms.js';

/** @import { ConvReceipt, Equation } from './types.d.ts' */
/** @import { Asked, Found } from './shared.js' */

const FEW = 16; // maps that an equation shows one by one
const MOST = 12; // strongest maps, where there are more

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
  return {
    kind: 'conv',
    ...read,
    ...{ bias, strongest, equation, rounding },
    equations: [equation, terms({ ...read, equation }, strongest)],
    largest: {
      value: largestOf(values),
      kernel: largestOf(kernel),
      product: largestOf(products),
    },
    check: `${counted(products.length, 'product')} + bias = ${total}${difference(rounding)}`,
    why: read.maps > 1 ? why(asked, read, equation) : null,
  };
}

/** @typedef {ReturnType<typeof productsOf>} Read */

/** @param {Asked} asked @param {Float32Array} weight (channels out, maps, kernel rows, columns) */
function productsOf({ graph, trace, layer, cell }, weight) {
  const [source = ''] = layer.inputs;
  const [rows, columns] = layer.kernel;
  const { channels: maps } = graph.size(source);
  const taps = rows * columns;
  const kernel = weight.subarray(cell.channel * maps * taps, (cell.channel + 1) * maps * taps);
  const values = new Float32Array(maps * taps);
  const offsets = tapOffsets(graph, source, layer, cell);
  const data = dataOf(trace, source);
  const area = graph.count(source) / maps;
  const products = new Float64Array(maps * taps);
  const sums = new Float64Array(maps);
  for (let map = 0, i = 0; map < maps; map++)
    for (let tap = 0; tap < taps; tap++, i++) {
      const offset = at(offsets, tap);
      if (offset < 0) continue;
      const value = at(data, map * area + offset);
      const product = value * at(kernel, i);
      values[i] = value;
      products[i] = product;
      sums[map] = at(sums, map) + product;
    }
  const [window] = windowOf(graph, cell);
  return {
    ...{ source, maps, rows, columns, taps, values, kernel, products, sums },
    inside: Uint8Array.from(offsets, (offset) => (offset < 0 ? 0 : 1)),
    region: (/** @type {number} */ map) =>
      window ? { ...window, channel0: map, channel1: map + 1 } : null,
    cellAt: (/** @type {number} */ map, /** @type {number} */ tap) => {
      const offset = at(offsets, tap);
      return offset < 0 ? null : graph.cellAt(source, map * area + offset);
    },
    labelOf: (/** @type {number} */ map) => mapLabel(graph, source, map),
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
function mapsEquation(asked, { sums, region, labelOf }, bias) {
  const { shown, hidden } = chosen(sums, FEW, MOST);
  const maps = shown.map((map) => ({
    role: /** @type {const} */ ('map'),
    label: labelOf(map),
    value: at(sums, map),
    ...{ region: region(map), index: map },
  }));
  const rest = hidden.length ? [moreDraft(hidden.length, 'map', sumAt(sums, hidden))] : [];
  const constant = { role: /** @type {const} */ ('bias'), label: 'bias', value: bias };
  const digits = digitsFor(asked.value, Math.max(largestOf(sums), Math.abs(bias)));
  const total = totalDraft(asked);
  return sumEquation({ role: 'value', items: [...maps, ...rest, constant], total }, digits);
}

/** Why 16 maps, not 96: with the numbers of this cell. */
/** @param {Asked} asked @param {Read} read @param {Equation} equation */
function why({ graph, cell }, { maps, taps, source }, { text }) {
  const { channels } = graph.size(cell.layer);
  const products = counted(maps * taps, 'product');
  return {
    title: `Why ${counted(channels, 'map')}, not ${channels * maps}?`,
    text:
      `One filter reads all ${maps} maps of ${source} at once. Filter ${cell.channel} holds ` +
      `${maps} × ${counted(taps, 'weight')}: ${products}, added with one bias into this one cell: ` +
      `${text}.`,
  };
}

// A unit that reads everything, accounted for: one sum of weight × value.

import { message } from '../../text/messages.js';
import { roughly } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { roundingOf } from '../parts/equation.js';
import { behind } from '../parts/folded.js';
import { flat, readAll } from '../parts/lines.js';
import { indexed, list, mi, mn, mo, msub, sumOver } from '../parts/mathml.js';
import { blank, columnsOf, figure, head, roleOf, row, totalRow, write } from '../parts/rows.js';
import { addsUp, paragraph } from '../parts/runs.js';
import {
  at,
  biasOf,
  cellLabel,
  dataOf,
  difference,
  largestOf,
  magnitudeOf,
  mapLabel,
  shortLabel,
  weightOf,
} from '../parts/shared.js';
import { waterfall } from '../parts/waterfall.js';

/** @import { Account, DenseReceipt, Found, Paragraph, ReceiptAsked, Table } from '../receipt.d.ts' */

/** @type {Account<DenseReceipt>} */
export const account = {
  receipt: denseReceipt,
  words: denseWords,
  table: denseTable,

  code({ cell, source, count, graph }) {
    const parameter = (/** @type {string} */ name) => readAll(`${cell.layer}.${name}`);
    return [
      `x = ${readAll(source)}${flat(graph, source)}  # ${message('code.values', { count })}`,
      `unit = ${cell.channel}`,
      `weight = ${parameter('weight')}[unit]  # ${message('code.each')}`,
      `bias = ${parameter('bias')}[unit]`,
      '',
      'terms = weight * x',
      `order = np.argsort(-terms)  # ${message('code.order')}`,
      'value = terms.sum() + bias',
    ];
  },

  symbols({ folded, source, count, cell, graph }) {
    const weight = msub(mi('w'), list(cell.channel, 'j'));
    const maps = graph.size(source).unit ? source : `flat(${source})`;
    const name = folded.layer === source ? maps : source;
    return [
      ...[sumOver('j', count - 1), indexed(name, 'j'), mo('·'), weight],
      ...[mo('+'), msub(mi('b'), mn(cell.channel))],
    ];
  },
};

/** @param {DenseReceipt} receipt @returns {Paragraph[]} */
function denseWords(receipt) {
  const { graph, count, source, above, below, zero, equations } = receipt;
  const noun = graph.size(source).unit ? 'unit' : 'cell';
  const reads = [sentences().denseReads({ count, noun, source, above, below, zero })];
  const sums = equations.map((equation) => paragraph('sum', addsUp(equation)));
  return [paragraph('reads', reads), ...sums];
}

/** @param {DenseReceipt} receipt @param {number} most @returns {Table} */
export function denseTable(receipt, most) {
  const { above, below, zero, name, count } = receipt;
  const half = Math.ceil(most / 2);
  const equation =
    above + below <= most
      ? waterfall(receipt, above, below)
      : waterfall(receipt, half, most - half);
  const rows = equation.items.map((item) =>
    row(roleOf(item), [
      head(item.label, item.cell),
      ...[figure(item.factors?.input ?? ''), figure(item.factors?.weight ?? '')],
      ...[figure(item.signedText), figure(write(item.to, equation.digits))],
    ]),
  );
  const idle = () => head(message('table.zero', { count: zero }));
  const zeros = zero ? [row('fact', [idle(), ...blank(4)])] : [];
  return {
    caption: message('dense.caption', { name, count }),
    columns: columnsOf('from', ['value', 'weight', 'product', 'total']),
    rows: [...rows, ...zeros, totalRow(equation, 'total', 2, 1)],
  };
}

/**
 * @param {ReceiptAsked} asked
 * @returns {Found<DenseReceipt> | null} null without weights
 */
function denseReceipt(asked) {
  const { graph, cell, value } = asked;
  const weight = weightOf(asked);
  if (!weight) return null;
  const read = productsOf(asked, /** @type {Float32Array} */ (weight));
  const { products, values, weights, source, bias } = read;
  const sorted = sortedBy(products);
  const largest = {
    value: largestOf(values),
    weight: largestOf(weights),
    product: largestOf(products),
  };
  const folded = behind(graph, source);
  const originAt = (/** @type {number} */ term) => graph.cellAt(folded.layer, term);
  const known = {
    ...read,
    ...sorted,
    ...{ largest, folded, originAt },
    cellAt: (/** @type {number} */ term) => graph.cellAt(source, term),
    labelOf: (/** @type {number} */ term) => cellLabel(graph, originAt(term)),
    shortOf: (/** @type {number} */ term) => shortLabel(graph, originAt(term)),
    totalLabel: mapLabel(graph, cell.layer, cell.channel),
  };
  const equation = waterfall({ ...known, value, cell });
  const magnitudes = magnitudeOf(products) + Math.abs(bias);
  const exact = products.reduce((sum, product) => sum + product, bias);
  const rounding = roundingOf(value, exact, magnitudes, roughly);
  const total = equation.total.signedText;
  return {
    diagram: 'terms',
    ...known,
    ...{ equation, equations: [equation], rounding },
    check: `${message('dense.made', { count: products.length })} = ${total}${difference(rounding)}`,
    why: sentences().whereItLooks({ ...known, ...folded }),
  };
}

/** @param {ReceiptAsked} asked @param {Float32Array} weight (units, cells that it reads) */
function productsOf(asked, weight) {
  const [source = ''] = asked.layer.inputs;
  const values = dataOf(asked.trace, source);
  const count = values.length;
  const weights = weight.subarray(asked.cell.channel * count, (asked.cell.channel + 1) * count);
  const products = new Float64Array(count);
  for (let i = 0; i < count; i++) products[i] = at(values, i) * at(weights, i);
  return { source, count, values, weights, products, bias: biasOf(asked) };
}

/** Largest first, the most negative last, equal ones in their order. */
/** @param {Float64Array} products */
function sortedBy(products) {
  const order = Uint32Array.from(products, (_, i) => i);
  order.sort((a, b) => at(products, b) - at(products, a) || a - b);
  let [above, below, sumAbove, sumBelow] = [0, 0, 0, 0];
  for (const product of products)
    if (product > 0) {
      above++;
      sumAbove += product;
    } else if (product < 0) {
      below++;
      sumBelow += product;
    }
  return { order, above, below, zero: products.length - above - below, sumAbove, sumBelow };
}

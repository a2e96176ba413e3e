// A unit that reads everything, accounted for: one sum of weight × value.

import { message } from '../../text/messages.js';
import { sentences } from '../../text/sentences.js';
import { at, biasOf, dataOf, largestOf, magnitudeOf, sumOf, weightOf } from '../parts/data.js';
import { cellLabel, shortLabel } from '../parts/labels.js';
import { flat, readAll } from '../parts/lines.js';
import { indexed, list, mi, mn, mo, msub, sumOver } from '../parts/mathml.js';
import { columnsOf, itemRow, row, write } from '../parts/rows.js';
import { addsUp, paragraph } from '../parts/runs.js';
import { waterfall } from '../parts/waterfall.js';
import { behind } from '../parts/weights.js';

/** @import { Account, DenseReceipt, Found, Paragraph, ReceiptAsked, Table } from '../receipt.d.ts' */
/** @import { Asked } from '../types.d.ts' */

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
function denseTable(receipt, most) {
  const { above, below, zero, name, count } = receipt;
  const half = Math.ceil(most / 2);
  const equation =
    above + below <= most
      ? waterfall(receipt, above, below)
      : waterfall(receipt, half, most - half);
  const rows = equation.items.map((item) => {
    const { input = '', weight = '' } = item.factors ?? {};
    return itemRow(item, input, weight, item.signedText, write(item.to, equation.digits));
  });
  if (zero) rows.push(row('fact', message('table.zero', { count: zero }), ['', '', '', '']));
  return {
    caption: message('dense.caption', { name, count }),
    columns: columnsOf('from', ['value', 'weight', 'product', 'total']),
    rows: [...rows, itemRow(equation.total, '', '', equation.total.signedText, '')],
  };
}

/**
 * @param {ReceiptAsked} asked
 * @returns {Found<DenseReceipt> | null} null without weights
 */
function denseReceipt(asked) {
  const { graph, cell, value } = asked;
  const read = unitProducts(asked);
  if (!read) return null;
  const { source, count, values, weights, products } = read;
  const bias = biasOf(asked);
  const folded = behind(graph, source);
  const originAt = (/** @type {number} */ term) => graph.cellAt(folded.layer, term);
  const known = {
    ...{ ...read, bias, folded, originAt },
    ...sortedBy(products),
    largest: {
      value: largestOf(values),
      weight: largestOf(weights),
      product: largestOf(products),
    },
    cellAt: (/** @type {number} */ term) => graph.cellAt(source, term),
    labelOf: (/** @type {number} */ term) => cellLabel(graph, originAt(term)),
    shortOf: (/** @type {number} */ term) => shortLabel(graph, originAt(term)),
  };
  const equation = waterfall({ ...known, graph, value, cell });
  return {
    diagram: 'terms',
    ...known,
    equations: [equation],
    exact: { sum: sumOf(products, bias), magnitude: magnitudeOf(products) + Math.abs(bias) },
    check: `${message('dense.made', { count })} = ${equation.total.signedText}`,
    why: sentences().whereItLooks({ ...known, ...folded }),
  };
}

/**
 * Weight × value for each cell that a unit reads.
 * @param {Asked} asked
 */
export function unitProducts(asked) {
  const weight = weightOf(asked);
  if (!weight) return null;
  const [source = ''] = asked.layer.inputs;
  const values = dataOf(asked.trace, source);
  const count = values.length;
  const weights = weight.subarray(asked.cell.channel * count, (asked.cell.channel + 1) * count);
  const products = new Float64Array(values).map((value, i) => value * at(weights, i));
  return { source, count, values, weights, products };
}

/** Largest first, the most negative last, equal ones in their order. */
/** @param {Float64Array} products */
function sortedBy(products) {
  const order = Uint32Array.from(products, (_, i) => i);
  order.sort((a, b) => at(products, b) - at(products, a) || a - b);
  const above = products.filter((product) => product > 0).length;
  const below = products.filter((product) => product < 0).length;
  return { order, above, below, zero: products.length - above - below };
}

// The tables of sums of products: a convolution map by map, a dense unit strongest first.

import { channelNoun } from '../format.js';
import { counted, numbered } from '../../text/counts.js';
import { factorsOf, sumEquation } from './equation.js';
import { blank, columnsOf, figure, head, roleOf, row, totalRow, write } from './rows.js';
import { at } from './shared.js';
import { waterfall } from './waterfall.js';

/** @import { ConvReceipt, DenseReceipt, Equation, Table, TableRow } from './types.d.ts' */

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
  const idle = `${counted(zero, 'term')} that ${zero === 1 ? 'is' : 'are'} 0`;
  const zeros = zero ? [row('fact', [head(idle), ...blank(4)])] : [];
  return {
    caption: `${name}: ${counted(count, 'term')}, the largest first, and the bias`,
    columns: columnsOf('from', ['value', 'weight', 'value × weight', 'running total']),
    rows: [...rows, ...zeros, totalRow(equation, 'total', 2, 1)],
  };
}

/**
 * Every product of every map, row by row, each map closed by its partial sum as the main equation
 * shows it; only the partial sums when there are more products than asked for.
 * @param {ConvReceipt} receipt
 * @param {number} most
 * @returns {Table}
 */
export function convTable(receipt, most) {
  const { maps, name, products, source, graph, channels } = receipt;
  const whole = products.length <= most;
  const equation =
    receipt.equation && whole ? everyMap(receipt, receipt.equation) : receipt.equation;
  const rows = equation
    ? equation.items.flatMap((item) => {
        if (item.role !== 'map')
          return [row(roleOf(item), [head(item.label), ...blank(2), figure(item.signedText)])];
        return whole ? mapRows(receipt, equation, item.index) : [subtotal(item)];
      })
    : [];
  const all = graph.size(source).channels;
  const noun = channelNoun(graph, source);
  const which = maps < all ? numbered(channels, noun) : counted(maps, noun);
  const from = all > 1 ? `${which} of ${source}` : source;
  return {
    caption: `${name}: ${counted(products.length, 'product')} from ${from}, and the bias`,
    columns: columnsOf('from', ['value', 'weight', 'value × weight']),
    rows: equation ? [...rows, totalRow(equation, 'total', 2)] : [],
  };
}

/** The same sum without "more": of all maps one by one. */
/** @param {ConvReceipt} receipt @param {Equation} equation @returns {Equation} */
function everyMap({ sums, labelOf, bias }, equation) {
  if (!equation.items.some(({ role }) => role === 'more')) return equation;
  const maps = Array.from(sums, (value, index) => ({
    ...{ role: /** @type {const} */ ('map'), label: labelOf(index), value, index },
  }));
  const constant = { role: /** @type {const} */ ('bias'), label: 'bias', value: bias };
  const { role, total, digits } = equation;
  return sumEquation({ role, items: [...maps, constant], total }, digits);
}

/** @param {Equation['total']} item @returns {TableRow} */
function subtotal({ label, signedText }) {
  return row('subtotal', [head(`sum of ${label}`), ...blank(2), figure(signedText)], true);
}

/** @param {ConvReceipt} receipt @param {Equation} equation of all maps @param {number} map @returns {TableRow[]} */
function mapRows(receipt, { digits }, map) {
  const { taps, values, kernel, products, sums, cellAt, labelOf } = receipt;
  const label = labelOf(map);
  const drafts = Array.from({ length: taps }, (_, tap) => {
    const index = map * taps + tap;
    const cell = cellAt(map, tap);
    const place = cell ? `${cell.row}, ${cell.column}` : 'padding';
    const [factors = null] = factorsOf([[at(values, index), at(kernel, index)]], digits);
    const value = at(products, index);
    return {
      role: /** @type {const} */ ('term'),
      label: `${label} ${place}`,
      value,
      cell,
      factors,
    };
  });
  const total = { role: /** @type {const} */ ('total'), label, value: at(sums, map) };
  const sum = sumEquation({ role: 'terms', items: drafts, total }, digits);
  const rows = sum.items.map((item) =>
    row(roleOf(item), [
      head(item.label, item.cell),
      ...[figure(item.factors?.input ?? ''), figure(item.factors?.weight ?? '')],
      figure(item.signedText),
    ]),
  );
  return [...rows, subtotal(sum.total)];
}

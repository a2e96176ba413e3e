// A convolution accounted for: its sum over maps, rows and columns, in NumPy and in symbols.

import { counted, numbered, spanText } from '../../text/counts.js';
import { channelNoun } from '../names.js';
import { factorsOf, sumEquation } from '../parts/equation.js';
import { readAll, windowLines } from '../parts/lines.js';
import {
  indexed,
  list,
  mi,
  mn,
  mo,
  mrow,
  msub,
  munder,
  shifted,
  sumOver,
} from '../parts/mathml.js';
import { blank, columnsOf, figure, head, roleOf, row, totalRow } from '../parts/rows.js';
import { addsUp, paddingText, paragraph, tinted } from '../parts/runs.js';
import { at, cornerOf } from '../parts/shared.js';
import { convReceipt } from './receipt.js';

/** @import { Account, ConvReceipt, Equation, Paragraph, Table, TableRow } from '../receipt.d.ts' */

/** @param {ConvReceipt} receipt */
function readsSome({ graph, source, maps }) {
  return maps < graph.size(source).channels;
}

/** @type {Account<ConvReceipt>} */
export const account = {
  receipt: convReceipt,
  words: convWords,
  table: convTable,

  code(receipt) {
    const { graph, cell, source, maps, taps, channels } = receipt;
    const parameter = (/** @type {string} */ name) => readAll(`${cell.layer}.${name}`);
    const some = readsSome(receipt);
    const own = some ? '[channel, maps]' : '[channel]';
    const noun = channelNoun(graph, source);
    return [
      ...windowLines(graph, cell, source),
      ...(some ? [`maps = [${channels.join(', ')}]  # it reads these of them`, 'x = x[maps]'] : []),
      `weight = ${parameter('weight')}${own}  # its filter: ${maps} × ${counted(taps, 'weight')}`,
      `bias = ${parameter('bias')}[channel]`,
      '',
      `window = x[:, top : top + rows, left : left + columns]  # the same place in every ${noun}`,
      'products = window * weight',
      `partial = products.sum(axis=(1, 2))  # one sum for each ${noun}`,
      'value = partial.sum() + bias',
    ];
  },

  symbols(receipt) {
    const { source, maps, rows, columns, cell, channels, shared } = receipt;
    const { top, left } = cornerOf(receipt);
    const map = maps > 1 ? 'i' : at(channels, 0);
    const weight = msub(mi('w'), shared ? mn(cell.channel) : list(cell.channel, map, 'a', 'b'));
    const over = readsSome(receipt)
      ? munder(mo('∑'), mrow(mi('i'), mo('∈'), mo('{'), list(...channels), mo('}')))
      : sumOver('i', maps - 1);
    return [
      ...(maps > 1 ? [over] : []),
      ...[sumOver('a', rows - 1), sumOver('b', columns - 1)],
      ...[indexed(source, map, shifted(top, 'a'), shifted(left, 'b')), mo('·'), weight],
      ...[mo('+'), msub(mi('b'), mn(cell.channel))],
    ];
  },
};

/** @param {ConvReceipt} receipt @returns {Paragraph[]} */
export function convWords(receipt) {
  const { rows, columns, taps, source, inside } = receipt;
  const padding = taps - inside.reduce((count, one) => count + one, 0);
  const reads = [
    `This cell looks at a window of ${rows} × ${columns} cells in ${mapsText(receipt)}${source}`,
    `${placeOf(receipt.region(0))}. `,
    filterText(receipt),
    padding ? ` ${paddingText(padding, taps)}` : '',
  ];
  const [sum, products] = receipt.equations;
  return [
    paragraph('reads', reads),
    ...(sum ? [paragraph('sum', [...extremes(sum), ...addsUp(sum)])] : []),
    ...(products ? [paragraph('sum', ofWhich(products))] : []),
  ];
}

/** @param {ConvReceipt} receipt @returns {string} "all 6 maps of ", "maps 0, 1 and 5 of " */
function mapsText({ maps, channels, graph, source }) {
  const all = graph.size(source).channels;
  if (all === 1) return '';
  const noun = channelNoun(graph, source);
  return maps === all ? `all ${counted(maps, noun)} of ` : `${numbered(channels, noun)} of `;
}

/** @param {ConvReceipt} receipt */
function filterText({ graph, source, maps, taps, title, cell, shared }) {
  const own = channelNoun(graph, cell.layer);
  if (shared) return `All of them have the same weight, that of ${own} ${cell.channel}.`;
  const each = maps > 1 ? ` for each of the ${counted(maps, channelNoun(graph, source))}` : '';
  return `Filter ${cell.channel} of ${title} holds ${counted(taps, 'weight')}${each}.`;
}

/** @param {ReturnType<ConvReceipt['region']>} region @returns {string} ": rows 7–11, columns 3–7" */
function placeOf(region) {
  if (!region) return ', all of it outside';
  const { row0, row1, column0, column1 } = region;
  const rows = `row${row1 - row0 > 1 ? 's' : ''} ${spanText(row0, row1)}`;
  return `: ${rows}, column${column1 - column0 > 1 ? 's' : ''} ${spanText(column0, column1)}`;
}

/** Which map speaks for it most, and which against it. */
/** @param {Equation} equation */
function extremes({ items }) {
  const maps = items.filter(({ role }) => role === 'map').toSorted((a, b) => b.units - a.units);
  const [most] = maps;
  const least = maps.at(-1);
  if (!most || !least || maps.length < 2) return [];
  const pieces = [];
  if (most.units > 0) pieces.push(`${most.label} speaks for it most (`, tinted(most), '). ');
  if (least.units < 0) pieces.push(`${least.label} speaks against it most (`, tinted(least), '). ');
  return pieces;
}

/** @param {Equation} equation the strongest products of one map */
function ofWhich(equation) {
  return [`Of ${equation.total.label} alone: `, ...addsUp(equation)];
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

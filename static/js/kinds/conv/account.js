// A convolution accounted for: its sum over maps, rows and columns, in NumPy and in symbols.

import { message, pieces } from '../../text/messages.js';
import { sentences } from '../../text/sentences.js';
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
import { addsUp, paragraph, tinted } from '../parts/runs.js';
import { at, cornerOf } from '../parts/shared.js';
import { convReceipt } from './receipt.js';

/** @import { Account, ConvReceipt, Equation, Item, Paragraph, Table, TableRow } from '../receipt.d.ts' */

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
      ...(some
        ? [`maps = [${channels.join(', ')}]  # ${message('code.some')}`, 'x = x[maps]']
        : []),
      `weight = ${parameter('weight')}${own}  # ${sentences().codeFilter(maps, taps)}`,
      `bias = ${parameter('bias')}[channel]`,
      '',
      `window = x[:, top : top + rows, left : left + columns]  # ${message(`code.window.${noun}`)}`,
      'products = window * weight',
      `partial = products.sum(axis=(1, 2))  # ${message(`code.partial.${noun}`)}`,
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
  const { rows, columns, taps, source, inside, channels, graph } = receipt;
  const padding = taps - inside.reduce((count, one) => count + one, 0);
  const reads = sentences().convReads({
    ...{ size: { rows, columns }, source, read: channels, of: graph.size(source).channels },
    ...{ noun: channelNoun(graph, source), region: receipt.region(0), filter: filterText(receipt) },
    ...{ padding, taps },
  });
  const [sum, products] = receipt.equations;
  return [
    paragraph('reads', [reads]),
    ...(sum ? [paragraph('sum', [...extremes(sum), ...addsUp(sum)])] : []),
    ...(products ? [paragraph('sum', ofWhich(products))] : []),
  ];
}

/** @param {ConvReceipt} receipt */
function filterText({ graph, source, maps, taps, title, cell, shared }) {
  if (shared) return sentences().oneWeight(channelNoun(graph, cell.layer), cell.channel);
  const noun = channelNoun(graph, source);
  return sentences().filterHolds({ channel: cell.channel, layer: title, taps, maps, noun });
}

/** Which map speaks for it most, and which against it. */
/** @param {Equation} equation */
function extremes({ items }) {
  const maps = items.filter(({ role }) => role === 'map').toSorted((a, b) => b.units - a.units);
  const [most] = maps;
  const least = maps.at(-1);
  if (!most || !least || maps.length < 2) return [];
  const [above, below] = [most.units > 0 ? [most] : [], least.units < 0 ? [least] : []];
  return [
    ...above.flatMap((item) => speaks('conv.most', item)),
    ...below.flatMap((item) => speaks('conv.least', item)),
  ];
}

/** @param {'conv.most' | 'conv.least'} key @param {Item} item */
function speaks(key, item) {
  return [...pieces(key, { map: item.label, value: tinted(item) }), ' '];
}

/** @param {Equation} equation the strongest products of one map */
function ofWhich(equation) {
  return [sentences().ofAlone(equation.total.label), ...addsUp(equation)];
}

/**
 * Every product of every map, row by row, each map closed by its partial sum as the main equation
 * shows it; only the partial sums when there are more products than asked for.
 * @param {ConvReceipt} receipt
 * @param {number} most
 * @returns {Table}
 */
export function convTable(receipt, most) {
  const { name, products, source, graph, channels } = receipt;
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
  return {
    caption: sentences().convCaption({
      ...{ name, products: products.length, source, read: channels },
      ...{ of: graph.size(source).channels, noun: channelNoun(graph, source) },
    }),
    columns: columnsOf('from', ['value', 'weight', 'product']),
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
  const constant = { role: /** @type {const} */ ('bias'), label: message('bias'), value: bias };
  const { role, total, digits } = equation;
  return sumEquation({ role, items: [...maps, constant], total }, digits);
}

/** @param {Equation['total']} item @returns {TableRow} */
function subtotal({ label, signedText }) {
  return row(
    'subtotal',
    [head(message('table.sum-of', { label })), ...blank(2), figure(signedText)],
    true,
  );
}

/** @param {ConvReceipt} receipt @param {Equation} equation of all maps @param {number} map @returns {TableRow[]} */
function mapRows(receipt, { digits }, map) {
  const { taps, values, kernel, products, sums, cellAt, labelOf } = receipt;
  const label = labelOf(map);
  const drafts = Array.from({ length: taps }, (_, tap) => {
    const index = map * taps + tap;
    const cell = cellAt(map, tap);
    const place = cell ? `${cell.row}, ${cell.column}` : message('padding');
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

// A convolution accounted for: its sum over maps, rows and columns, in NumPy and in symbols.

import { linesOf } from '../../geometry/regions.js';
import { message, pieces } from '../../text/messages.js';
import { sentences } from '../../text/sentences.js';
import { channelNoun } from '../traits.js';
import { at, sumOf } from '../parts/data.js';
import { draft, factorsOf, sumEquation } from '../parts/equation.js';
import { biasPieces, countsOf, loudest, nounOf, placeRun, says, together } from '../parts/gist.js';
import { readAll, windowCode, windowLines } from '../parts/lines.js';
import { spreadOf } from '../parts/reading.js';
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
import { columnsOf, itemRow, row } from '../parts/rows.js';
import { addsUp, paragraph, plain, tinted } from '../parts/runs.js';
import { convReceipt } from './receipt.js';

/** @import { Account, ConvReceipt, Equation, Item, Paragraph, Table, TableRow } from '../receipt.d.ts' */

/** @param {ConvReceipt} receipt */
function readsSome({ graph, source, maps }) {
  return maps < graph.size(source).channels;
}

/** @type {Account<ConvReceipt>} */
export const account = {
  receipt: convReceipt,
  gist: convGist,
  words: convWords,
  table: convTable,

  code(receipt) {
    const { graph, cell, source, maps, taps, channels, apart } = receipt;
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
      `window = ${windowCode(':', apart)}  # ${message(`code.window.${noun}`)}`,
      'products = window * weight',
      `partial = products.sum(axis=(1, 2))  # ${message(`code.partial.${noun}`)}`,
      'value = partial.sum() + bias',
    ];
  },

  symbols(receipt) {
    const { source, maps, rows, columns, cell, channels, shared, top, left, apart } = receipt;
    const [down, across] = apart;
    const map = maps > 1 ? 'i' : at(channels, 0);
    const weight = msub(mi('w'), shared ? mn(cell.channel) : list(cell.channel, map, 'a', 'b'));
    const over = readsSome(receipt)
      ? munder(mo('∑'), mrow(mi('i'), mo('∈'), mo('{'), list(...channels), mo('}')))
      : sumOver('i', maps - 1);
    return [
      ...(maps > 1 ? [over] : []),
      ...[sumOver('a', rows - 1), sumOver('b', columns - 1)],
      indexed(source, map, shifted(top, 'a', down), shifted(left, 'b', across)),
      ...[mo('·'), weight],
      ...[mo('+'), msub(mi('b'), mn(cell.channel))],
    ];
  },
};

/** Its cells argue, and where there are several maps, each of those for all of its cells. */
/** @param {ConvReceipt} receipt @returns {Paragraph[]} */
function convGist(receipt) {
  const { graph, source, maps, taps, inside, products, sums, channels, bias, digits } = receipt;
  const many = maps > 1;
  const noun = channelNoun(graph, source);
  const padding = maps * (taps - sumOf(inside));
  const counts = countsOf(products);
  const mapAt = (/** @type {number} */ map) =>
    message(`place.${noun}`, { channel: at(channels, map) });
  const cellAt = (/** @type {number} */ tap) => receipt.cellAt(0, tap) ?? receipt.cell;
  const named = (/** @type {number} */ i) => (many ? plain(mapAt(i)) : placeRun(graph, cellAt(i)));
  return [
    ...together(says(receipt), [
      sentences().argued({
        ...{ of: products.length - padding, ...counts, noun: nounOf(graph, source) },
        ...{ where: 'window', layer: source, padding },
      }),
    ]),
    ...together(
      loudest({ terms: many ? sums : products, digits, named, noun, added: many }),
      biasPieces(bias, digits, !counts.above && !counts.below),
    ),
  ];
}

/** @param {ConvReceipt} receipt @returns {Paragraph[]} */
function convWords(receipt) {
  const { rows, columns, taps, source, inside, channels, graph, cell } = receipt;
  const padding = taps - sumOf(inside);
  const region = receipt.region(0);
  const reads = sentences().convReads({
    ...{ size: { rows, columns }, source, read: channels, of: graph.size(source).channels },
    ...{ noun: channelNoun(graph, source), filter: filterText(receipt), padding, taps },
    region: region && linesOf(region),
    spread: spreadOf(graph.layer(cell.layer)),
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
function convTable(receipt, most) {
  const { name, products, source, graph, channels } = receipt;
  const whole = products.length <= most;
  const equation = whole ? everyMap(receipt) : receipt.equation;
  const rows = (equation?.items ?? []).flatMap((item) => {
    if (item.role !== 'map') return [itemRow(item, '', '', item.signedText)];
    return whole && equation ? mapRows(receipt, equation, item.index) : [subtotal(item)];
  });
  return {
    caption: sentences().convCaption({
      ...{ name, products: products.length, source, read: channels },
      ...{ of: graph.size(source).channels, noun: channelNoun(graph, source) },
    }),
    columns: columnsOf('from', ['value', 'weight', 'product']),
    rows: equation ? [...rows, itemRow(equation.total, '', '', equation.total.signedText)] : [],
  };
}

/** The same sum without "more": of all maps one by one. */
/** @param {ConvReceipt} receipt */
function everyMap({ sums, labelOf, bias, equation }) {
  if (!equation?.items.some(({ role }) => role === 'more')) return equation;
  const maps = Array.from(sums, (value, index) => draft('map', labelOf(index), value, { index }));
  const items = [...maps, draft('bias', message('bias'), bias)];
  return sumEquation({ ...equation, items }, equation.digits);
}

/** @param {Item} item @returns {TableRow} */
function subtotal({ label, signedText }) {
  const told = message('table.sum-of', { label });
  return row('subtotal', told, ['', '', signedText], { strong: true });
}

/** @param {ConvReceipt} receipt @param {Equation} equation of all maps @param {number} map @returns {TableRow[]} */
function mapRows(receipt, { digits }, map) {
  const { taps, values, kernel, products, sums, cellAt, labelOf } = receipt;
  const label = labelOf(map);
  const items = Array.from({ length: taps }, (_, tap) => {
    const index = map * taps + tap;
    const cell = cellAt(map, tap);
    const place = cell ? `${cell.row}, ${cell.column}` : message('padding');
    const [factors = null] = factorsOf([[at(values, index), at(kernel, index)]], digits);
    return draft('term', `${label} ${place}`, at(products, index), { cell, factors });
  });
  const total = draft('total', label, at(sums, map));
  const sum = sumEquation({ role: 'terms', items, total }, digits);
  const rows = sum.items.map((item) => {
    const { input = '', weight = '' } = item.factors ?? {};
    return itemRow(item, input, weight, item.signedText);
  });
  return [...rows, subtotal(sum.total)];
}

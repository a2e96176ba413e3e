// Pooling accounted for: the candidates and the winner, or the addends and their sum or mean.

import { pairText, digitsFor, finer, unitsOf } from '../../text/numbers.js';
import { message } from '../../text/messages.js';
import { sentences } from '../../text/sentences.js';
import { at, dataOf, largestOf, magnitudeOf, sumOf } from '../parts/data.js';
import {
  appliedEquation,
  draft,
  maxEquation,
  oneByOne,
  rounded,
  sumEquation,
  totalDraft,
} from '../parts/equation.js';
import { cellLabel } from '../parts/labels.js';
import { windowLines } from '../parts/lines.js';
import { indexed, mfrac, mi, mn, mo, mrow, munder, shifted, sumOver } from '../parts/mathml.js';
import { curveOf } from '../parts/pointwise.js';
import { tapsOf } from '../parts/reading.js';
import { columnsOf, itemRow } from '../parts/rows.js';
import { addsUp, closing, named, paragraph, strong } from '../parts/runs.js';

/** @import { AnyLayer } from '../../geometry/types.d.ts' */
/** @import { Account, Found, Item, Paragraph, PoolReceipt, ReceiptAsked, Table } from '../receipt.d.ts' */

/** @type {Account<PoolReceipt>} */
export const account = {
  receipt: poolReceipt,
  words: poolWords,
  table: poolTable,

  code({ graph, cell, source, mode, divisor }) {
    const window = 'window = x[channel, top : top + rows, left : left + columns]';
    const around = mode === 'max' ? '-np.inf' : '0'; // padding never wins
    const last = {
      max: 'value = window.max()',
      sum: 'value = window.sum()',
      average: `value = window.sum() / ${divisor}  # ${message('code.whole-kernel')}`,
    };
    return [...windowLines(graph, cell, source, around), '', window, last[mode]];
  },

  symbols(receipt) {
    const { mode, source, rows, columns, cell, divisor, top, left } = receipt;
    const read = indexed(source, cell.channel, shifted(top, 'a'), shifted(left, 'b'));
    if (mode === 'max') {
      const range = (/** @type {string} */ name, /** @type {number} */ end) => [
        ...[mn(0), mo('≤'), mi(name), mo('<'), mn(end)],
      ];
      return [munder(mo('max'), mrow(...range('a', rows), mo(','), ...range('b', columns))), read];
    }
    const sums = [sumOver('a', rows - 1), sumOver('b', columns - 1), read];
    return divisor === 1 ? sums : [mfrac(mn(1), mn(divisor)), ...sums];
  },
};

/** Candidates and the largest; or addends, their sum, what it is divided by, the mean. */
/** @param {PoolReceipt} receipt @returns {Table} */
function poolTable({ equations: [first, mean], name, mode, winner }) {
  const rows = first.items.map((item) => {
    const won = mode === 'max' && item.index === winner;
    const label = won ? message('table.largest', { label: item.label }) : item.label;
    const text = mode === 'max' && item.role === 'more' ? '' : item.signedText;
    return { ...itemRow({ ...item, label }, text), strong: won };
  });
  if (mean) {
    rows.push({ ...itemRow(first.total), role: 'subtotal' });
    for (const item of mean.items.slice(1)) rows.push(itemRow({ ...item, label: divided(item) }));
  }
  return {
    caption: message(`pool.caption.${mode}`, { name }),
    columns: columnsOf('from', ['value']),
    rows: [...rows, itemRow((mean ?? first).total)],
  };
}

/** @param {Item} item */
function divided({ role, label }) {
  return role === 'divisor' ? message('table.divided', { what: label }) : label;
}

/** @param {PoolReceipt} receipt @returns {Paragraph[]} */
function poolWords(receipt) {
  const { rows, columns, source, values, inside, mode } = receipt;
  const padding = values.length - sumOf(inside);
  const reads = sentences().poolReads({
    ...{ size: { rows, columns }, source, padding, taps: values.length, max: mode === 'max' },
  });
  const sum = mode === 'max' ? winnerPieces(receipt) : sharePieces(receipt);
  return [paragraph('reads', [reads]), paragraph('sum', sum)];
}

/** @param {PoolReceipt} receipt */
function winnerPieces({ equation, ties, winner }) {
  const items = equation?.items ?? [];
  const best = items.find(({ index }) => index === winner);
  const listed = items.map((item) => (item.role === 'more' ? [item.label] : named(item)));
  const value = strong(best?.signedText ?? '', best?.cell ?? null);
  return sentences().winnerIs(listed, ties, value, best?.label ?? '');
}

/** @param {PoolReceipt} receipt */
function sharePieces({ equations: [sum, mean], divisor }) {
  if (!mean) return addsUp(sum);
  const share = strong(mean.total.signedText);
  return [...addsUp(sum), ...sentences().dividedBy(divisor, closing(mean), share)];
}

/** Candidates that an equation shows one by one, and how many of more. */
const SHOWN = { few: 25, most: 16 };

/** @param {AnyLayer} layer @returns {number} what the sum of a window is divided by */
export function divisorOf({ mode, kernel }) {
  return mode === 'average' ? kernel[0] * kernel[1] : 1;
}

/** @param {ReceiptAsked} asked @returns {Found<PoolReceipt>} */
function poolReceipt(asked) {
  const read = windowValues(asked);
  const found = read.mode === 'max' ? largest(asked, read) : added(asked, read);
  const [first, mean] = found.equations;
  const { text, total } = mean ?? first;
  const count = read.values.length;
  const made = message('pool.made', { count, value: total.signedText });
  const texts = mean ? `${first.text}; ${text}` : text;
  return {
    diagram: 'window',
    ...read,
    ...found,
    check: count <= 9 ? texts : made,
    remark: remarkOf(read, found.ties),
    why: why(asked, read),
  };
}

/** @typedef {ReturnType<typeof windowValues>} Read */

/** @param {ReceiptAsked} asked */
function windowValues(asked) {
  const { graph, trace, layer, cell } = asked;
  const { read, taps, ...place } = tapsOf(graph, layer, cell);
  const valuesOf = (/** @type {string} */ name) => {
    const data = dataOf(trace, name);
    return Float32Array.from({ length: taps }, (_, tap) => read(data, cell.channel, tap));
  };
  return {
    ...place,
    mode: layer.mode ?? 'max',
    values: valuesOf(place.source),
    before: beforeOf(asked, place.source, valuesOf),
    cellAt: (/** @type {number} */ tap) => place.cellAt(cell.channel, tap),
    divisor: divisorOf(layer),
  };
}

/** @param {ReceiptAsked} asked @param {Read} read */
function largest(asked, read) {
  const { values, inside } = read;
  let winner = -1;
  for (let i = 0; i < values.length; i++)
    if (inside[i] && (winner < 0 || at(values, i) > at(values, winner))) winner = i;
  const ties = values.filter((one, i) => inside[i] && one === values[winner]).length;
  const digits = digitsFor(asked.value, largestOf(values));
  const items = candidates(asked, read, winner);
  const equation = maxEquation({ role: 'value', items, total: totalDraft(asked) }, digits);
  return { winner, ties, sum: 0, equations: /** @type {const} */ ([equation]) };
}

/** The cells of the window; padding is no candidate. */
/** @param {ReceiptAsked} asked @param {Read} read @param {number} winner */
function candidates({ graph }, { values, cellAt }, winner) {
  return oneByOne(values, { ...SHOWN, must: winner }, (index) => {
    const cell = cellAt(index);
    const more = { cell, index, strong: index === winner };
    return cell && draft('candidate', cellLabel(graph, cell), at(values, index), more);
  });
}

/** @param {ReceiptAsked} asked @param {Read} read */
function added(asked, read) {
  const { values, divisor } = read;
  const sum = sumOf(values);
  return {
    ...{ winner: -1, ties: 0, sum },
    equations: divisor === 1 ? total(asked, read) : mean(asked, read, sum),
    exact: { sum: sum / divisor, magnitude: magnitudeOf(values) / divisor },
  };
}

/** @param {ReceiptAsked} asked @param {Read} read @returns {PoolReceipt['equations']} */
function total(asked, read) {
  const digits = digitsFor(asked.value, largestOf(read.values));
  const items = candidates(asked, read, -1);
  return [sumEquation({ role: 'value', items, total: totalDraft(asked) }, digits)];
}

/** The sum gets as many decimals as its quotient needs to come out as shown. */
/** @param {ReceiptAsked} asked @param {Read} read @param {number} sum @returns {PoolReceipt['equations']} */
function mean(asked, read, sum) {
  const { value } = asked;
  const share = (/** @type {number} */ shown) => shown / read.divisor;
  const digits = digitsFor(value);
  const least = digitsFor(sum, largestOf(read.values));
  const agrees = (/** @type {number} */ more) =>
    unitsOf(share(rounded(sum, finer(least, more))), digits) === unitsOf(value, digits);
  const shared = finer(least, [0, 1, 2, 3].find(agrees) ?? 0);
  const label = message('sum');
  const whole = { decimals: 0, exponent: 0 };
  const quotient = [
    draft('argument', label, sum, { digits: shared }),
    draft('divisor', message('cells'), read.divisor, { digits: whole }),
  ];
  const items = candidates(asked, read, -1);
  return [
    sumEquation({ role: 'sum', items, total: draft('total', label, sum) }, shared),
    appliedEquation(
      { how: 'quotient', role: 'value', items: quotient, total: totalDraft(asked) },
      digits,
      share,
    ),
  ];
}

/** What the candidates were before an activation made them what they are. */
/** @param {ReceiptAsked} asked @param {string} source @param {(name: string) => Float32Array} valuesOf @returns {PoolReceipt['before']} */
function beforeOf({ graph, trace, pointwise }, source, valuesOf) {
  const [layer] = graph.layer(source).inputs;
  const does = pointwise(source);
  if (!does || layer === undefined) return null;
  const curve = curveOf(does, trace, layer);
  return { layer, values: valuesOf(layer), activation: source, curve };
}

/** @param {Read} read @param {number} ties @returns {string} */
function remarkOf({ before }, ties) {
  if (ties > 1) return message('pool.ties', { ties });
  const cut = before?.curve.name === 'relu' && before.values.some((value) => value < 0);
  return cut ? message('pool.cut') : '';
}

/** @param {ReceiptAsked} asked @param {Read} read */
function why({ graph, cell }, { mode, source, rows, columns }) {
  const [from, to] = [graph.size(source), graph.size(cell.layer)];
  const sizes = {
    cells: rows * columns,
    before: pairText([from.rows, from.columns]),
    after: pairText([to.rows, to.columns]),
  };
  return mode === 'max' ? sentences().whyLargest(sizes) : sentences().whyShare(mode, sizes);
}

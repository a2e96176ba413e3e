// Pooling accounted for: the candidates and the winner, or the addends and their sum or mean.

import { pairText, digitsFor } from '../../text/numbers.js';
import { message } from '../../text/messages.js';
import { sentences } from '../../text/sentences.js';
import { at, dataOf, largestOf, sumOf } from '../parts/data.js';
import { maxEquation, totalDraft } from '../parts/equation.js';
import { countsOf, loudest, nounOf, placeRun, says, together } from '../parts/gist.js';
import { windowCode, windowLines } from '../parts/lines.js';
import {
  indexed,
  mfrac,
  mi,
  mn,
  mo,
  mrow,
  msqrt,
  msup,
  munder,
  shifted,
  sumOver,
} from '../parts/mathml.js';
import { curveOf } from '../parts/pointwise.js';
import { tapsOf } from '../parts/reading.js';
import { columnsOf, itemRow } from '../parts/rows.js';
import { addsUp, closing, named, paragraph, strong } from '../parts/runs.js';
import { added, candidates, divisorOf } from './sums.js';

/** @import { Account, Found, Item, Paragraph, PoolReceipt, ReceiptAsked, Table } from '../receipt.d.ts' */

/** @type {Account<PoolReceipt>} */
export const account = {
  receipt: poolReceipt,
  gist: poolGist,
  words: poolWords,
  table: poolTable,

  code({ graph, cell, source, mode, divisor }) {
    const window = `window = ${windowCode('channel')}`;
    const around = mode === 'max' ? '-np.inf' : '0'; // padding never wins
    const last = {
      max: 'value = window.max()',
      sum: 'value = window.sum()',
      average: `value = window.sum() / ${divisor}  # ${message('code.whole-kernel')}`,
      l2: 'value = np.sqrt((window * window).sum())',
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
    const over = [sumOver('a', rows - 1), sumOver('b', columns - 1)];
    if (mode === 'l2') return [msqrt(...over, msup(read, mn(2)))];
    const sums = [...over, read];
    return divisor === 1 ? sums : [mfrac(mn(1), mn(divisor)), ...sums];
  },
};

/** Candidates and the largest; or addends, their sum, what is made of it: a mean, a root. */
/** @param {PoolReceipt} receipt @returns {Table} */
function poolTable({ equations: [first, last], name, mode, winner }) {
  const squares = mode === 'l2';
  /** @param {Item} item @param {string} [text] */
  const texts = ({ factors, signedText }, text = signedText) =>
    squares ? [factors?.input ?? '', text] : [text];
  const rows = first.items.map((item) => {
    const won = mode === 'max' && item.index === winner;
    const label = won ? message('table.largest', { label: item.label }) : item.label;
    const text = mode === 'max' && item.role === 'more' ? '' : item.signedText;
    return { ...itemRow({ ...item, label }, ...texts(item, text)), strong: won };
  });
  if (last) {
    rows.push({ ...itemRow(first.total, ...texts(first.total)), role: 'subtotal' });
    for (const item of last.items.slice(1))
      rows.push(itemRow({ ...item, label: divided(item) }, ...texts(item)));
  }
  const { total } = last ?? first;
  return {
    caption: message(`pool.caption.${mode}`, { name }),
    columns: columnsOf('from', squares ? ['value', 'square'] : ['value']),
    rows: [...rows, itemRow(total, ...texts(total))],
  };
}

/** @param {Item} item */
function divided({ role, label }) {
  return role === 'divisor' ? message('table.divided', { what: label }) : label;
}

/** @param {PoolReceipt} receipt @returns {Paragraph[]} */
function poolGist(receipt) {
  const { graph, source, values, inside, mode, winner, ties, divisor, digits } = receipt;
  const of = sumOf(inside);
  const padding = values.length - of;
  const cellAt = (/** @type {number} */ i) => receipt.cellAt(i) ?? receipt.cell;
  const named = (/** @type {number} */ i) => placeRun(graph, cellAt(i));
  if (mode === 'max') {
    return together(
      says(receipt),
      sentences().largestIs({ of, ties, padding, layer: source }, named(winner)),
    );
  }
  const noun = nounOf(graph, source);
  if (mode === 'l2') return together(says(receipt), [sentences().squaresOut(values.length)]);
  const told = { of, ...countsOf(values), noun, where: /** @type {const} */ ('window') };
  return [
    ...together(says(receipt), [sentences().sharesOut(values.length, divisor)]),
    ...together([sentences().argued({ ...told, layer: source, padding })]),
    ...together(loudest({ terms: values, digits, named, noun })),
  ];
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
function sharePieces({ equations: [sum, last], divisor, mode }) {
  if (!last) return addsUp(sum);
  const [made, rounding] = [strong(last.total.signedText), closing(last)];
  const said =
    mode === 'l2'
      ? sentences().rootIs(rounding, made)
      : sentences().dividedBy(divisor, rounding, made);
  return [...addsUp(sum), ...said];
}

/** @param {ReceiptAsked} asked @returns {Found<PoolReceipt>} */
function poolReceipt(asked) {
  const read = windowValues(asked);
  const found = read.mode === 'max' ? largest(asked, read) : added(asked, read);
  const [first, last] = found.equations;
  const { text, total } = last ?? first;
  const count = read.values.length;
  const made = message('pool.made', { count, value: total.signedText });
  const texts = last ? `${first.text}; ${text}` : text;
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

// Pooling accounted for: the largest, the sum or the mean of a window.

import { message } from '../../text/messages.js';
import { sentences } from '../../text/sentences.js';
import { sumOf } from '../parts/data.js';
import { windowLines } from '../parts/lines.js';
import { indexed, mfrac, mi, mn, mo, mrow, munder, shifted, sumOver } from '../parts/mathml.js';
import { columnsOf, itemRow } from '../parts/rows.js';
import { addsUp, closing, named, paragraph, strong } from '../parts/runs.js';
import { poolReceipt } from './receipt.js';

/** @import { Account, Item, Paragraph, PoolReceipt, Table } from '../receipt.d.ts' */

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

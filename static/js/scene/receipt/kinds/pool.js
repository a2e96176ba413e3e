// Pooling written down: the largest, the sum or the mean of a window, in NumPy and in symbols.

import { indexed, mfrac, mi, mn, mo, mrow, munder, shifted, sumOver } from '../mathml.js';
import { cornerOf } from '../shared.js';
import { windowLines } from './lines.js';

/** @import { PoolReceipt, Writing } from '../types.d.ts' */

/** @type {Writing<PoolReceipt>} */
export const pool = {
  code({ graph, cell, source, mode, divisor }) {
    const window = 'window = x[channel, top : top + rows, left : left + columns]';
    const around = mode === 'max' ? '-np.inf' : '0'; // padding never wins
    const last = {
      max: 'value = window.max()',
      sum: 'value = window.sum()',
      average: `value = window.sum() / ${divisor}  # the whole kernel, padding included`,
    };
    return [...windowLines(graph, cell, source, around), '', window, last[mode]];
  },

  symbols(receipt) {
    const { mode, source, rows, columns, cell, divisor } = receipt;
    const { top, left } = cornerOf(receipt);
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

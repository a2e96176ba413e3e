// A convolution written down: its sum over maps, rows and columns, in NumPy and in symbols.

import { channelNoun } from '../../format.js';
import { counted } from '../../../text/counts.js';
import { indexed, list, mi, mn, mo, mrow, msub, munder, shifted, sumOver } from '../mathml.js';
import { at, cornerOf } from '../shared.js';
import { readAll, windowLines } from './lines.js';

/** @import { ConvReceipt, Writing } from '../types.d.ts' */

/** @param {ConvReceipt} receipt */
function readsSome({ graph, source, maps }) {
  return maps < graph.size(source).channels;
}

/** @param {ConvReceipt} receipt @returns {string[]} */
function subsampling({ graph, cell, source }) {
  const parameter = (/** @type {string} */ name) => readAll(`${cell.layer}.${name}`);
  return [
    ...windowLines(graph, cell, source),
    `weight = ${parameter('weight')}[channel]  # one for the whole ${channelNoun(graph, cell.layer)}`,
    `bias = ${parameter('bias')}[channel]`,
    '',
    'window = x[channel, top : top + rows, left : left + columns]',
    'products = window * weight',
    'value = products.sum() + bias',
  ];
}

/** @type {Writing<ConvReceipt>} */
export const conv = {
  code(receipt) {
    if (receipt.shared) return subsampling(receipt);
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

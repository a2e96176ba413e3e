// A unit that reads everything, written down: one sum of weight × value, in NumPy and in symbols.

import { indexed, list, mi, mn, mo, msub, sumOver } from '../mathml.js';
import { flat, readAll } from './lines.js';

/** @import { DenseReceipt, Writing } from '../types.d.ts' */

/** @type {Writing<DenseReceipt>} */
export const dense = {
  code({ cell, source, count, graph }) {
    const parameter = (/** @type {string} */ name) => readAll(`${cell.layer}.${name}`);
    return [
      `x = ${readAll(source)}${flat(graph, source)}  # the ${count} values it reads`,
      `unit = ${cell.channel}`,
      `weight = ${parameter('weight')}[unit]  # one for each of them`,
      `bias = ${parameter('bias')}[unit]`,
      '',
      'terms = weight * x',
      'order = np.argsort(-terms)  # the largest first: terms[order]',
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

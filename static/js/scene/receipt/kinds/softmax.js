// Softmax written down: an exponential divided by the sum of all, in NumPy and in symbols.

import { cellMath, indexed, mfrac, mi, mo, mrow, msup, munder, sumOver } from '../mathml.js';
import { flat, readAll } from './lines.js';

/** @import { MathNode, SoftmaxReceipt, Writing } from '../types.d.ts' */

/** @type {Writing<SoftmaxReceipt>} */
export const softmax = {
  code: ({ graph, source, unit }) => [
    `scores = ${readAll(source)}${flat(graph, source)}`,
    'exponentials = np.exp(scores - scores.max())  # less the largest, so that none is huge',
    `value = exponentials[${unit}] / exponentials.sum()`,
  ],

  symbols({ source, unit, graph, cellAt, scores }) {
    const power = (/** @type {MathNode} */ score) => msup(mi('e'), mrow(score, mo('−'), mi('m')));
    const own = cellMath(graph, cellAt(unit));
    const all = mrow(sumOver('j', scores.length - 1), power(indexed(source, 'j')));
    const largest = mrow(munder(mo('max'), mi('j')), indexed(source, 'j'));
    return [mfrac(power(own), all), mo(','), mi('m'), mo('='), largest];
  },
};

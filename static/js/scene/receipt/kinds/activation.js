// Activations written down, each a function of one number: in NumPy and in symbols.

import { cellMath, mfrac, mi, mn, mo, mrow, msup, timesMath } from '../mathml.js';
import { python, ratioOf } from '../../../text/numbers.js';
import { read } from './lines.js';

/** @import { ActivationReceipt, FunctionName, MathNode, Writing } from '../types.d.ts' */

/** @typedef {ActivationReceipt['times']} Times */

/** @type {Readonly<Record<FunctionName, { code: (times: Times) => string, symbols: (z: MathNode, times: Times) => MathNode[] }>>} */
const FUNCTIONS = {
  relu: {
    code: () => 'max(0.0, z)',
    symbols: (z) => [mo('max'), mo('('), mn(0), mo(','), z, mo(')')],
  },
  tanh: {
    code: ([outer, inner]) => `${product(outer)}np.tanh(${product(inner)}z)`,
    symbols: (z, [outer, inner]) => [
      ...[...timesMath(outer), mi('tanh')],
      ...[mo('('), ...timesMath(inner), z, mo(')')],
    ],
  },
  sigmoid: {
    code: () => '1 / (1 + np.exp(-z))',
    symbols: (z) => [mfrac(mn(1), mrow(mn(1), mo('+'), msup(mi('e'), mrow(mo('−'), z))))],
  },
};

/** @param {number} by @returns {string} */
function product(by) {
  return by === 1 ? '' : `${ratioOf(by)?.join(' / ') ?? python(by)} * `;
}

/** @type {Writing<ActivationReceipt>} */
export const activation = {
  code: ({ graph, source, function: name, times }) => [
    `z = np.float64(${read(graph, source)})  # the number before`,
    `value = ${FUNCTIONS[name].code(times)}`,
  ],
  symbols: ({ function: name, source, graph, times }) =>
    FUNCTIONS[name].symbols(cellMath(graph, source), times),
};

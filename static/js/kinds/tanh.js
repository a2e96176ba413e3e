// The hyperbolic tangent: values squeezed smoothly between two ends.

import { message } from '../text/messages.js';
import { python, ratioOf, short, times } from '../text/numbers.js';
import { mi, mo, timesMath } from './parts/mathml.js';
import { pointwise } from './parts/pointwise.js';
import { each } from './parts/reading.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const tanh = {
  ...pointwise,
  title: () => 'tanh',
  does: (_, { inputs: [source] }) => message('tanh.does', { source: source ?? '' }),
  is: (_, { amplitude: a = 1 }) => message('tanh.is', { low: short(-a), high: short(a) }),
  operations: each('tanh'),

  pointwise: ({ amplitude = 1, slope = 1 }) => ({
    name: 'tanh',
    compute: (z) => amplitude * Math.tanh(slope * z),
    formula: `${times(amplitude)}tanh(${times(slope)}z)`,
    ...{ low: -amplitude, high: amplitude, times: [amplitude, slope] },
    code: `${product(amplitude)}np.tanh(${product(slope)}z)`,
    symbols: (z) => [
      ...[...timesMath(amplitude), mi('tanh')],
      ...[mo('('), ...timesMath(slope), z, mo(')')],
    ],
  }),
};

/** @param {number} by @returns {string} in NumPy, before what it multiplies */
function product(by) {
  return by === 1 ? '' : `${ratioOf(by)?.join(' / ') ?? python(by)} * `;
}

// The sigmoid: values squeezed smoothly between 0 and 1.

import { message } from '../text/messages.js';
import { mfrac, mi, mn, mo, mrow, msup } from './parts/mathml.js';
import { pointwise } from './parts/pointwise.js';
import { each } from './parts/reading.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const sigmoid = {
  ...pointwise,
  title: () => 'sigmoid',
  does: (_, { inputs: [source] }) => message('sigmoid.does', { source: source ?? '' }),
  is: () => message('sigmoid.is'),
  operations: each('exponential'),

  pointwise: () => ({
    name: 'sigmoid',
    compute: (z) => 1 / (1 + Math.exp(-z)),
    formula: '1 / (1 + e⁻ᶻ)',
    ...{ low: 0, high: 1 },
    code: '1 / (1 + np.exp(-z))',
    symbols(z, number) {
      const negative = number ? [mo('−'), mo('('), z, mo(')')] : [mo('−'), z];
      return [mfrac(mn(1), mrow(mn(1), mo('+'), msup(mi('e'), mrow(...negative))))];
    },
  }),
};

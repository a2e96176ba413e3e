// The square: a number times itself.

import { message } from '../text/messages.js';
import { mn, mo, mrow, msup } from './parts/mathml.js';
import { pointwise } from './parts/pointwise.js';
import { each } from './parts/reading.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const square = {
  ...pointwise,
  title: () => message('square.title'),
  does: (_, { inputs: [source = ''] }) => message('square.does', { source }),
  is: () => message('square.is'),
  operations: each('multiplication'),

  pointwise: () => ({
    name: 'square',
    compute: (z) => z * z,
    formula: 'z · z',
    code: 'z * z',
    symbols: (z, number) => [msup(number ? mrow(mo('('), z, mo(')')) : z, mn(2))],
  }),
};

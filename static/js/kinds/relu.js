// The rectifier: what is below zero becomes 0.

import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { mn, mo, separator } from './parts/mathml.js';
import { pointwise } from './parts/pointwise.js';
import { each } from './parts/reading.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const relu = {
  ...pointwise,
  title: () => 'relu',
  does: (_, { inputs: [source] }) => message('relu.does', { source: source ?? '' }),
  is: () => message('relu.is'),
  operations: each('comparison'),

  pointwise: () => ({
    name: 'relu',
    compute: (z) => Math.max(0, z),
    formula: 'max(0, z)',
    ...{ low: 0, straight: true },
    code: 'max(0.0, z)',
    symbols: (z, number) => [
      ...[mo('max'), mo('('), mn(0), number ? separator() : mo(','), z, mo(')')],
    ],
    says: (layer, before, total) =>
      before > 0
        ? message('relu.passes', { layer, value: total.signedText })
        : message('relu.cuts', { layer }),
    becomes: (layer, before) =>
      sentences().rectified(layer, before > 0 ? 'above' : before < 0 ? 'below' : 'zero'),
  }),
};

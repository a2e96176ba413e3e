// The rectifier: what is below zero becomes 0.

import { mn, mo, separator } from './parts/mathml.js';
import { pointwise } from './parts/pointwise.js';
import { each } from './parts/shared.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const relu = {
  ...pointwise,
  title: () => 'relu',
  does: (_, { inputs: [source] }) => `Keeps what is above zero in ${source}, and makes the rest 0.`,
  is: () => 'The number it reads; if that is below zero, 0.',
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
        ? `${layer} lets it pass: ${total.signedText}.`
        : `${layer} makes it 0, because it is not above zero.`,
  }),
};

// Dropout: training drops some cells in each step; a network that reads lets all of them pass.

import { message } from '../text/messages.js';
import { percent } from '../text/shares.js';
import { passing } from './parts/passed.js';
import { cellByCell } from './parts/reading.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const dropout = {
  ...cellByCell,
  ...passing(
    'dropout',
    ({ layer, cell }) => ({ ...cell, layer: layer.inputs[0] ?? '' }),
    () => message('dropout.passes'),
  ),

  title: () => 'dropout',
  does: (_, { rate = 0, inputs: [source = ''] }) =>
    message('dropout.does', { source, share: percent(rate) }),
  is: () => message('dropout.is'),
};

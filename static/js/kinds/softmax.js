// Softmax: the share of each score, e to it divided by the sum of e to each.

import { regionOf } from '../geometry/regions.js';
import { message } from '../text/messages.js';
import { isAnswer } from './traits.js';
import { cellByCell, each, everything } from './parts/reading.js';
import { account } from './softmax/account.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const softmax = {
  ...everything,
  /** A unit reads every score; its own one is what speaks for it. */
  contributions: cellByCell.contributions,
  influences: ({ layer, cell, own }) => [
    { region: regionOf({ ...cell, layer: layer.name }), value: own },
  ],

  title: () => 'softmax',
  does: (_, { inputs: [source] }) => message('softmax.does', { source: source ?? '' }),
  is(graph, { name }) {
    return message(isAnswer(graph, name) ? 'softmax.is.answer' : 'softmax.is');
  },
  operations: each('exponential'),
  account,
};

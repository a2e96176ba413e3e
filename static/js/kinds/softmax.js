// Softmax: the share of each score, e to it divided by the sum of e to each.

import { regionOf } from '../geometry/regions.js';
import { isAnswer } from './names.js';
import { cellByCell, everything } from './parts/reading.js';
import { each } from './parts/shared.js';
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
  does: (_, { inputs: [source] }) => `Turns the scores of ${source} into probabilities.`,
  is(graph, { name }) {
    const text = 'e to its score, divided by the sum of e to each score.';
    return isAnswer(graph, name) ? `A probability. ${text}` : text;
  },
  operations: each('exponential'),
  account,
};

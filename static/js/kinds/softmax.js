// Softmax: the share of each score, e to it divided by the sum of e to each.

import { regionOf } from '../geometry/regions.js';
import { cellByCell, everything } from './parts/reading.js';

/** @import { KindOnPage } from './types.d.ts' */

/** @type {KindOnPage} */
export const softmax = {
  ...everything,
  /** A unit reads every score; its own one is what speaks for it. */
  contributions: cellByCell.contributions,
  influences: ({ layer, cell, own }) => [
    { region: regionOf({ ...cell, layer: layer.name }), value: own },
  ],
};

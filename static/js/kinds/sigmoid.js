// The sigmoid: values squeezed smoothly between 0 and 1.

import { cellByCell } from './parts/reading.js';

/** @import { KindOnPage } from './types.d.ts' */

/** @type {KindOnPage} */
export const sigmoid = { ...cellByCell };

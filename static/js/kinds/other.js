// A kind that the page does not know: it may read all of its inputs, and only the server knows how.

import { everything } from './parts/reading.js';

/** @import { KindOnPage } from './types.d.ts' */

/** @type {KindOnPage} */
export const other = { ...everything, contributions: () => null, influences: () => [] };

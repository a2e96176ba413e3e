// The rectifier: what is below zero becomes 0.

import { cellByCell } from './parts/reading.js';

/** @import { KindOnPage } from './types.d.ts' */

/** @type {KindOnPage} */
export const relu = { ...cellByCell };

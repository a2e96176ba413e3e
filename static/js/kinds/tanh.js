// The hyperbolic tangent: values squeezed smoothly between two ends.

import { cellByCell } from './parts/reading.js';

/** @import { KindOnPage } from './types.d.ts' */

/** @type {KindOnPage} */
export const tanh = { ...cellByCell };

// The receipt of a cell whose kind this page does not know: its value, and a sentence that says so.

import { unknownText } from '../format.js';

/** @import { OtherReceipt } from './types.d.ts' */
/** @import { Asked, Found } from './shared.js' */

/** @param {Asked} asked @returns {Found<OtherReceipt>} */
export function otherReceipt({ layer }) {
  const read = layer.inputs.join(' and ');
  const message = `The server computed this value from ${read}; ${unknownText(layer)}, so it cannot show how.`;
  return {
    kind: 'other',
    message,
    ...{ check: message, equations: [], equation: null, rounding: null, why: null },
  };
}

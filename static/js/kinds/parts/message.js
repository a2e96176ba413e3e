// The account of a cell that the page cannot work out: its value, and a sentence that says why.

import { pieces } from '../../text/messages.js';
import { read } from './lines.js';
import { paragraph, strong } from './runs.js';

/** @import { Found, MessageReceipt } from '../receipt.d.ts' */

/** @param {string} message @returns {Found<MessageReceipt>} */
export function messageReceipt(message) {
  return {
    diagram: 'message',
    message,
    ...{ check: message, equations: [], equation: null, rounding: null, why: null },
  };
}

/** @param {MessageReceipt} receipt */
export function messageWords({ name, valueText, check }) {
  return [paragraph('is', pieces('message.is', { name, value: strong(valueText), why: check }))];
}

/** @param {MessageReceipt} receipt @param {string} [remark] */
export function valueCode({ graph, cell }, remark = '') {
  return [`value = np.float64(${read(graph, cell)})${remark}`];
}

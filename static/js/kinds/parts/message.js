// The account of a cell that the page cannot work out: its value, and a sentence that says why.

import { pieces } from '../../text/messages.js';
import { says, together } from './gist.js';
import { read } from './lines.js';
import { paragraph, strong } from './runs.js';

/** @import { Account, Found, MessageReceipt, ReceiptAsked } from '../receipt.d.ts' */

/**
 * @param {(asked: ReceiptAsked) => string} why
 * @param {() => string} [remark] beside the code
 * @param {(receipt: MessageReceipt) => string} [short] the same why, for who has no time
 * @returns {Omit<Account<MessageReceipt>, 'receipt'> & { receipt(asked: ReceiptAsked): Found<MessageReceipt> }}
 */
export function unexplained(why, remark = () => '', short = ({ check }) => check) {
  return {
    receipt: (asked) => ({ diagram: 'message', equations: [], check: why(asked) }),
    gist: (receipt) => together(says(receipt), [short(receipt)]),
    words: ({ name, valueText, check }) => [
      paragraph('is', pieces('message.is', { name, value: strong(valueText), why: check })),
    ],
    code: ({ graph, cell }) => [`value = np.float64(${read(graph, cell)})${remark()}`],
    symbols: () => null,
  };
}

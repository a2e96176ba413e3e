// A kind that the page does not know: it may read all of its inputs, and only the server knows how.

import { unknownText } from './names.js';
import { messageReceipt, messageWords, valueCode } from './parts/message.js';
import { everything } from './parts/reading.js';

/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Account, MessageReceipt } from './receipt.d.ts' */

/** @type {Account<MessageReceipt>} */
const account = {
  receipt({ layer }) {
    const read = layer.inputs.join(' and ');
    return messageReceipt(
      `The server computed this value from ${read}; ${unknownText(layer)}, so it cannot show how.`,
    );
  },
  words: messageWords,
  code: (receipt) => valueCode(receipt, '  # read, not worked out: the page does not know how'),
  symbols: () => null,
};

/** @type {KindOnPage} */
export const other = {
  ...everything,
  contributions: () => null,
  influences: () => [],
  title: ({ called = '' }) => called,
  does: (_, layer) =>
    `Reads ${layer.inputs.join(' and ')}. What it computes stands in the server's code: ${unknownText(layer)}.`,
  is: (_, layer) => `Computed by the server: ${unknownText(layer)}, so it cannot say how.`,
  account,
};

// A kind that the page does not know: it may read all of its inputs, and only the server knows how.

import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { unknownText } from './names.js';
import { messageReceipt, messageWords, valueCode } from './parts/message.js';
import { everything } from './parts/reading.js';

/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Account, MessageReceipt } from './receipt.d.ts' */

/** @type {Account<MessageReceipt>} */
const account = {
  receipt({ layer }) {
    return messageReceipt(sentences().unknownValue(layer.inputs, unknownText(layer)));
  },
  words: messageWords,
  code: (receipt) => valueCode(receipt, `  # ${message('code.unknown')}`),
  symbols: () => null,
};

/** @type {KindOnPage} */
export const other = {
  ...everything,
  contributions: () => null,
  influences: () => [],
  title: ({ called = '' }) => called,
  does: (_, layer) => sentences().unknownDoes(layer.inputs, unknownText(layer)),
  is: (_, layer) => message('kind.unknown.is', { why: unknownText(layer) }),
  account,
};

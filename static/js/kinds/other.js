// A kind that the page does not know: it may read all of its inputs, and only the server knows how.

import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { unknownText } from './traits.js';
import { unexplained } from './parts/message.js';
import { everything } from './parts/reading.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const other = {
  ...everything,
  contributions: () => null,
  influences: () => [],
  title: ({ called = '' }) => called,
  does: (_, layer) => sentences().unknownDoes(layer.inputs, unknownText(layer)),
  is: (_, layer) => message('kind.unknown.is', { why: unknownText(layer) }),
  account: unexplained(
    ({ layer }) => sentences().unknownValue(layer.inputs, unknownText(layer)),
    () => `  # ${message('code.unknown')}`,
    ({ graph, cell }) =>
      message('kind.unknown.short', { why: unknownText(graph.layer(cell.layer)) }),
  ),
};

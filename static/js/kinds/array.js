// Numbers that were given, in a picture that is nobody's drawing: they read nothing.

import { message } from '../text/messages.js';
import { unexplained } from './parts/message.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const array = {
  reads: () => [],
  feeds: () => [],
  contributions: () => null,
  influences: () => [],
  title: () => message('bench.array.title'),
  does: () => message('bench.array.does'),
  is: () => message('bench.array.is'),
  account: unexplained(() => message('bench.array.is')),
};

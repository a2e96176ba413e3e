// A live channel for questions about drawings: from the first touch on, while the page is in front of
// somebody.

import { preferLive } from '../wire/live.js';

/** @import { Feature, Page } from './types.d.ts' */

/** @type {Feature} */
export const live = { name: 'live', open };

/** @param {Page} page */
function open({ reader, touched }) {
  const begin = () => preferLive(reader); // an example that draws itself needs none
  if (touched.aborted) begin();
  else touched.addEventListener('abort', begin, { once: true });
}

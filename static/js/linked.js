// What the page's own link says, before its first picture. Fetched only where there is such a link.

import { page } from './first.js';
import { opened } from './page/link/opened.js';

showLinked(page);

/** @param {import('./page/types.d.ts').Opened} page */
export function showLinked({ store, network }) {
  if (network) store.set({ ...network, ...opened(network) });
}

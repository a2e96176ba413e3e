// The image: it reads nothing.

/** @import { KindOnPage } from './types.d.ts' */

/** @type {KindOnPage} */
export const input = {
  reads: () => [],
  feeds: () => [],
  contributions: () => null,
  influences: () => [],
};

// Fetches the sample digits.

import { ask } from './ask.js';

/** @import { Stroke } from './types.d.ts' */

/** @typedef {{ digit: number | string, strokes: readonly Required<Stroke>[] }} Sample */

/** @returns {Promise<readonly Sample[]>} */
export async function fetchSamples() {
  const { bytes } = await ask(new URL('../../samples.json', import.meta.url).href);
  return JSON.parse(new TextDecoder().decode(bytes)).digits;
}

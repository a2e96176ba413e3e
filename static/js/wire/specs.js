// A network without weights as a file: the server holds it to what can be trained, and writes it.

import { ask } from './ask.js';
import { Foreseen } from './refusal.js';

/** @import { NetworkFile } from './types.d.ts' */

const TYPE = 'application/json';

/**
 * @param {Blob | NetworkFile} network a file, or what one says
 * @returns {Promise<{ file: Blob, network: NetworkFile }>} as `convlens train` takes it
 * @throws {import('./refusal.js').Refusal} where it cannot be trained
 */
export async function writeSpec(network) {
  const body = network instanceof Blob ? network : JSON.stringify(network);
  const headers = { 'Content-Type': TYPE, Accept: TYPE };
  const { bytes } = await ask('api/specs', { method: 'POST', body, headers });
  const file = new Blob([bytes], { type: TYPE });
  return { file, network: JSON.parse(await file.text()) };
}

/** Where a network waits that was built on one page and is to be trained on another. */
const BUILT = 'convlens:network';

/** @param {Blob} file @throws {Foreseen} where the browser keeps nothing */
export async function leaveSpec(file) {
  const text = await file.text();
  try {
    sessionStorage.setItem(BUILT, text);
  } catch {
    throw new Foreseen('no-storage');
  }
}

/** @returns {NetworkFile | null} what was left, once */
export function takeSpec() {
  try {
    const text = sessionStorage.getItem(BUILT);
    sessionStorage.removeItem(BUILT);
    return text && JSON.parse(text);
  } catch {
    return null; // without storage it is given as a file
  }
}

// A network without weights as a file: the server holds it to what can be trained, and writes it.

import { ask } from './ask.js';

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

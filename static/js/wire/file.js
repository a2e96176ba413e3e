// Fetches the trace of a drawing as a file for NumPy.

import { ask } from './ask.js';
import { request } from './questions.js';
import { Foreseen } from './refusal.js';

/** @import { Question } from './questions.js' */

const NPZ = 'application/x-npz';

/**
 * @param {Question} question
 * @returns {Promise<Blob>} every tensor of the trace and the weights, by name
 */
export async function fetchFile(question) {
  const [where, init] = request([question]);
  const sent = new Headers(init.headers);
  sent.set('Accept', NPZ);
  const { headers, bytes } = await ask(where, { ...init, headers: sent });
  if (!headers.get('Content-Type')?.startsWith(NPZ)) {
    throw new Foreseen('no-npz');
  }
  return new Blob([bytes], { type: NPZ });
}

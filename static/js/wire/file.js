// Fetches the trace of a drawing as a file for NumPy.

import { ask } from './ask.js';
import { request } from './client.js';
import { Foreseen } from './refusal.js';

/** @import { Question } from './client.js' */

const NPZ = 'application/x-npz';

/**
 * @param {string} url
 * @param {Omit<Question, 'tag'>} drawing
 * @returns {Promise<Blob>} every tensor of the trace and the weights, by name
 */
export async function fetchFile(url, drawing) {
  const question = { ...drawing, tag: { sequence: 0, time: null } };
  const [where, init] = request(url, question, new AbortController().signal);
  const sent = new Headers(init.headers);
  sent.set('Accept', NPZ);
  const { headers, bytes } = await ask(where, { ...init, headers: sent });
  if (!headers.get('Content-Type')?.startsWith(NPZ)) {
    throw new Foreseen('no-npz');
  }
  return new Blob([bytes], { type: NPZ });
}

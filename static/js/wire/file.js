// Fetches the trace of a drawing as a file for NumPy.

import { answered } from './refusal.js';
import { request } from './client.js';

/** @import { Question } from './client.js' */

const NPZ = 'application/x-npz';
const PATIENCE = 10_000;

/**
 * @param {string} url
 * @param {Omit<Question, 'tag'>} drawing
 * @returns {Promise<Blob>} every tensor of the trace and the weights, by name
 */
export async function fetchFile(url, drawing) {
  const question = { ...drawing, tag: { sequence: 0, time: null } };
  const [where, options] = request(url, question, AbortSignal.timeout(PATIENCE));
  const headers = new Headers(options.headers);
  headers.set('Accept', NPZ);
  const answer = await answered(fetch(where, { ...options, headers }));
  if (!answer.headers.get('Content-Type')?.startsWith(NPZ)) {
    throw new Error('This server does not write .npz files.');
  }
  return answer.blob();
}

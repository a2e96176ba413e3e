// Fetches the trace of a drawing as a file, in any of the forms that the server writes.

import { ask } from './ask.js';
import { request } from './questions.js';
import { Foreseen } from './refusal.js';

/** @import { Question } from './questions.js' */

/**
 * @param {Question} question
 * @param {string} form a media type
 * @returns {Promise<Blob>} every tensor of the trace by name; in some forms the weights, too
 */
export async function fetchFile(question, form) {
  const [where, init] = request([question], undefined, true);
  const sent = new Headers(init.headers);
  sent.set('Accept', form);
  const { headers, bytes } = await ask(where, { ...init, headers: sent });
  if (!headers.get('Content-Type')?.startsWith(form)) throw new Foreseen('no-form');
  return new Blob([bytes], { type: form });
}

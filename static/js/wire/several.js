// Several questions about one drawing, asked over HTTP in one request, by who needs no live channel.

import { ask } from './ask.js';
import { request } from './questions.js';
import { decode, parted } from './safetensors.js';

/** @import { Question } from './questions.js' */

/** @param {readonly Question[]} questions about the same drawing @param {AbortSignal} signal */
export async function askSeveral(questions, signal) {
  const { bytes } = await ask(...request(questions, signal, false));
  return parted(decode(bytes), questions.length);
}

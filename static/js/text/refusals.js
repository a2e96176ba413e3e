// What went wrong, in words: what the server refused, or what the page itself could not do.

import { grouped, listed, short } from './numbers.js';
import { fill, known, message } from './messages.js';
import { sentences } from './sentences.js';

/** @import { Message } from './messages.js' */

/** What fills a gap of a sentence. @typedef {string | number | readonly (string | number)[]} Gap */

/**
 * @typedef {object} Told what an error that was foreseen carries
 * @property {string} [kind] of sentence
 * @property {Readonly<Record<string, Gap>>} [parameters]
 * @property {Message | null} [words] in the language of the page
 * @property {number} [status] of an answer over HTTP
 */

/** @param {unknown} error @returns {string} in the language of the page, as far as it has words for it */
export function errorText(error) {
  if (!(error instanceof Error)) return String(error);
  const { kind = '', parameters = {}, words, status } = /** @type {Error & Told} */ (error);
  if (words) return fill(words, written(parameters));
  const own = known(`error.${kind}`);
  if (own) return message(own, written(parameters));
  return error.message || message('error.refused', { status: status ?? 0 });
}

/** @param {Readonly<Record<string, Gap>>} gaps @returns {Record<string, string>} */
function written(gaps) {
  return Object.fromEntries(Object.entries(gaps).map(([name, gap]) => [name, spoken(name, gap)]));
}

const SHAPES = ['shape', 'other'];

/** @param {string} name @param {Gap} gap */
function spoken(name, gap) {
  if (typeof gap === 'string') return gap;
  if (typeof gap === 'number') return Number.isInteger(gap) ? grouped(gap) : short(gap);
  if (SHAPES.includes(name)) return sentences().shape(/** @type {readonly number[]} */ (gap));
  if (name === 'place') return sentences().place(/** @type {readonly number[]} */ (gap));
  return listed(gap.map(String));
}

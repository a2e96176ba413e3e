// Questions made from the numbers of a network: asked for as data, or as a file to take along.

import { ask } from './ask.js';

/** @import { Quiz, Stroke } from './types.d.ts' */

/** @typedef {{ readonly kinds: readonly string[], readonly level: number, readonly seed: number, readonly count: number }} Wanted kinds: none for all */
/** @typedef {{ readonly strokes: readonly Stroke[], readonly file: Blob | null, readonly digit?: number }} Drawing */
/** @typedef {'json' | 'gift' | 'csv'} Form */

const JSON_TYPE = 'application/json';

/**
 * @param {string} network
 * @param {Drawing} drawing
 * @param {Wanted} wanted
 * @param {Form} form
 * @returns {Promise<Blob>}
 */
export async function fetchForm(network, { strokes, file, digit }, wanted, form) {
  const { kinds, level, seed, count } = wanted;
  const query = new URLSearchParams([
    ...kinds.map((kind) => ['kind', kind]),
    ...Object.entries({ level, seed, count, form }).map(([name, one]) => [name, String(one)]),
    ...(digit === undefined ? [] : [['digit', String(digit)]]),
  ]);
  const body = file ?? JSON.stringify({ strokes });
  const headers = { 'Content-Type': file?.type || JSON_TYPE };
  const url = `api/models/${encodeURIComponent(network)}/quiz?${query}`;
  const { bytes } = await ask(url, { method: 'POST', body, headers });
  return new Blob([bytes], { type: form === 'json' ? JSON_TYPE : 'text/plain' });
}

/** @param {string} network @param {Drawing} drawing @param {Wanted} wanted @returns {Promise<Quiz>} */
export async function fetchQuiz(network, drawing, wanted) {
  return JSON.parse(await (await fetchForm(network, drawing, wanted, 'json')).text());
}

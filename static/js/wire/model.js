// Fetches what does not change while one drawing is read: the list, the spec, the weights, samples.

import { ask } from './ask.js';

/** @import { Model, ModelSummary, Stroke } from './types.d.ts' */

/** @typedef {{ digit: number | string, strokes: readonly Required<Stroke>[] }} Sample */

/** @returns {Promise<readonly ModelSummary[]>} those that the page can show */
export async function fetchModels() {
  const models = /** @type {readonly ModelSummary[]} */ (await json('api/models'));
  return models.filter(({ shown }) => shown !== false);
}

/**
 * @param {string} id
 * @returns {Promise<Model>}
 */
export function fetchModel(id) {
  return json(`api/models/${encodeURIComponent(id)}`);
}

/**
 * @param {string} id
 * @param {string} sha256 which weights; others than those being served are refused
 * @returns {Promise<ArrayBuffer>}
 */
export async function fetchWeights(id, sha256) {
  const url = `api/models/${encodeURIComponent(id)}/weights?sha256=${sha256}`;
  return (await ask(url)).bytes;
}

/** @returns {Promise<readonly Sample[]>} */
export async function fetchSamples() {
  return (await json(new URL('../../samples.json', import.meta.url).href)).digits;
}

/** @param {string} url */
async function json(url) {
  return JSON.parse(new TextDecoder().decode((await ask(url)).bytes));
}

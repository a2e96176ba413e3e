// Fetches what does not change while one drawing is read: the list, the spec and the weights.

import { ask } from './ask.js';

/** @import { Model, ModelSummary } from './types.d.ts' */

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

/** @param {string} url */
async function json(url) {
  return JSON.parse(new TextDecoder().decode((await ask(url)).bytes));
}

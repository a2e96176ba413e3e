// Fetches what does not change while one drawing is read: the spec and the weights.

import { answered } from './refusal.js';

/** @import { Model } from './types.d.ts' */

/**
 * @param {string} id
 * @returns {Promise<Model>}
 */
export async function fetchModel(id) {
  const answer = await answered(fetch(`api/models/${encodeURIComponent(id)}`));
  return answer.json();
}

/**
 * @param {string} id
 * @param {string} sha256 which weights; others than those being served are refused
 * @returns {Promise<ArrayBuffer>}
 */
export async function fetchWeights(id, sha256) {
  const url = `api/models/${encodeURIComponent(id)}/weights?sha256=${sha256}`;
  const answer = await answered(fetch(url));
  return answer.arrayBuffer();
}

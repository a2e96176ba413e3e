// How a layer lays out the test images of a set, and which of them are nearest to a drawing.

import { ask } from './ask.js';
import { request } from './questions.js';
import { fetchSurvey } from './readings.js';
import { decode } from './safetensors.js';

/** @import { Question } from './questions.js' */
/** @import { SurveyProgress } from './types.d.ts' */

/** @typedef {Readonly<Record<string, string>>} Of which `weights` and `set` are meant */

/**
 * Images by what a layer makes of them, in two dimensions.
 *
 * @typedef {object} Layout
 * @property {string} layer
 * @property {string} set
 * @property {number} cells of the layer
 * @property {number} images
 * @property {ArrayLike<number>} places two numbers an image
 * @property {readonly number[]} shares of all variance, of the first components
 */

/**
 * @typedef {object} Found
 * @property {readonly [number, number]} place of the drawing on the map
 * @property {readonly number[]} numbers of the images in the set, the nearest first
 * @property {readonly number[]} distances
 */

/** @param {string} id of a network @param {Of} of @param {string} layer '' for the one that scores are made from @param {(progress: SurveyProgress) => void} onProgress @returns {Promise<Layout>} */
export async function fetchMap(id, of, layer, onProgress) {
  const query = new URLSearchParams({ ...of, ...(layer && { layer }) });
  const url = `api/models/${encodeURIComponent(id)}/map?${query}`;
  const { metadata, tensors } = await fetchSurvey(url, onProgress);
  return {
    ...{ layer: metadata['layer'] ?? '', set: metadata['set'] ?? '' },
    ...{ cells: Number(metadata['cells']), images: Number(metadata['images']) },
    places: tensors.get('places')?.data ?? [],
    shares: Array.from(tensors.get('shares')?.data ?? []),
  };
}

/** @param {string} id @param {Of} of @param {string} layer @param {number} count @param {Question['drawing']} drawing @returns {Promise<Found | null>} null while there is no map yet */
export async function findNearest(id, of, layer, count, drawing) {
  const query = new URLSearchParams({ layer, count: String(count), ...of });
  const network = { id, weights: () => undefined, renew: () => Promise.resolve() };
  const question = { network, what: `neighbours?${query}`, drawing, center: true };
  const { headers, bytes } = await ask(...request([question], undefined, true));
  if (headers.get('Content-Type')?.startsWith('application/json')) return null;
  const { tensors } = decode(bytes);
  const row = (/** @type {string} */ name) => Array.from(tensors.get(name)?.data ?? []);
  const [x = 0, y = 0] = row('place');
  return { place: [x, y], numbers: row('numbers'), distances: row('distances') };
}

/**
 * How numbers are spread: how many lie in each bin, but for those that are exactly 0.
 *
 * @typedef {object} Spread
 * @property {string} name of a layer or a parameter
 * @property {number} width of a bin
 * @property {number} first border, in widths
 * @property {number} zeros
 * @property {number} odd that are no finite number
 * @property {readonly number[]} counts
 */

/** @typedef {'gate' | 'sum' | 'signed' | 'positive'} Sense what it means to be above 0 */

/**
 * Of a layer, a number a map or unit.
 *
 * @typedef {Spread & { sense: Sense, cells: number, above: readonly number[], most: readonly number[],
 *   never: readonly number[], always: readonly number[], cell: readonly number[] }} LayerCount cells: of each map; cell: row and column, map after map
 */

/** @typedef {{ images: number, layers: readonly LayerCount[], parameters: readonly Spread[] }} Units */

/** @param {string} id @param {Of} of @param {(progress: SurveyProgress) => void} onProgress @returns {Promise<Units>} */
export async function fetchUnits(id, of, onProgress) {
  const url = `api/models/${encodeURIComponent(id)}/units?${new URLSearchParams(of)}`;
  const { metadata, tensors } = await fetchSurvey(url, onProgress);
  const row = (/** @type {string} */ name) => Array.from(tensors.get(name)?.data ?? []);
  const said = (/** @type {string} */ name) =>
    JSON.parse(metadata[name] ?? '[]').map((/** @type {Spread} */ one) => ({
      ...one,
      counts: row(`${one.name}/counts`),
    }));
  const more = /** @type {const} */ (['above', 'most', 'never', 'always', 'cell']);
  return {
    images: Number(metadata['images']),
    layers: said('layers').map((/** @type {LayerCount} */ one) => ({
      ...one,
      ...Object.fromEntries(more.map((name) => [name, row(`${one.name}/${name}`)])),
    })),
    parameters: said('parameters'),
  };
}

// Sets of images on the server's machine: which are here, and some of their images.

import { ask } from './ask.js';
import { decode } from './safetensors.js';

/** @import { DataList } from './types.d.ts' */

/**
 * @typedef {object} SetImage
 * @property {number} place in the set, from 0
 * @property {number} label of its class, from 0
 * @property {Uint8Array} pixels 28×28, 0 is paper and 255 ink
 */

/** @typedef {{ fetchSets: typeof fetchSets, fetchImages: typeof fetchImages }} Sets */

const SIZE = 28 * 28;

/** @returns {Promise<DataList>} */
export async function fetchSets() {
  return JSON.parse(new TextDecoder().decode((await ask('api/data')).bytes));
}

/**
 * Images of the part to test with.
 *
 * @param {string} set
 * @param {Readonly<Record<string, number | string>>} which `label`, `start`, `count`; or `at`, places separated by commas
 * @returns {Promise<{ images: readonly SetImage[], of: number }>} `of` so many in all
 */
export async function fetchImages(set, which) {
  const query = new URLSearchParams(Object.entries(which).map(([name, one]) => [name, `${one}`]));
  const { bytes } = await ask(`api/data/${encodeURIComponent(set)}/images?${query}`);
  const { metadata, tensors } = decode(bytes);
  const [labels = [], places = [], inks = []] = ['labels', 'places', 'images'].map((name) =>
    Array.from(tensors.get(name)?.data ?? []),
  );
  const images = places.map((place, i) => ({
    ...{ place, label: labels[i] ?? 0 },
    pixels: Uint8Array.from(inks.slice(i * SIZE, (i + 1) * SIZE)),
  }));
  return { images, of: Number(metadata['of']) };
}

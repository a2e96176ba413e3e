// What a network says of each test image of a set: asked for until the server has read them all.

import { ask } from './ask.js';
import { decode } from './safetensors.js';

/** @import { SurveyProgress } from './types.d.ts' */

/**
 * A row an image, in the order of the set.
 *
 * @typedef {object} Readings
 * @property {string} set
 * @property {number} images
 * @property {number} correct
 * @property {number} loss mean
 * @property {number | null} threshold below this energy a reading is not sure
 * @property {ArrayLike<number>} truth classes
 * @property {ArrayLike<number>} said
 * @property {ArrayLike<number>} second
 * @property {ArrayLike<number>} losses
 * @property {ArrayLike<number>} energies
 * @property {ArrayLike<number>} shares of all classes, image after image
 * @property {ArrayLike<number>} scores likewise
 * @property {readonly (readonly number[])[]} confusion images by true class, then by class said
 */

/** How often it is asked how far a survey is, ms. */
const LOOK_EVERY = 150;

/**
 * Asks for a survey until it is there.
 *
 * @param {string} url
 * @param {(progress: SurveyProgress) => void} onProgress
 */
export async function fetchSurvey(url, onProgress) {
  for (;;) {
    const { headers, bytes } = await ask(url);
    if (!headers.get('Content-Type')?.startsWith('application/json')) return decode(bytes);
    onProgress(JSON.parse(new TextDecoder().decode(bytes)));
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

/**
 * @param {string} id of a network
 * @param {Readonly<Record<string, string>>} of `weights`, `set`: those that are meant
 * @param {(progress: SurveyProgress) => void} onProgress
 * @returns {Promise<Readings>}
 */
export async function fetchReadings(id, of, onProgress) {
  const url = `api/models/${encodeURIComponent(id)}/readings?${new URLSearchParams(of)}`;
  const { metadata, tensors } = await fetchSurvey(url, onProgress);
  const column = (/** @type {string} */ name) => tensors.get(name)?.data ?? new Uint8Array();
  const fact = (/** @type {string} */ name) => Number(metadata[name]);
  const [classes = 0] = tensors.get('confusion')?.shape ?? [];
  const counts = Array.from(column('confusion'));
  return {
    ...{ set: metadata['set'] ?? '', images: fact('images'), correct: fact('correct') },
    ...{ loss: fact('loss'), threshold: metadata['threshold'] ? fact('threshold') : null },
    ...{ truth: column('truth'), said: column('said'), second: column('second') },
    ...{ losses: column('losses'), energies: column('energies') },
    ...{ shares: column('shares'), scores: column('scores') },
    confusion: Array.from({ length: classes }, (_, truth) =>
      counts.slice(truth * classes, (truth + 1) * classes),
    ),
  };
}

// Drawings of one's own on the server's machine: all of it goes with the token.

import { ask } from './ask.js';
import { change } from './runs.js';
import { decode } from './safetensors.js';
import { tokenHeader } from './token.js';

/** @import { Handwriting, HandwritingBody, HandwritingChange, HandwritingDrawing, HandwritingFigures, HandwritingGone } from './types.d.ts' */

const ROOT = 'api/handwriting';
/** @param {string} id */
const placeOf = (id) => `${ROOT}/drawings/${encodeURIComponent(id)}`;

/** @returns {Promise<Handwriting>} */
export const fetchHandwriting = () => change('GET', ROOT);
/** @param {readonly string[]} names @returns {Promise<Handwriting>} */
export const collect = (names) => change('POST', `${ROOT}/classes`, { names });
/** @param {number} number of a class */
export const dropClass = (number) => change('DELETE', `${ROOT}/classes/${number}`);
/** @param {HandwritingBody} body @returns {Promise<HandwritingDrawing>} */
export const keepDrawing = (body) => change('POST', `${ROOT}/drawings`, body);
/** @param {string} id @param {HandwritingChange} to @returns {Promise<HandwritingDrawing>} */
export const changeDrawing = (id, to) => change('PATCH', placeOf(id), to);
/** @param {string} id */
export const deleteDrawing = (id) => change('DELETE', placeOf(id));
/** @param {boolean} runs whether trainings that learnt from it go, too @returns {Promise<HandwritingGone>} */
export const deleteAll = (runs) => change('DELETE', `${ROOT}?sure=true&runs=${runs}`);
/** @param {string} run @returns {Promise<HandwritingFigures>} */
export const fetchFigures = (run) =>
  change('GET', `${ROOT}/runs/${encodeURIComponent(run)}/figures`);

/** As they are learnt from. @param {readonly string[]} ids @returns {Promise<readonly Uint8Array[]>} 28×28 each */
export async function fetchImages(ids) {
  const query = ids.map((id) => `id=${encodeURIComponent(id)}`).join('&');
  const { bytes } = await ask(`${ROOT}/images?${query}`, { headers: tokenHeader() });
  const images = decode(bytes).tensors.get('images');
  const [, rows = 0, columns = 0] = images?.shape ?? [];
  const all = Uint8Array.from(images?.data ?? []);
  return ids.map((_, i) => all.subarray(i * rows * columns, (i + 1) * rows * columns));
}

/** @param {string} path "idx?mnist=1000", "pngs" or "runs/ID/idx" @returns {Promise<Blob>} an archive */
export async function fetchArchive(path) {
  const { bytes } = await ask(`${ROOT}/${path}`, { headers: tokenHeader() });
  return new Blob([bytes], { type: 'application/zip' });
}

// Pictures as numbers: what the server makes of a drawing or a file, as a question that a reader asks.

import { ask } from './ask.js';

/** @import { Question } from './questions.js' */
/** @import { Stroke } from './types.d.ts' */

/**
 * What a picture is to be.
 *
 * @typedef {object} Wanted
 * @property {number} side rows and columns of a file's picture at most
 * @property {boolean} [colour] of a file three maps
 * @property {boolean} [whole] bytes of a drawing, too
 */

const JSON_TYPE = 'application/json';
/** So much paper a pad has on which nothing was drawn. */
const PAPER = { pixels: Array.from({ length: 784 }, () => 0) };
const nobody = { id: 'pictures', weights: () => undefined, renew: async () => undefined };

/**
 * @param {{ readonly strokes: readonly Stroke[], readonly file: Blob | null }} drawing
 * @param {Wanted} wanted
 * @returns {Question} its answer has one tensor, `picture`
 */
export function picture({ strokes, file }, wanted) {
  const drawn = strokes.length ? { strokes } : PAPER;
  const body = file ?? new Blob([JSON.stringify(drawn)], { type: JSON_TYPE });
  const query = new URLSearchParams(Object.entries(wanted).map(([name, one]) => [name, `${one}`]));
  return {
    network: nobody,
    what: 'picture',
    drawing: { strokes: [], file: body },
    center: true,
    matter: {
      input: body,
      posted(signal) {
        const headers = { 'Content-Type': body.type || 'application/octet-stream' };
        return [`api/pictures?${query}`, { method: 'POST', body, headers, signal }];
      },
      told() {
        throw new Error('A picture travels over HTTP.');
      },
    },
  };
}

/** @param {string} name of a picture that comes along @returns {Promise<Blob>} */
export async function fetchPicture(name) {
  const { bytes } = await ask(new URL(`../../pictures/${name}.png`, import.meta.url).href);
  return new Blob([bytes], { type: 'image/png' });
}

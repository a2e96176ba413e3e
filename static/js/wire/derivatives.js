// Asks for the derivatives of one cell: one request in flight, the latest wins. While the drawing of
// the same cell goes on, each answer is told: it is newer than what is shown.

import { createReader } from './client.js';
import { decode } from './safetensors.js';

/** @import { Question, Reader } from './client.js' */
/** @import { Means } from './ask.js' */
/** @import { Link } from './link.js' */
/** @import { Decoded } from './safetensors.js' */

/** @typedef {{ layer: string, channel: number, row: number, column: number }} Cell */
/** @typedef {Question & { cell: Cell }} Asked */

/**
 * @param {object} options
 * @param {string} options.url of the network
 * @param {Link} options.link
 * @param {(cell: Cell, found: Decoded) => void} options.onFound whoever wants another cell by then passes over it
 * @param {Means} [options.means]
 * @returns {Reader<Asked>}
 */
export function createDerivativesReader({ url, link, onFound, means = {} }) {
  return createReader({
    ...means,
    url: ({ cell }) => placeOf(url, cell),
    decode,
    link,
    onTrace: (found, { cell }) => onFound(cell, found),
    onRefused: () => {}, // the page's own reading says why; the values stay as they are
  });
}

/**
 * @param {string} url
 * @param {Cell} cell
 */
function placeOf(url, { layer, channel, row, column }) {
  const query = `layer=${encodeURIComponent(layer)}&channel=${channel}&row=${row}&column=${column}`;
  return `${url}/derivatives?${query}`;
}

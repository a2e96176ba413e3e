// Asks one question about a cell: one request in flight, the latest wins. While the drawing of the
// same cell goes on, each answer is told: it is newer than what is shown.

import { createReader } from './client.js';
import { decode } from './safetensors.js';

/** @import { Moved, Question, Reader } from './client.js' */
/** @import { Means } from './ask.js' */
/** @import { Link } from './link.js' */
/** @import { Decoded } from './safetensors.js' */

/** @typedef {{ layer: string, channel: number, row: number, column: number }} Cell */
/** @typedef {Question & { cell: Cell }} Asked */

/**
 * @param {object} options
 * @param {string} options.id of the network
 * @param {string} options.question as the server knows it: derivatives, …
 * @param {Link} options.link
 * @param {(cell: Cell, found: Decoded) => void} options.onFound whoever wants another cell by then passes over it
 * @param {Means} [options.means]
 * @returns {Reader<Asked>}
 */
export function createAnswersReader({ id, question, link, onFound, means = {} }) {
  /** @type {Reader<Asked & { within: Moved | null }>} */
  const reader = createReader({
    ...means,
    url: ({ cell, within }) => addressOf(`${id}/${question}`, cell, within),
    decode: (bytes) => first(decode(bytes)),
    link,
    onTrace: (found, { cell }) => onFound(cell, found),
    onRefused: () => {}, // the page's own reading says why; what is shown stays as it is
  });
  // how a drawing was moved is said with the question, not with the drawing
  return {
    ...reader,
    read: ({ moved = null, ...asked }) => reader.read({ ...asked, within: moved }),
  };
}

/** @param {string} what @param {Cell} cell @param {Moved | null} moved */
function addressOf(what, { layer, channel, row, column }, moved) {
  const place = `layer=${encodeURIComponent(layer)}&channel=${channel}&row=${row}&column=${column}`;
  const question = `${what}?${place}${moved ? `&${moved.query}` : ''}`;
  return `api/questions?ask=${encodeURIComponent(question).replaceAll('%2F', '/')}`;
}

/** The answer to the first of several questions, whose names begin with 0/. */
/** @param {Decoded} found @returns {Decoded} */
function first({ tensors, ...more }) {
  return { ...more, tensors: new Map([...tensors].map(([name, one]) => [name.slice(2), one])) };
}

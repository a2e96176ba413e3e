// Asks for the derivatives of one cell: one request in flight, the latest wins. While the drawing of
// the same cell goes on, each answer is told: it is newer than what is shown.

import { request } from './client.js';
import { answered } from './refusal.js';
import { decode } from './safetensors.js';

/** @import { Question } from './client.js' */
/** @import { Decoded } from './safetensors.js' */

/** @typedef {{ layer: string, channel: number, row: number, column: number }} Cell */
/** @typedef {{ cell: Cell, drawing: Omit<Question, 'tag'> }} Asked */

/**
 * @param {object} options
 * @param {string} options.url of the network
 * @param {(asked: Asked, found: Decoded) => void} options.onFound
 * @param {typeof fetch} [options.fetch]
 */
export function createAsking({ url, onFound, fetch = globalThis.fetch }) {
  /** @type {Asked | null} */
  let waiting = null;
  /** @type {{ asked: Asked, stop: AbortController } | null} */
  let flight = null;

  async function next() {
    if (flight || !waiting) return;
    const mine = (flight = { asked: waiting, stop: new AbortController() });
    waiting = null;
    try {
      const answer = await answered(fetch(...questionOf(url, mine.asked, mine.stop.signal)));
      const found = decode(await answer.arrayBuffer());
      if (flight === mine && isWanted(mine.asked, waiting)) onFound(mine.asked, found);
    } catch {
      // The page says elsewhere that the server is away; the values stay as they are meanwhile.
    } finally {
      if (flight === mine) {
        flight = null;
        void next();
      }
    }
  }

  return {
    /** @param {Asked} asked */
    ask(asked) {
      waiting = asked;
      void next();
    },
    /** Whatever comes is no longer wanted. */
    forget() {
      waiting = null;
      flight?.stop.abort();
      flight = null;
    },
  };
}

/** @param {Asked} asked @param {Asked | null} waiting */
function isWanted({ cell }, waiting) {
  const other = waiting?.cell ?? cell;
  return (
    other.layer === cell.layer &&
    other.channel === cell.channel &&
    other.row === cell.row &&
    other.column === cell.column
  );
}

/**
 * @param {string} url
 * @param {Asked} asked
 * @param {AbortSignal} signal
 * @returns {[string, RequestInit]}
 */
export function questionOf(url, { cell, drawing }, signal) {
  const { layer, channel, row, column } = cell;
  const query = `layer=${encodeURIComponent(layer)}&channel=${channel}&row=${row}&column=${column}`;
  const tag = { sequence: 0, time: null };
  const [path, sent] = request(`${url}/derivatives`, { ...drawing, tag }, signal);
  return [`${path}${path.includes('?') ? '&' : '?'}${query}`, sent];
}

// Sends drawings to be read: one request in flight, the latest wins, recovers by itself.

import { ask, browserTimers, PATIENCE } from './ask.js';
import { Away, Busy } from './refusal.js';

/** @import { Timers } from './ask.js' */
/** @import { Link } from './link.js' */

/**
 * @typedef {object} Tag
 * @property {number} sequence which input this is the picture of
 * @property {number | null} time of the newest pointer event in it, if one made it
 * @property {{ readonly width: number, readonly height: number } | null} [size] of the picture, if it is one
 */

/**
 * @typedef {object} Moved
 * @property {string} query "down=-2&right=3", as the server wants it
 * @property {string} text "moved 2 px up and 3 px right"
 */

/**
 * @typedef {object} Question
 * @property {readonly { points: readonly (readonly [number, number])[], width: number, erase: boolean }[]} strokes
 * @property {Blob | null} file read instead of the strokes
 * @property {boolean} center
 * @property {number} [digit] which of several is read; the largest when it is left out
 * @property {Moved | null} [moved] what is done to the image before it is read
 * @property {Tag} tag
 */

/**
 * @template Answer
 * @template {Question} Asked
 * @typedef {object} ReaderOptions
 * @property {(question: Asked) => string} url where to post, asked anew for every request
 * @property {(buffer: ArrayBuffer) => Answer} decode
 * @property {Link} link
 * @property {(answer: Answer, question: Asked) => void} onTrace
 * @property {(error: Error, question: Asked) => void} onRefused
 * @property {(busy: boolean) => void} [onBusy]
 * @property {typeof fetch} [fetch]
 * @property {Timers} [timers]
 * @property {() => number} [chance] 0 to 1: pages that were refused together do not come together
 * @property {number} [patience] milliseconds after which a silent server counts as away
 */

/**
 * @template {Question} Asked
 * @typedef {object} Reader
 * @property {(question: Asked) => void} read
 * @property {() => void} forget drops what waits and the answer that is under way
 * @property {() => void} resume call when the server is back
 */

/**
 * @template Answer
 * @template {Question} Asked
 * @param {ReaderOptions<Answer, Asked>} options
 * @returns {Reader<Asked>}
 */
export function createReader(options) {
  const { decode, link, onTrace, onRefused, onBusy, fetch } = options;
  const { timers = browserTimers, patience = PATIENCE, chance = Math.random } = options;
  /** @type {Asked | null} */
  let waiting = null;
  /** @type {{ question: Asked, stop: AbortController } | null} */
  let flight = null;
  /** @type {number | null} a timer: until then a busy server is left in peace */
  let pause = null;

  /** @param {Asked} question */
  async function send(question) {
    const stop = new AbortController();
    const mine = (flight = { question, stop });
    onBusy?.(true);
    try {
      const [url, init] = request(options.url(question), question, stop.signal);
      const { bytes } = await ask(url, init, { fetch, timers, patience });
      const trace = decode(bytes);
      link.proven();
      if (flight === mine) onTrace(trace, question);
    } catch (error) {
      if (flight === mine) failed(/** @type {Error} */ (error), question);
    } finally {
      if (flight === mine) {
        flight = null;
        next();
      }
    }
  }

  /**
   * @param {Error} error
   * @param {Asked} question
   */
  function failed(error, question) {
    if (!(error instanceof Away)) return onRefused(error, question);
    waiting ??= question;
    if (!(error instanceof Busy)) return link.lost();
    pause = timers.start(() => ((pause = null), next()), 1000 * error.seconds * (0.5 + chance()));
  }

  function next() {
    if (flight || (pause !== null && waiting)) return;
    if (!waiting || link.away()) return onBusy?.(false);
    const question = waiting;
    waiting = null;
    void send(question);
  }

  return {
    read(question) {
      waiting = question;
      next();
    },
    forget() {
      waiting = null;
      flight?.stop.abort();
      flight = null;
      onBusy?.(false);
    },
    resume: next,
  };
}

/**
 * @param {string} url
 * @param {Question} question
 * @param {AbortSignal} signal
 * @returns {[string, RequestInit & { signal: AbortSignal }]}
 */
export function request(url, { strokes, file, center, digit, moved }, signal) {
  const asked = [
    ...(file ? [`center=${center}`] : []),
    ...(digit === undefined ? [] : [`digit=${digit}`]),
    ...(moved ? [moved.query] : []),
  ];
  const joint = asked.length === 0 ? '' : url.includes('?') ? '&' : '?';
  const where = `${url}${joint}${asked.join('&')}`;
  if (file) {
    const headers = { 'Content-Type': file.type || 'application/octet-stream' };
    return [where, { method: 'POST', body: file, headers, signal }];
  }
  const body = JSON.stringify({ strokes, center });
  return [where, { method: 'POST', body, headers: { 'Content-Type': 'application/json' }, signal }];
}

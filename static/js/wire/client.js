// Sends drawings to be read: one request in flight, the latest wins, recovers by itself.

import { answered, Away } from './refusal.js';
import { browserTimers } from './link.js';

/** @import { Link, Timers } from './link.js' */

/**
 * @typedef {object} Tag
 * @property {number} sequence which input this is the picture of
 * @property {number | null} time of the newest pointer event in it, if one made it
 */

/**
 * @typedef {object} Question
 * @property {readonly { points: readonly (readonly [number, number])[], width: number, erase: boolean }[]} strokes
 * @property {Blob | null} file read instead of the strokes
 * @property {boolean} center
 * @property {Tag} tag
 */

/**
 * @template Answer
 * @typedef {object} ReaderOptions
 * @property {() => string} url where to post, asked anew for every request
 * @property {(buffer: ArrayBuffer) => Answer} decode
 * @property {Link} link
 * @property {(answer: Answer, tag: Tag) => void} onTrace
 * @property {(error: Error, question: Question) => void} onRefused
 * @property {(busy: boolean) => void} [onBusy]
 * @property {typeof fetch} [fetch]
 * @property {Timers} [timers]
 * @property {number} [patience] milliseconds after which a silent server counts as away
 */

/**
 * @typedef {object} Reader
 * @property {(question: Question) => void} read
 * @property {() => void} forget drops what waits and the answer that is under way
 * @property {() => void} resume call when the server is back
 */

/**
 * @template Answer
 * @param {ReaderOptions<Answer>} options
 * @returns {Reader}
 */
export function createReader(options) {
  const { decode, link, onTrace, onRefused, onBusy } = options;
  const { timers = browserTimers, patience = 10_000, fetch = globalThis.fetch } = options;
  /** @type {Question | null} */
  let waiting = null;
  /** @type {{ question: Question, stop: AbortController } | null} */
  let flight = null;

  /** @param {Question} question */
  async function ask(question) {
    const stop = new AbortController();
    const mine = { question, stop };
    flight = mine;
    onBusy?.(true);
    const timer = timers.start(() => stop.abort(), patience);
    try {
      const answer = await answered(fetch(...request(options.url(), question, stop.signal)));
      const trace = decode(await answer.arrayBuffer());
      link.proven();
      if (flight === mine) onTrace(trace, question.tag);
    } catch (error) {
      if (flight === mine) failed(/** @type {Error} */ (error), question);
    } finally {
      timers.stop(timer);
      if (flight === mine) {
        flight = null;
        next();
      }
    }
  }

  /**
   * @param {Error} error
   * @param {Question} question
   */
  function failed(error, question) {
    const silent = error instanceof Away || error.name === 'AbortError';
    if (!silent && !(error instanceof TypeError)) return onRefused(error, question);
    waiting ??= question;
    link.lost();
  }

  function next() {
    if (flight) return;
    if (!waiting || link.away()) return onBusy?.(false);
    const question = waiting;
    waiting = null;
    void ask(question);
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
 * @returns {[string, RequestInit]}
 */
export function request(url, { strokes, file, center }, signal) {
  if (file) {
    const headers = { 'Content-Type': file.type || 'application/octet-stream' };
    return [`${url}?center=${center}`, { method: 'POST', body: file, headers, signal }];
  }
  const body = JSON.stringify({ strokes, center });
  return [url, { method: 'POST', body, headers: { 'Content-Type': 'application/json' }, signal }];
}

// Asks the server one thing and reads the whole answer; a silence that lasts too long ends it.

import { answered, Away, Refusal } from './refusal.js';

/** Milliseconds of silence after which nobody is there. */
export const PATIENCE = 10_000;

/** Bytes that even a slow network sends in a millisecond. */
const SLOWEST = 50;

/** Answers of at most so many bytes come in one piece; longer ones show signs of life. */
const SHORT = 100_000;

/** Until what the page can do without for a while is asked for again, milliseconds: ever longer. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const GROWTH = 1.6;

/**
 * @typedef {object} Timers
 * @property {(task: () => void, milliseconds: number) => number} start
 * @property {(timer: number) => void} stop
 */

/** @type {Timers} */
export const browserTimers = {
  start: (task, milliseconds) => setTimeout(task, milliseconds),
  stop: (timer) => clearTimeout(timer),
};

/**
 * @typedef {object} Means
 * @property {typeof globalThis.fetch} [fetch]
 * @property {Timers} [timers]
 * @property {number} [patience] milliseconds
 */

/**
 * @param {string} url
 * @param {RequestInit & { signal?: AbortSignal }} [init]
 * @param {Means} [means]
 * @returns {Promise<{ headers: Headers, bytes: ArrayBuffer }>}
 * @throws {Away | Refusal} Away when nobody answers, a Refusal when the answer is no
 */
export async function ask(url, init = {}, means = {}) {
  const { fetch = globalThis.fetch, timers = browserTimers, patience = PATIENCE } = means;
  const stop = new AbortController();
  const silence = createSilence(stop, timers, patience, sizeOf(init.body) / SLOWEST);
  init.signal?.addEventListener('abort', silence.end, { once: true });
  async function whole() {
    const answer = await answered(fetch(url, { ...init, signal: stop.signal }));
    return { headers: answer.headers, bytes: await bytesOf(answer, silence.broken) };
  }
  try {
    return await Promise.race([whole(), silence.ended]);
  } catch (error) {
    throw error instanceof Refusal ? error : awayBy(error);
  } finally {
    silence.forget();
    init.signal?.removeEventListener('abort', silence.end);
  }
}

/**
 * Asks until there is an answer, less and less often.
 *
 * @template T
 * @param {() => Promise<T>} question
 * @param {Timers} [timers]
 * @returns {Promise<T>} the first good answer
 */
export function untilAnswered(question, timers = browserTimers) {
  return new Promise((resolve) => {
    /** @param {number} wait */
    const put = (wait) =>
      question().then(resolve, () =>
        timers.start(() => void put(Math.min(LONGEST_WAIT, wait * GROWTH)), wait),
      );
    void put(FIRST_WAIT);
  });
}

/** @param {unknown} error */
function awayBy(error) {
  return error instanceof Away ? error : new Away();
}

/**
 * @param {AbortController} stop
 * @param {Timers} timers
 * @param {number} patience
 * @param {number} more milliseconds at first, in which the question is on its way
 */
function createSilence(stop, timers, patience, more) {
  const end = () => stop.abort();
  let timer = timers.start(end, patience + more);
  return {
    end,
    /** @type {Promise<never>} rejects when it has lasted too long */
    ended: new Promise((_, reject) => {
      stop.signal.addEventListener('abort', () => reject(new Away()), { once: true });
    }),
    broken() {
      timers.stop(timer);
      timer = timers.start(end, patience);
    },
    forget: () => timers.stop(timer),
  };
}

/**
 * @param {Response} answer
 * @param {() => void} alive called at each sign of life
 * @returns {Promise<ArrayBuffer>}
 */
async function bytesOf(answer, alive) {
  const length = answer.headers.get('Content-Length');
  if (!answer.body || (length !== null && Number(length) <= SHORT)) return answer.arrayBuffer();
  const reader = answer.body.getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  for (;;) {
    alive();
    const { done, value } = await reader.read();
    if (done) return new Blob(parts).arrayBuffer();
    parts.push(/** @type {Uint8Array<ArrayBuffer>} */ (value));
  }
}

/** @param {BodyInit | null | undefined} body */
function sizeOf(body) {
  if (body instanceof Blob) return body.size;
  return typeof body === 'string' ? body.length : 0;
}

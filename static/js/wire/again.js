// Asks until there is an answer, less and less often: for what the page can do without for a while.

import { browserTimers } from './ask.js';

/** @import { Timers } from './ask.js' */

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const GROWTH = 1.6;

/**
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

// Whether the server answers, and the gentle asking until it does again.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 5000;
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
 * @typedef {object} Link
 * @property {() => boolean} away
 * @property {() => void} lost call when the server did not answer
 * @property {() => void} proven call when it did real work: the next loss starts patient again
 */

/**
 * @param {object} options
 * @param {string} options.url what is asked while the server is away
 * @param {(away: boolean) => void} options.onChange
 * @param {typeof fetch} [options.fetch]
 * @param {Timers} [options.timers]
 * @returns {Link}
 */
export function createLink({ url, onChange, fetch = globalThis.fetch, timers = browserTimers }) {
  let away = false;
  let wait = FIRST_WAIT;

  function askLater() {
    timers.start(() => void ask(), wait);
    wait = Math.min(LONGEST_WAIT, wait * GROWTH);
  }

  async function ask() {
    const answer = await fetch(url, { cache: 'no-store' }).catch(() => null);
    if (!answer?.ok) return askLater();
    away = false;
    onChange(false);
  }

  return {
    away: () => away,
    lost() {
      if (away) return;
      away = true;
      askLater();
      onChange(true);
    },
    proven() {
      wait = FIRST_WAIT;
    },
  };
}

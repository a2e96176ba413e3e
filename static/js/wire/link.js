// Whether the server answers, and the gentle asking until it does again.

import { ask, browserTimers } from './ask.js';
import { Away, Busy } from './refusal.js';

/** @import { Means } from './ask.js' */

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 5000;
const GROWTH = 1.6;
/** Shorter than a drawing's: there is nothing to work on. */
const PATIENCE = 3000;

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
 * @param {Means['fetch']} [options.fetch]
 * @param {Means['timers']} [options.timers]
 * @returns {Link}
 */
export function createLink({ url, onChange, fetch, timers = browserTimers }) {
  let away = false;
  let wait = FIRST_WAIT;

  function askLater() {
    timers.start(() => void look(), wait);
    wait = Math.min(LONGEST_WAIT, wait * GROWTH);
  }

  /** Whoever refuses is there; what was drawn meanwhile is asked, and its refusal told. */
  async function look() {
    try {
      await ask(url, { cache: 'no-store' }, { fetch, timers, patience: PATIENCE });
    } catch (error) {
      if (error instanceof Away && !(error instanceof Busy)) return askLater();
    }
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

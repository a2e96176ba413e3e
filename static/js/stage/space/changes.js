// What comes and goes slowly in space: the scrim of a pinned cell, the heights of all cells.

/** @import { StageState } from '../state.js' */

const PIN_TIME = 120;
const RELIEF_TIME = 220;

export class Changes {
  #still;
  #scrimSince = NaN;
  #reliefSince = NaN;
  #reliefFrom = 0;
  /** How far each has come, 0..1. */
  scrim = 0;
  relief = 0;

  /** @param {() => boolean} still the user asked for reduced motion */
  constructor(still) {
    this.#still = still;
  }

  /** @param {Partial<StageState>} changed */
  begin(changed) {
    // from one pinned cell to the next nothing lights up in between
    if ('pinned' in changed && this.scrim < 1) this.#scrimSince = NaN;
    if (!('relief' in changed)) return;
    this.#reliefSince = NaN;
    this.#reliefFrom = this.relief;
  }

  /**
   * @param {number} time
   * @param {Readonly<StageState>} state
   * @returns {boolean} whether anything has moved, or has still to
   */
  advance(time, { pinned, pointed, links, answers, relief }) {
    const dims = pinned || (links === 'guess' && answers.derivatives && !pointed) ? 1 : 0;
    const until = (/** @type {number} */ since, /** @type {number} */ length) =>
      this.#still() ? 1 : Math.min(1, (time - since) / length);
    if (Number.isNaN(this.#scrimSince)) this.#scrimSince = time;
    if (Number.isNaN(this.#reliefSince)) this.#reliefSince = time;
    const before = [this.scrim, this.relief];
    this.scrim = dims * (1 - (1 - until(this.#scrimSince, PIN_TIME)) ** 3);
    const [from, to] = [this.#reliefFrom, relief ? 1 : 0];
    this.relief = from + (to - from) * until(this.#reliefSince, RELIEF_TIME);
    return [...before, dims, to].some((at, i) => at !== (i % 2 ? this.relief : this.scrim));
  }
}

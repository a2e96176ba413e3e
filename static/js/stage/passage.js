// What comes and goes slowly: a number on its way to another.

/** Of LOOK's motion: how long the scrim of a pinned cell takes to come. */
export const PIN_TIME = 120;

/** Fast at first. @param {number} t 0..1 */
export function quick(t) {
  return 1 - (1 - t) ** 3;
}

/** A number between 0 and 1 that takes its time, from the first frame that sees it go. */
export class Passage {
  #length;
  #from = 0;
  #to = 0;
  #since = NaN;
  now = 0;
  moving = false;

  /** @param {number} length milliseconds for the whole way */
  constructor(length) {
    this.#length = length;
  }

  /** @param {number} to */
  go(to) {
    if (to === this.#to) return;
    this.#from = this.now;
    this.#to = to;
    this.#since = NaN;
    this.moving = true;
  }

  /** @param {number} time @param {boolean} atOnce */
  advance(time, atOnce) {
    if (Number.isNaN(this.#since)) this.#since = time;
    const span = this.#to - this.#from;
    const gone = atOnce ? 1 : (time - this.#since) / this.#length;
    this.now = this.#from + Math.sign(span) * Math.min(gone, Math.abs(span));
    this.moving = this.now !== this.#to;
  }
}

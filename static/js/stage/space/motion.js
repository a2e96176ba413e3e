// What moves in space, as functions of time: numbers on their way to others, a thrown orbit, the way
// to a preset. Reduced motion leaves out every way and shows every end.

import { between, eased, turnedBy } from '../../scene/space/camera.js';
import { PIN_TIME, Passage, quick } from '../../core/loop.js';

/** @import { Orbit, Turn } from '../../scene/space/types.d.ts' */

const FLIGHT = 520;
const RELIEF_TIME = 220;
const GLIDE = 420;
/** A drag that paused this long before its end throws nothing. */
const PAUSE = 60;
/** How fast a thrown picture slows down: after this many milliseconds a third is left. */
const SLOWING = 190;
/** Degrees that are left when it stands still. */
const STILL = 0.06;

/** @type {Turn} */
const NO_TURN = { azimuth: 0, elevation: 0 };

export class Motion {
  #still;
  #flight = new Passage(FLIGHT);
  #scrim = new Passage(PIN_TIME);
  #relief = new Passage(RELIEF_TIME);
  /** @type {{ at: (gone: number) => Orbit, length: number, since: number } | null} */
  #way = null;
  /** @type {{ speed: Turn, time: number }} degrees a millisecond */
  #hand = { speed: NO_TURN, time: 0 };

  /** @param {() => boolean} still the user asked for reduced motion */
  constructor(still) {
    this.#still = still;
  }

  /** How far each has come: 0 flat, level, nothing dimmed; 1 in space, raised, all else dimmed. */
  get now() {
    const scrim = quick(this.#scrim.now);
    return { flight: eased(this.#flight.now), relief: this.#relief.now, scrim };
  }

  get flying() {
    return this.#flight.moving;
  }

  /** @param {0 | 1} to */
  fly(to) {
    this.#flight.go(to);
  }

  /** @param {{ relief: boolean, dims: boolean }} to */
  change({ relief, dims }) {
    this.#relief.go(Number(relief));
    this.#scrim.go(Number(dims));
  }

  /**
   * @param {number} time
   * @returns {boolean} whether a flight ended
   */
  advance(time) {
    const { flying } = this;
    for (const passage of [this.#flight, this.#relief, this.#scrim])
      if (passage.moving) passage.advance(time, this.#still());
    return flying && !this.flying;
  }

  /** The hand holds the picture. */
  hold() {
    this.#way = null;
    this.#hand = { speed: NO_TURN, time: 0 };
  }

  /**
   * @param {Turn} by degrees
   * @param {number} time of the event
   */
  turned(by, time) {
    const since = Math.max(4, time - this.#hand.time);
    const share = since > PAUSE ? 1 : 0.6; // the newest moves count most
    const { speed } = this.#hand;
    const mixed = (/** @type {keyof Turn} */ angle) =>
      speed[angle] * (1 - share) + (by[angle] / since) * share;
    this.#hand = {
      time,
      speed: { azimuth: mixed('azimuth'), elevation: mixed('elevation') },
    };
  }

  /**
   * It goes on as fast as the hand, and slows down.
   *
   * @param {Orbit} from
   * @param {number} time of the event
   */
  letGo(from, time) {
    if (this.#still() || time - this.#hand.time > PAUSE) return;
    const { azimuth, elevation } = this.#hand.speed;
    const whole = SLOWING * Math.hypot(azimuth, elevation);
    const at = (/** @type {number} */ gone) => {
      const share = SLOWING * (1 - Math.exp(-gone / SLOWING));
      return turnedBy(from, { azimuth: azimuth * share, elevation: elevation * share });
    };
    this.#way = { at, length: SLOWING * Math.log(Math.max(1, whole / STILL)), since: NaN };
  }

  /**
   * @param {Orbit} from
   * @param {Orbit} to
   */
  glide(from, to) {
    const length = this.#still() ? 0 : GLIDE;
    const at = (/** @type {number} */ gone) =>
      gone < length ? between(from, to, eased(gone / length)) : to;
    this.#way = { at, length, since: NaN };
  }

  /**
   * @param {number} time
   * @returns {Orbit | null} null when nothing moves
   */
  orbit(time) {
    const way = this.#way;
    if (!way) return null;
    if (Number.isNaN(way.since)) way.since = time;
    const gone = Math.max(0, time - way.since);
    if (gone >= way.length) this.#way = null;
    return way.at(gone);
  }

  get moving() {
    const changing = this.flying || this.#relief.moving || this.#scrim.moving;
    return changing || this.#way !== null;
  }
}

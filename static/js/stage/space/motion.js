// What moves in space, as functions of time: the flight between flat and space, a thrown orbit, the
// way to a preset. Reduced motion leaves out every way and shows every end.

import { between, eased, thrown } from '../../scene/space/camera.js';

/** @import { Orbit } from '../../scene/space/types.d.ts' */

const FLIGHT = 520;
const GLIDE = 420;
/** A drag that paused this long before its end throws nothing. */
const PAUSE = 60;

/** @typedef {{ azimuth: number, elevation: number }} Speed */

export class Motion {
  #still;
  /** @type {{ from: number, to: number, since: number } | null} */
  #flight = null;
  #height = 0;
  /** @type {{ from: Orbit, to: Orbit, since: number } | { from: Orbit, speed: Speed, since: number } | null} */
  #way = null;
  /** @type {{ speed: Speed, time: number }} */
  #hand = { speed: { azimuth: 0, elevation: 0 }, time: 0 };

  /** @param {() => boolean} still the user asked for reduced motion */
  constructor(still) {
    this.#still = still;
  }

  /** 0 flat, 1 in space. */
  get height() {
    return eased(this.#height);
  }

  get flying() {
    return this.#flight !== null;
  }

  /** @param {0 | 1} to */
  fly(to) {
    this.#flight = { from: this.#height, to, since: NaN };
    if (this.#still()) this.#height = to;
  }

  /**
   * @param {number} time
   * @returns {boolean} whether a flight ended
   */
  advance(time) {
    const flight = this.#flight;
    if (!flight) return false;
    if (Number.isNaN(flight.since)) flight.since = time;
    const gone = this.#still() ? 1 : (time - flight.since) / FLIGHT;
    const span = flight.to - flight.from;
    this.#height = flight.from + Math.sign(span) * Math.min(gone, Math.abs(span));
    if (this.#height !== flight.to) return false;
    this.#flight = null;
    return true;
  }

  /** The hand holds the picture. */
  hold() {
    this.#way = null;
    this.#hand = { speed: { azimuth: 0, elevation: 0 }, time: 0 };
  }

  /**
   * @param {Speed} by degrees
   * @param {number} time of the event
   */
  turned(by, time) {
    const since = Math.max(4, time - this.#hand.time);
    const share = since > PAUSE ? 1 : 0.6; // the newest moves count most
    const { speed } = this.#hand;
    this.#hand = {
      time,
      speed: {
        azimuth: speed.azimuth * (1 - share) + (by.azimuth / since) * share,
        elevation: speed.elevation * (1 - share) + (by.elevation / since) * share,
      },
    };
  }

  /**
   * @param {Orbit} from
   * @param {number} time of the event
   */
  letGo(from, time) {
    if (this.#still() || time - this.#hand.time > PAUSE) return;
    this.#way = { from, speed: this.#hand.speed, since: NaN };
  }

  /**
   * @param {Orbit} from
   * @param {Orbit} to
   */
  glide(from, to) {
    this.#way = { from: this.#still() ? to : from, to, since: NaN };
  }

  /**
   * @param {number} time
   * @returns {Orbit | null} null when nothing moves
   */
  orbit(time) {
    const way = this.#way;
    if (!way) return null;
    if (Number.isNaN(way.since)) way.since = time;
    const gone = time - way.since;
    if ('speed' in way) {
      const { orbit, moving } = thrown(way.from, way.speed, gone);
      if (!moving) this.#way = null;
      return orbit;
    }
    const t = way.from === way.to ? 1 : gone / GLIDE;
    if (t >= 1) this.#way = null;
    return t >= 1 ? way.to : between(way.from, way.to, eased(t));
  }

  get moving() {
    return this.#way !== null || this.#flight !== null;
  }
}

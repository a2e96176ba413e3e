// The one place that asks for animation frames, asleep unless something asked to be drawn; and numbers
// that take their time from frame to frame.

/**
 * @typedef {object} Clock
 * @property {() => number} now milliseconds
 * @property {(frame: (time: number) => void) => void} tick calls once, before the next paint
 * @property {(task: () => void) => void} after calls once, as the first task after that paint
 */

/** @type {Clock} */
const browserClock = {
  now: () => performance.now(),
  tick: (frame) => void requestAnimationFrame(frame),
  after: postTask(),
};

/** A message is delivered without the 4 ms that nested timers cost. */
function postTask() {
  /** @type {MessageChannel | null} */
  let channel = null;
  /** @type {(() => void)[]} */
  const tasks = [];
  return (/** @type {() => void} */ task) => {
    if (channel === null) {
      channel = new MessageChannel();
      channel.port1.onmessage = () => tasks.shift()?.();
    }
    tasks.push(task);
    channel.port2.postMessage(null);
  };
}

/**
 * When something has its turn: before the pictures are painted, as a picture (true asks for another
 * frame), after all of them, and once they are on the screen.
 *
 * @typedef {object} Turns
 * @property {() => void} before
 * @property {(time: number) => boolean} picture
 * @property {() => void} after
 * @property {() => void} painted in the first task after the frame
 */

/**
 * @typedef {object} Loop
 * @property {() => void} wake asks for one frame; many calls before it make one
 * @property {() => boolean} awake
 * @property {<Turn extends keyof Turns>(turn: Turn, task: Turns[Turn]) => () => void} add in every frame; returns the way out
 * @property {(ready?: () => boolean) => Promise<void>} painted resolves once a frame is on the screen at whose end it is ready
 * @property {() => void} paint draws a frame at once: for a page that is printed, and within a frame that has begun
 */

/**
 * @param {Clock} [clock]
 * @returns {Loop}
 */
export function createLoop(clock = browserClock) {
  /** @type {{ [Turn in keyof Turns]: Set<Turns[Turn]> }} */
  const turns = { before: new Set(), picture: new Set(), after: new Set(), painted: new Set() };
  /** @type {{ ready: () => boolean, resolve: () => void }[]} */
  let waiting = [];
  let awake = false;

  /** @param {number} time */
  function run(time) {
    awake = false; // wake() called inside a frame asks for the next one
    let more = false;
    for (const task of turns.before) task();
    for (const picture of turns.picture) more = picture(time) || more;
    for (const task of turns.after) task();
    const shown = waiting.filter(({ ready }) => ready());
    waiting = waiting.filter((one) => !shown.includes(one));
    clock.after(() => {
      for (const task of turns.painted) task();
      for (const { resolve } of shown) resolve();
    });
    if (more) wake();
  }

  function wake() {
    if (awake) return;
    awake = true;
    clock.tick(run);
  }

  return {
    wake,
    awake: () => awake,
    add(turn, task) {
      turns[turn].add(task);
      return () => void turns[turn].delete(task);
    },
    painted(ready = () => true) {
      wake();
      return new Promise((resolve) => void waiting.push({ ready, resolve }));
    },
    paint: () => run(clock.now()),
  };
}

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

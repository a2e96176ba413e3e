// The one place that asks for animation frames. Asleep unless something asked to be drawn.

/**
 * @typedef {object} Clock
 * @property {() => number} now milliseconds
 * @property {(frame: (time: number) => void) => void} tick calls once, before the next paint
 * @property {(task: () => void) => void} after calls once, as the first task after that paint
 */

/** @type {Clock} */
export const browserClock = {
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
 * @property {(ready?: () => boolean) => Promise<void>} painted resolves once a frame is on the screen, after which it is ready
 * @property {() => void} paint draws a frame at once, for a page that is printed
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
    clock.after(painted);
    if (more) wake();
  }

  function painted() {
    for (const task of turns.painted) task();
    const now = waiting;
    waiting = now.filter(({ ready }) => !ready());
    for (const one of now) if (!waiting.includes(one)) one.resolve();
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

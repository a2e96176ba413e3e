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
 * @typedef {object} Loop
 * @property {() => void} wake asks for one frame; many calls before it make one
 * @property {() => boolean} awake
 */

/**
 * @param {(time: number) => boolean} frame draws once; true asks for another frame
 * @param {() => void} [painted] the first task after each frame
 * @param {Clock} [clock]
 * @returns {Loop}
 */
export function createLoop(frame, painted, clock = browserClock) {
  let awake = false;

  /** @param {number} time */
  function run(time) {
    awake = false; // wake() called inside frame() asks for the next one
    const more = frame(time);
    if (painted) clock.after(painted);
    if (more) wake();
  }

  function wake() {
    if (awake) return;
    awake = true;
    clock.tick(run);
  }

  return { wake, awake: () => awake };
}

// Which input has reached the screen, and who waits for it.

/** @typedef {ReturnType<typeof createProgress>} Progress */

/** @param {() => boolean} resting whether no frame is due */
export function createProgress(resting) {
  let delivered = 0;
  let answered = 0;
  let painting = 0;
  let painted = 0;
  let coming = 0;
  /** @type {{ resolve: () => void, reject: (reason: Error) => void }[]} */
  let waiters = [];

  function check() {
    if (painted < delivered || coming > 0 || !resting()) return;
    for (const { resolve } of waiters) resolve();
    waiters = [];
  }

  return {
    /** @returns {number} the sequence of a new input */
    deliver: () => ++delivered,
    /** @param {number} sequence whose trace stands in the store */
    answer(sequence) {
      answered = Math.max(answered, sequence);
    },
    /** Whoever waits waits for this, too. @param {Promise<unknown>} part of the page that is loaded */
    expect(part) {
      coming += 1;
      const came = () => {
        coming -= 1;
        check();
      };
      void part.then(came, came);
    },
    /** Call in the frame that paints what stands in the store. */
    paints() {
      painting = answered;
    },
    /** Call in the first task after that frame. */
    painted() {
      painted = painting;
      check();
    },
    /** @param {Error} reason */
    fail(reason) {
      for (const { reject } of waiters) reject(reason);
      waiters = [];
    },
    /** @returns {Promise<void>} */
    settled() {
      return new Promise((resolve, reject) => {
        waiters.push({ resolve, reject });
        check();
      });
    },
  };
}

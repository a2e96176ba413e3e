// A clock that goes when it is told to.

/** Timers as `wire/ask.js` wants them, and the way to let time pass. */
export function createClock() {
  let now = 0;
  let names = 0;
  /** @type {Map<number, { at: number, task: () => void }>} */
  const due = new Map();
  const { setTimeout: wait } = globalThis; // a test may put this clock in its place
  const rest = () => new Promise((resolve) => wait(resolve, 0));

  /** Runs what falls due in so many milliseconds, in order, and stands still after each. */
  function* falling(milliseconds) {
    const end = now + milliseconds;
    for (;;) {
      const [next] = [...due].sort(([, a], [, b]) => a.at - b.at);
      if (!next || next[1].at > end) break;
      due.delete(next[0]);
      now = next[1].at;
      next[1].task();
      yield now;
    }
    now = end;
  }

  return {
    timers: {
      start(task, milliseconds) {
        due.set(++names, { at: now + milliseconds, task });
        return names;
      },
      stop: (timer) => void due.delete(timer),
    },
    now: () => now,
    /** How many timers are running. */
    running: () => due.size,
    /** Lets so many milliseconds pass, with a moment after each for what waits for it. */
    async pass(milliseconds) {
      const times = falling(milliseconds);
      while (!times.next().done) await rest();
      await rest();
    },
    /** Lets them pass at once. */
    skip: (milliseconds) => void [...falling(milliseconds)],
  };
}

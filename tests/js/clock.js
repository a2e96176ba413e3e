// A clock that goes when it is told to.

/** Timers as `wire/ask.js` wants them, and the way to let time pass. */
export function createClock() {
  let now = 0;
  let names = 0;
  /** @type {Map<number, { at: number, task: () => void }>} */
  const due = new Map();
  const rest = () => new Promise((resolve) => setTimeout(resolve, 0));

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
    /** Lets so many milliseconds pass, running what falls due, in order. */
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...due].sort(([, a], [, b]) => a.at - b.at);
        if (!next || next[1].at > end) break;
        due.delete(next[0]);
        now = next[1].at;
        next[1].task();
        await rest();
      }
      now = end;
      await rest();
    },
  };
}

// How long input takes to reach the screen, as User Timing measures that benchmarks read.

/** What was done. @typedef {'stroke' | 'hover' | 'given'} Kind */

/** Measures of one name that are kept; older ones go, so that an open page does not grow. */
const KEPT = 2000;

/** @typedef {ReturnType<typeof createTiming>} Timing */

export function createTiming(/** @type {Performance} */ clock = performance) {
  /** @type {Map<Kind, number>} */
  const begun = new Map();
  /** @type {Map<Kind, number>} */
  let painting = new Map();
  /** @type {Map<string, number>} */
  const counts = new Map();

  /**
   * @param {string} what
   * @param {number} start
   */
  function measure(what, start) {
    const name = `convlens:${what}`;
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count % KEPT);
    if (count === KEPT) clock.clearMeasures(name);
    clock.measure(name, { start, end: clock.now() });
  }

  return {
    /**
     * @param {Kind} kind
     * @param {number} time of the event that will be painted
     */
    begin: (kind, time) => void begun.set(kind, time),
    /** @param {number} asked when the question was put whose answer is there now */
    answered: (asked) => measure('question-to-answer', asked),
    /** Call in the frame that paints what has begun. */
    paints() {
      painting = new Map(begun);
      begun.clear();
    },
    /** Call in the first task after that frame. */
    painted() {
      for (const [kind, start] of painting) measure(`${kind}-to-paint`, start);
      painting.clear();
    },
  };
}

// Which candidate of each segment: the least loss that fits the length, a knapsack in whole pixels.

/** @import { Candidate } from './candidates.js' */

const STEPS = 1600; // finer than a CSS pixel on a common stage, and still a few milliseconds

/**
 * @param {Candidate[][]} fronts one a segment, shortest first
 * @param {number} length device pixels for all of them
 * @returns {Candidate[] | null} null when they don't fit
 */
export function choose(fronts, length) {
  const step = Math.max(1, Math.ceil(length / STEPS));
  const room = Math.floor(length / step);
  if (room < 0) return null;
  let least = new Float64Array(room + 1);
  /** @type {Int16Array[]} */
  const taken = [];
  for (const front of fronts) {
    const next = new Float64Array(room + 1).fill(Infinity);
    const chosen = new Int16Array(room + 1).fill(-1);
    front.forEach(({ main, loss }, index) => {
      const size = Math.ceil(main / step);
      for (let end = size; end <= room; end++) {
        const sum = /** @type {number} */ (least[end - size]) + loss;
        if (sum >= /** @type {number} */ (next[end])) continue;
        next[end] = sum;
        chosen[end] = index;
      }
    });
    least = next;
    taken.push(chosen);
  }
  return walkBack(fronts, taken, step, room);
}

/** @param {Candidate[][]} fronts @param {Int16Array[]} taken @param {number} step @param {number} room */
function walkBack(fronts, taken, step, room) {
  /** @type {Candidate[]} */
  const picks = [];
  let end = room;
  for (let i = fronts.length - 1; i >= 0; i--) {
    const pick = fronts[i]?.[taken[i]?.[end] ?? -1];
    if (!pick) return null;
    picks.unshift(pick);
    end -= Math.ceil(pick.main / step);
  }
  return picks;
}

// Whole numbers as text: counts with their nouns, spans, sizes.

import { grouped } from './numbers.js';

/** @param {readonly [number, number]} pair @returns {string} "5 × 5" */
export function pairText([rows, columns]) {
  return `${rows} × ${columns}`;
}

/** @param {number} from @param {number} to half-open @returns {string} "7–11", or "7" for one */
export function spanText(from, to) {
  return to - from === 1 ? `${from}` : `${from}–${to - 1}`;
}

/** @param {readonly number[]} numbers @param {string} noun @returns {string} "map 3", "maps 0, 1 and 5" */
export function numbered(numbers, noun) {
  const [last, ...others] = numbers.toReversed();
  if (!others.length) return `${noun} ${last}`;
  return `${noun}s ${others.reverse().join(', ')} and ${last}`;
}

/** @param {number} count @param {string} noun @returns {string} "1 cell", "25 cells" */
export function counted(count, noun) {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

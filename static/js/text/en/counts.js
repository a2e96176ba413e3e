// Counts with their nouns, lists, spans.

import { grouped, spanText } from '../numbers.js';

/** What one channel of a layer is called. @typedef {'map' | 'unit'} Noun */

/** @param {number} count @param {string} noun @returns {string} "1 cell", "25 cells" */
export function counted(count, noun) {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** @param {readonly number[]} numbers @param {string} noun @returns {string} "map 3", "maps 0, 1 and 5" */
export function numbered(numbers, noun) {
  const [last, ...others] = numbers.toReversed();
  if (!others.length) return `${noun} ${last}`;
  return `${noun}s ${others.reverse().join(', ')} and ${last}`;
}

/** @param {number} from @param {number} to half-open @param {string} noun @returns {string} "row 7", "rows 7–11" */
export function ranged(from, to, noun) {
  return `${noun}${to - from > 1 ? 's' : ''} ${spanText(from, to)}`;
}

/**
 * Rows or columns of a box, some of which may be skipped.
 * @param {readonly number[]} numbers rising, as far apart from each other
 * @param {string} noun
 * @returns {string} "row 7", "rows 7–11", "rows 7 and 9", "rows 7, 9 and 11"
 */
export function apart(numbers, noun) {
  const [first = 0, second = first + 1] = numbers;
  if (second === first + 1) return ranged(first, (numbers.at(-1) ?? first) + 1, noun);
  if (numbers.length < 5) return numbered(numbers, noun);
  return `${ranged(first, (numbers.at(-1) ?? first) + 1, noun)} in steps of ${second - first}`;
}

/** Down and across. @typedef {readonly [down: number, across: number]} Apart */
/** How far the cells of a window lie apart, and what it covers so. @typedef {{ apart: Apart, apartText: string, span: string }} Spread */

/** @param {Spread} spread @returns {string} "Its cells lie 2 apart (dilation 2), so that it covers 5 × 5." */
export function spreadOut({ apart: [down, across], apartText, span }) {
  const far =
    down === across ? `${down} apart` : `${across} apart from left to right, and ${down} down`;
  return `Its cells lie ${far} (dilation ${apartText}), so that it covers ${span}.`;
}

/** @param {readonly string[]} names @returns {string} "conv1 and conv2" */
export function all(names) {
  return names.join(' and ');
}

/**
 * Things one after the other, as one says a list.
 *
 * @template Part
 * @param {readonly (readonly (string | Part)[])[]} things
 * @returns {(string | Part)[]}
 */
export function together(things) {
  const joint = (/** @type {number} */ i) => (i === things.length - 1 ? ' and ' : ', ');
  return things.flatMap((thing, i) => (i ? [joint(i), ...thing] : [...thing]));
}

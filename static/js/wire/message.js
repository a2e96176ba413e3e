// What is said on a live channel: how the drawing differs from the one it has, and what is asked.

import { addressOf } from './questions.js';

/** @import { Question } from './questions.js' */
/** @import { LiveMessage, Stroke } from './types.d.ts' */

/** @typedef {Pick<LiveMessage, 'keep' | 'more' | 'strokes'>} Changes */

/**
 * Strokes and points never change, so that the same one is the same object.
 *
 * @param {readonly Stroke[]} before what the channel has
 * @param {readonly Stroke[]} now
 * @returns {Changes} what makes the one of the other
 */
export function changes(before, now) {
  let keep = 0;
  while (keep < now.length && now[keep] === before[keep]) keep++;
  const more = grown(before[keep], now[keep]);
  if (!more) return { keep, strokes: now.slice(keep) };
  return { keep: keep + 1, more, strokes: now.slice(keep + 1) };
}

/**
 * @param {Stroke | undefined} before
 * @param {Stroke | undefined} now
 * @returns {Stroke['points'] | null} what the one goes on with; null where the other is another one
 */
function grown(before, now) {
  if (!before || !now || before.width !== now.width || before.erase !== now.erase) return null;
  const goesOn =
    now.points.length > before.points.length &&
    before.points.every((point, k) => point === now.points[k]);
  return goesOn ? now.points.slice(before.points.length) : null;
}

/**
 * @param {number} number
 * @param {readonly Question[]} questions about the same drawing
 * @param {Changes} changed
 * @returns {LiveMessage}
 */
export function messageOf(number, questions, changed) {
  const [first] = questions;
  if (!first) throw new RangeError('A message has a question.');
  const { center, drawing } = first;
  return { number, ...changed, center, digit: drawing.digit, ask: questions.map(addressOf) };
}

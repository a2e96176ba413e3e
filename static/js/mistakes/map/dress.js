// How each image looks on the map: the letter of its true class, or a dot.

/** @import { Theme } from '../../core/theme.js' */
/** @import { Readings } from '../../wire/readings.js' */
/** @import { Look } from './paint.js' */
/** @import { MapState } from './state.js' */

/** @typedef {{ looks: readonly Look[], order: readonly number[] }} Dressed order: those that come later lie above */

/** @param {readonly string[]} classes @returns {string[]} one letter each */
export const lettersOf = (classes) => classes.map((name) => [...name][0] ?? '');

/**
 * How each image looks, and which are painted above others.
 *
 * @param {Pick<MapState, 'colouring' | 'only'>} state
 * @param {Readings} readings
 * @param {readonly string[]} classes
 * @param {Theme} theme
 * @returns {Dressed}
 */
export function dress({ colouring, only }, readings, classes, { classes: colours, tokens }) {
  const letters = lettersOf(classes);
  /** @type {Look} */
  const dot = { letter: '', colour: only === null ? tokens.ink3 : tokens.line2 };
  const bright = letters.map((letter, k) => ({
    letter,
    colour: colouring === 'misread' ? tokens.neg : (colours[k % colours.length] ?? tokens.ink),
  }));
  const shows = (/** @type {number} */ i) =>
    (only === null || readings.truth[i] === only) &&
    (colouring === 'truth' || readings.truth[i] !== readings.said[i]);
  const every = Array.from({ length: readings.images }, (_, i) => i);
  const [front, back] = [every.filter(shows), every.filter((i) => !shows(i))];
  const looks = every.map(() => dot);
  for (const i of front) looks[i] = bright[readings.truth[i] ?? 0] ?? dot;
  return { looks, order: [...back, ...front] };
}

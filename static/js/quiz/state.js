// What the page of questions knows, and how its link says it.

import { drawingText, drawnIn } from '../input/written.js';
import { ledOf, ledParts } from '../lesson/led.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { Led } from '../lesson/led.js' */
/** @import { Wanted } from '../wire/quiz.js' */
/** @import { Quiz, QuizOption } from '../wire/types.d.ts' */

/**
 * What was answered: an option, a number that no option is (null), or nothing but a look at the answer.
 *
 * @typedef {object} Given
 * @property {QuizOption | null} option
 * @property {string} typed as it was written
 * @property {boolean} looked the answer was shown before one was given
 */

/**
 * @typedef {object} QuizState
 * @property {Wanted} wanted
 * @property {number | null} digit of the sample that the questions are about; null for a drawing of one's own
 * @property {Drawing | null} drawing of one's own, or as the sample has it; null until that is there
 * @property {Drawing | null} own what was brought along
 * @property {Quiz | null} quiz
 * @property {number} at which question is shown, from 0
 * @property {Readonly<Record<number, Given>>} given by question
 * @property {Readonly<Record<number, Readonly<Record<number, number>>>>} hands by question and option
 * @property {boolean} presents
 * @property {Led | null} led where in a lesson one is
 * @property {string} refused why there are no questions
 */

/** @typedef {import('../core/store.js').Store<QuizState>} QuizStore */

/** @type {Wanted} */
export const USUAL = Object.freeze({ kinds: [], level: 1, seed: 1, count: 10 });
export const MOST = 50;
export const SEEDS = 2 ** 32;
const SAMPLE = 8;
const VERSION = '1';
const LONGEST = 200_000;

/** @type {QuizState} */
export const INITIAL = {
  wanted: USUAL,
  digit: SAMPLE,
  drawing: null,
  own: null,
  quiz: null,
  at: 0,
  given: {},
  hands: {},
  presents: false,
  led: null,
  refused: '',
};

/** New questions, none of them answered yet: what was clicked until they came was about those before. */
/** @param {Quiz} quiz @param {number} at @returns {Partial<QuizState>} */
export function begun(quiz, at) {
  const last = Math.max(0, quiz.items.length - 1);
  return { quiz, at: Math.min(at, last), given: {}, hands: {}, refused: '' };
}

/** @param {Readonly<QuizState>} state @returns {string} what stands behind the # */
export function toLink({ wanted, digit, own, at, led }) {
  const parts = new URLSearchParams([['v', VERSION], ...wantedParts(wanted), ...ledParts(led)]);
  if (at) parts.set('at', String(at + 1));
  if (digit !== null && (own || digit !== SAMPLE)) parts.set('digit', String(digit));
  const drawn = own && drawingText(own, own.pixels ?? null);
  if (drawn) parts.set('drawing', drawn);
  return String(parts);
}

/** @param {Wanted} wanted @returns {[string, string][]} what is not as at first */
function wantedParts(wanted) {
  /** @type {[string, string][]} */
  const said = Object.entries({ ...wanted, kinds: wanted.kinds.join('.') }).map(([key, one]) => [
    key,
    String(one),
  ]);
  const usual = { ...USUAL, kinds: '' };
  return said.filter(
    ([key, text]) => text !== String(Object.entries(usual).find(([k]) => k === key)?.[1]),
  );
}

/** @param {string} link what stands behind the # @returns {Partial<QuizState>} what does not fit is as at first */
export function fromLink(link) {
  const parts = new URLSearchParams(link.length > LONGEST ? '' : link);
  /** @param {string} name @param {number} least @param {number} most @param {number} usual */
  function whole(name, least, most, usual) {
    const text = parts.get(name) ?? '';
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? value : usual;
  }
  const own = drawnIn(parts.get('drawing') ?? '');
  const kinds = (parts.get('kinds') ?? '').split('.').filter((kind) => /^[a-z]+$/.test(kind));
  const digit = whole('digit', 0, 9, -1);
  return {
    wanted: {
      kinds,
      level: whole('level', 1, 3, USUAL.level),
      seed: whole('seed', 0, SEEDS - 1, USUAL.seed),
      count: whole('count', 1, MOST, USUAL.count),
    },
    at: whole('at', 1, MOST, 1) - 1,
    own,
    led: ledIn(parts.get('lesson') ?? '', parts.get('cue') ?? ''),
    digit: digit >= 0 ? digit : own ? null : SAMPLE,
  };
}

/** @param {string} name @param {string} cue @returns {Led | null} */
function ledIn(name, cue) {
  try {
    return name ? ledOf(name, cue) : null;
  } catch {
    return null;
  }
}

/** @param {Readonly<QuizState>} state @returns {{ right: number, answered: number }} of those that were answered unseen */
export function tally({ given }) {
  const answered = Object.values(given).filter(({ looked }) => !looked);
  return {
    right: answered.filter(({ option }) => option?.right).length,
    answered: answered.length,
  };
}

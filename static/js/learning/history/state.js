// What the time machine is made of, and how a link says it.

import { EMPTY } from '../../input/strokes.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { Model, Run, RunLine, RunSummary } from '../../wire/types.d.ts' */

/**
 * A training whose history is looked at.
 *
 * @typedef {object} Trained
 * @property {Run} run
 * @property {string} title what it is called here
 * @property {readonly RunLine[]} lines
 * @property {Model | null} served the network of the same graph that the server shows, to look at beside
 */

/**
 * @typedef {object} Own
 * @property {readonly string[]} ids of the trainings, one or two
 * @property {readonly Trained[]} trained those that are known already
 * @property {readonly RunSummary[]} others trainings of this server
 * @property {number | null} step that is looked at; null for the last
 * @property {boolean} away the network that the server shows is looked at, in place of a moment of the first
 * @property {boolean} runs the moments follow each other by themselves
 * @property {number} pace moments a second, while they do
 * @property {Drawing} drawing
 * @property {number} target the class that the drawing is, for the loss
 * @property {boolean} gradient the stage shows how the loss changes with each cell
 * @property {string} refused
 */

/** @typedef {Own} HistoryState */
/** @typedef {import('../../core/store.js').Store<HistoryState>} HistoryStore */

/** The training that comes with Convlens, as the server calls it. */
export const SHIPPED = 'shipped';
export const PACES = /** @type {const} */ ([1, 2, 4, 8]);

const ID = /^[a-z0-9][a-z0-9-]{0,39}$/;
const AWAY = 'served';

/** @type {HistoryState} */
export const INITIAL = {
  ...{ ids: [SHIPPED], trained: [], others: [], step: null, away: false },
  ...{ runs: false, pace: 4, drawing: EMPTY, target: 3, gradient: false, refused: '' },
};

/** @param {Run} run @param {number | null} step null for the last @returns {number} the place in its history of the last moment that was kept at this step or before */
export function placeAt({ history }, step) {
  if (step === null) return history.length - 1;
  const found = history.findLastIndex((one) => one.step <= step);
  return Math.max(0, found);
}

/** The first training, and the place in its history that is looked at. @param {Readonly<HistoryState>} state */
export function lookedAt({ trained, step }) {
  const [first] = trained;
  const place = first ? placeAt(first.run, step) : 0;
  return { first, place, last: Math.max(0, (first?.run.history.length ?? 0) - 1) };
}

/** Moves to a place in the history of the first training. @param {HistoryStore} store @param {number} place @param {Partial<HistoryState>} [more] */
export function goTo(store, place, more) {
  const { first, last } = lookedAt(store.get());
  const held = Math.min(last, Math.max(0, place));
  const step = held === last ? null : (first?.run.history[held]?.step ?? null);
  store.set({ step, away: false, ...more });
}

/** @param {readonly RunLine[]} lines @param {number} step @returns {RunLine | null} how it read at that step, or before */
export function judgedAt(lines, step) {
  return lines.findLast((one) => one.kind === 'evaluation' && one.step <= step) ?? null;
}

/** @param {string} search "?history=shipped,ID&moment=102" @returns {Partial<HistoryState>} */
export function fromLink(search) {
  const parts = new URLSearchParams(search);
  const ids = (parts.get('history') ?? '').split(',').filter((id) => ID.test(id));
  const moment = parts.get('moment') ?? '';
  const step = /^\d{1,9}$/.test(moment) ? Number(moment) : null;
  return {
    ids: ids.length ? [...new Set(ids)].slice(0, 2) : INITIAL.ids,
    ...{ step, away: moment === AWAY },
  };
}

/** @param {Readonly<Pick<HistoryState, 'ids' | 'step' | 'away'>>} state @param {string} href @returns {string} with what is looked at */
export function toLink({ ids, step, away }, href) {
  const url = new URL(href);
  const moment = away ? AWAY : step === null ? '' : String(step);
  const said = { history: ids.join() === SHIPPED ? '' : ids.join(), moment };
  for (const [name, value] of Object.entries(said))
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  return url.href.replaceAll('%2C', ',');
}

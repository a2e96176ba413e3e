// Whom the account is about: a cell, the answer, nothing yet. Data; whoever shows it renders it.
// What a cell says beyond its name and value is a receipt (receipt/), or sentences without a trace.
// "Why 3?": scores, exponentials and shares, with digits that add up as they are shown.

import { answerText, placeName, ranked, scoreLayerOf } from '../kinds/traits.js';
import { compared } from '../text/differences.js';
import { message } from '../text/messages.js';
import { about, less, number, own, unitsOf, written, writtenSigned } from '../text/numbers.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Digits } from '../text/numbers.js' */
/** @import { Account, AnswerAccount, AnswerRow, CellAccount, EmptyAccount, View } from './types.d.ts' */

/** @typedef {'' | 'away' | 'busy'} Unread why what is drawn is not read yet, if it is not */

/** @param {Unread | 'example'} why @returns {EmptyAccount} */
function emptyAccount(why) {
  const state = why || 'nothing';
  return {
    kind: 'empty',
    title: message(state === 'away' || state === 'busy' ? 'empty.unread' : `empty.${state}`),
    lead: message(`empty.lead.${state}`),
    steps: /** @type {const} */ (['draw', 'point', 'ask']).map((step) => ({
      title: message(`empty.${step}`),
      text: message(`empty.${step}.how`),
    })),
    line: message(`empty.line.${state}`),
  };
}

/**
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell | null} cell the selection
 * @param {Unread | 'example'} [why] there is nothing of the visitor's to explain
 * @returns {Account}
 */
export function account(graph, view, cell, why = '') {
  if (cell && graph.valid(cell)) return cellAccount(graph, view, cell);
  if (!view.trace || why === 'example') return emptyAccount(why);
  return answerAccount(graph, view.trace, view.note ?? '');
}

/** @param {Graph} graph @param {View} view @param {Cell} cell @returns {CellAccount} */
function cellAccount(graph, { trace }, cell) {
  const value = trace?.get(cell.layer)?.data[graph.offset(cell)] ?? null;
  return {
    kind: 'cell',
    cell,
    title: cell.layer,
    place: placeName(graph, cell),
    value,
    valueText: value === null ? '' : own(value),
  };
}

/** Of exponentials: four significant ones for the largest, which is 1. @type {Digits} */
const DIGITS = { decimals: 3, exponent: 0 };
/** Decimals of scores: as many as make what follows from them come out as shown. */
const LEAST = 3;
const MOST = 6;
const MANY = 1e6; // times

/** @typedef {{ short: string, long: string }} Doubt beside the guess; as a sentence of the account */

/** @type {Doubt} */
const NONE = { short: '', long: '' };

/**
 * The scores are found by structure: what the final softmax reads.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {string} note what the picture itself says against the answer
 * @returns {AnswerAccount}
 */
function answerAccount(graph, trace, note) {
  const softmaxLayer = graph.output;
  const scoreLayer = scoreLayerOf(graph);
  const scores = [...(trace.get(scoreLayer ?? graph.output)?.data ?? [])];
  const digits = { decimals: decimalsOf(scores), exponent: 0 };
  const rows = rowsOf(graph, trace, scores, digits);
  const [first = NOBODY, second = null] = rows.toSorted((a, b) => a.rank - b.rank);
  const sum = rows.reduce((total, { exponential }) => total + exponential, 0);
  const { name, probabilityText } = first;
  const largest = Math.max(...scores);
  const energy = scoreLayer === null ? null : largest + Math.log(sum);
  const doubt = doubtOf(graph, energy, note);
  const lead = leadOf(first, second ?? first, digits);
  return {
    kind: 'answer',
    title: message('answer.why', { class: name }),
    ...{ name, probabilityText, energy, scoreLayer, softmaxLayer, rows },
    doubtText: doubt.short,
    second: second && { name: second.name, probabilityText: second.probabilityText },
    ...lead,
    lessText: less(unitsOf(largest, digits), digits),
    sumText: number(sum, DIGITS.decimals),
    roundingText: roundingOf(rows, sum),
    ...said(first, second, lead, scoreLayer !== null, doubt),
  };
}

/** @type {AnswerRow} */
const NOBODY = {
  ...{ name: '', channel: 0, score: 0, scoreText: '', exponential: 0, exponentialText: '' },
  ...{ probability: 0, probabilityText: '', rank: 0 },
};

/**
 * So many that e to each difference as shown is the exponential as shown, and e to the lead as shown
 * is how many times as likely that makes it.
 * @param {readonly number[]} scores
 */
function decimalsOf(scores) {
  const [first = 0, second = first] = scores.toSorted((a, b) => b - a);
  const agree = (/** @type {number} */ decimals) => {
    const units = (/** @type {number} */ score) => unitsOf(score, { decimals, exponent: 0 });
    const away = (/** @type {number} */ score) => (units(score) - units(first)) / 10 ** decimals;
    const same = (/** @type {number} */ score) =>
      unitsOf(Math.exp(away(score)), DIGITS) === unitsOf(Math.exp(score - first), DIGITS);
    return timesOf(-away(second)) === timesOf(first - second) && scores.every(same);
  };
  let decimals = LEAST;
  while (decimals < MOST && !agree(decimals)) decimals++;
  return decimals;
}

/** @param {Graph} graph @param {Tensors} trace @param {readonly number[]} scores @param {Digits} digits @returns {AnswerRow[]} */
function rowsOf(graph, trace, scores, digits) {
  const values = [...(trace.get(graph.output)?.data ?? [])];
  const largest = Math.max(...scores);
  const order = ranked(values);
  return scores.map((score, channel) => {
    const probability = values[channel] ?? 0;
    const exponential = Math.exp(score - largest);
    return {
      ...{ name: graph.classes[channel] ?? String(channel), channel, score, exponential },
      scoreText: written(unitsOf(score, digits), digits),
      exponentialText: number(exponential, DIGITS.decimals),
      ...{ probability, rank: order.indexOf(channel) },
      probabilityText: answerText(graph, values, channel),
    };
  });
}

/** What the shown exponentials lack to make the shown sum; null when they add up. */
/** @param {AnswerRow[]} rows @param {number} sum */
function roundingOf(rows, sum) {
  const shown = rows.reduce((total, { exponential }) => total + unitsOf(exponential, DIGITS), 0);
  const lacking = unitsOf(sum, DIGITS) - shown;
  return lacking ? writtenSigned(lacking, DIGITS) : null;
}

/** The lead of what is shown: 2.210 over 0.061 is 2.149 on the screen, too. */
/** @param {AnswerRow} first @param {AnswerRow} second @param {Digits} digits */
function leadOf(first, second, digits) {
  const lead = first.score - second.score;
  const units = unitsOf(first.score, digits) - unitsOf(second.score, digits);
  return { lead, leadText: written(units, digits), timesText: timesOf(lead) };
}

/** @param {number} lead @returns {string} how many times as likely */
function timesOf(lead) {
  const times = Math.exp(lead);
  return times >= MANY ? message('answer.million') : about(times);
}

/**
 * Softmax shares out certainty even where there is nothing to be certain of; the energy tells.
 * The picture may say more: a dot, or one of several digits, has the energy of a plain digit.
 * @param {Graph} graph
 * @param {number | null} energy
 * @param {string} note
 * @returns {Doubt} why this is hardly a digit; empty when it may well be one
 */
function doubtOf({ spec }, energy, note) {
  if (note) return { short: note, long: note };
  const threshold = spec.energy_threshold ?? null;
  if (energy === null || threshold === null || energy >= threshold) return NONE;
  const digits = { decimals: 2, exponent: 0 };
  const { first, second } = compared({ value: energy, digits }, { value: threshold, digits });
  const long = message('answer.low', { energy: first, threshold: second });
  return { short: message('guess.doubt'), long };
}

/** @param {AnswerRow} first @param {AnswerRow | null} second @param {ReturnType<typeof leadOf>} lead @param {boolean} softmax @param {Doubt} doubt */
function said(first, second, { leadText, timesText }, softmax, doubt) {
  const guess = { class: first.name, share: first.probabilityText };
  const read =
    second && softmax
      ? message('answer.leads', { ...guess, lead: leadText })
      : message('answer.read', guess);
  const unsure = doubt.short && sentence(doubt.short);
  const line = [unsure, read, message('answer.point')].filter(Boolean).join(' ');
  if (!second) return { sentences: [], line };
  const rival = message('answer.second', { class: second.name, share: second.probabilityText });
  const because = [
    message('answer.lead', { lead: leadText, times: timesText }),
    message('answer.point.here'),
  ];
  return { sentences: [rival, ...(doubt.long ? [doubt.long] : softmax ? because : [])], line };
}

/** @param {string} text @returns {string} with a full stop */
function sentence(text) {
  return /\p{P}$/u.test(text) ? text : `${text}.`;
}

// "Why 3?": scores, exponentials and shares, with digits that add up as they are shown.

import { grouped, number, percent, signed } from './format.js';

/** @import { Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { AnswerAccount, AnswerRow } from './types.d.ts' */

const DIGITS = 3; // of exponentials: four significant ones for the largest, which is 1

/**
 * The scores are found by structure: what the final softmax reads.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @returns {AnswerAccount}
 */
export function answerAccount(graph, trace) {
  const softmaxLayer = graph.output;
  const scoreLayer = scoreLayerOf(graph);
  const rows = rowsOf(graph, trace, scoreLayer);
  const [first = NOBODY, second = null] = rows.toSorted((a, b) => a.rank - b.rank);
  const sum = rows.reduce((total, { exponential }) => total + exponential, 0);
  const { name, probabilityText } = first;
  const lead = second ? first.score - second.score : 0;
  const largest = Math.max(...rows.map(({ score }) => score));
  const energy = scoreLayer === null ? null : largest + Math.log(sum);
  const doubt = doubtOf(graph, energy);
  return {
    ...{ kind: 'answer', title: `Why ${name}?`, name, probabilityText, energy },
    unsure: doubt !== null,
    second: second && { name: second.name, probabilityText: second.probabilityText },
    ...{ scoreLayer, softmaxLayer, rows, lead },
    largestText: number(largest, 2),
    sumText: number(sum, DIGITS),
    roundingText: roundingOf(rows, sum),
    leadText: second ? leadOf(first, second) : '',
    timesText: timesOf(lead),
    sentences: second ? sentencesOf(first, second, scoreLayer !== null, doubt) : [],
    line: `${doubt ? 'Not sure this is a digit. ' : ''}${lineOf(first, second, scoreLayer !== null)}`,
  };
}

/** @type {AnswerRow} */
const NOBODY = {
  ...{ name: '', channel: 0, score: 0, scoreText: '', exponential: 0, exponentialText: '' },
  ...{ probability: 0, probabilityText: '', rank: 0 },
};

/** @param {Graph} graph @returns {string | null} what the final softmax reads */
function scoreLayerOf(graph) {
  const { kind, inputs } = graph.layer(graph.output);
  return kind === 'softmax' ? (inputs[0] ?? null) : null;
}

/** @param {Graph} graph @param {Tensors} trace @param {string | null} scoreLayer @returns {AnswerRow[]} */
function rowsOf(graph, trace, scoreLayer) {
  const values = [...(trace.get(graph.output)?.data ?? [])];
  const scores = [...(trace.get(scoreLayer ?? graph.output)?.data ?? [])];
  const largest = Math.max(...scores);
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
  return scores.map((score, channel) => {
    const probability = values[channel] ?? 0;
    const exponential = Math.exp(score - largest);
    return {
      ...{ name: graph.classes[channel] ?? String(channel), channel, score, exponential },
      scoreText: number(score, 2),
      exponentialText: number(exponential, DIGITS),
      ...{ probability, rank: order.indexOf(channel) },
      probabilityText: scoreLayer ? percent(probability) : number(probability, 3),
    };
  });
}

/** What the shown exponentials lack to make the shown sum; null when they add up. */
/** @param {AnswerRow[]} rows @param {number} sum */
function roundingOf(rows, sum) {
  const unit = 10 ** DIGITS;
  const shown = rows.reduce(
    (total, row) => total + Math.round(Number(row.exponentialText) * unit),
    0,
  );
  const lacking = Math.round(Number(number(sum, DIGITS)) * unit) - shown;
  return lacking ? signed(lacking / unit, DIGITS) : null;
}

/** The lead of what is shown: 2.21 over 0.06 is 2.15 on the screen, too. */
/** @param {AnswerRow} first @param {AnswerRow} second */
function leadOf(first, second) {
  const cents = (/** @type {AnswerRow} */ { score }) => Math.round(Number(score.toFixed(2)) * 100);
  return number((cents(first) - cents(second)) / 100, 2);
}

/** @param {number} lead @returns {string} how many times as likely */
function timesOf(lead) {
  const times = Math.exp(lead);
  if (times >= 1e6) return 'over a million';
  return times >= 10 ? grouped(times) : number(times, 1);
}

/**
 * Softmax shares out certainty even where there is nothing to be certain of; the energy tells.
 * @param {Graph} graph
 * @param {number | null} energy
 * @returns {string | null} why this is hardly a digit; null when it may well be one
 */
function doubtOf({ spec }, energy) {
  const threshold = spec.energy_threshold ?? null;
  if (energy === null || threshold === null || energy >= threshold) return null;
  return (
    `Not sure this is a digit: all scores together are low. Their energy, log Σ e^score, is ` +
    `${number(energy, 2)}, and few digits are below ${number(threshold, 2)}.`
  );
}

/** @param {AnswerRow} first @param {AnswerRow} second @param {boolean} softmax @param {string | null} doubt */
function sentencesOf(first, second, softmax, doubt) {
  const guess = `${second.name} is the second guess with ${second.probabilityText}.`;
  if (!softmax) return [guess];
  if (doubt) return [guess, doubt];
  const times = timesOf(first.score - second.score);
  return [
    guess,
    `Its score leads by ${leadOf(first, second)}. Softmax makes that ${times} times as likely.`,
    'Point at any square to see here how its number was computed.',
  ];
}

/** @param {AnswerRow} first @param {AnswerRow | null} second @param {boolean} softmax */
function lineOf(first, second, softmax) {
  const why = second && softmax ? `, because its score leads by ${leadOf(first, second)}` : '';
  return `${first.name} with ${first.probabilityText}${why}. Point at any square to see how its number was computed.`;
}

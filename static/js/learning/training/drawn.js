// The loss or the accuracy of runs as plain data for a plot: lines, brackets, axes.

import { message } from '../../text/messages.js';
import { grouped, short } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import * as series from './series.js';

/** @import { RunLine } from '../../wire/types.d.ts' */
/** @import { Look, RunShown } from './curves.js' */
/** @import { Axis, Bracket, Drawn, Line } from './plot.js' */
/** @import { Figure } from './series.js' */

/** Of a title that stands at the ends of lines, letters. */
const BRIEF = 9;
const SHARES = [0, 1, 0.9, 0.5, 0.99, 0.8, 0.98, 0.95, 0.995, 0.7];

/** @param {readonly RunShown[]} runs @param {number} i @returns {string} a title where all are brief, else a letter; '' for a run alone */
export function nameOf(runs, i) {
  if (runs.length < 2) return '';
  const brief = runs.every(({ title }) => title && title.length <= BRIEF);
  return brief ? (runs[i]?.title ?? '') : letterOf(i);
}

/** @param {number} i @returns {string} of a run among others: "A" */
export function letterOf(i) {
  return String.fromCharCode('A'.charCodeAt(0) + i);
}

/** @param {readonly RunShown[]} runs @param {Figure} figure @param {Look} look */
export function drawnOf(runs, figure, look) {
  const several = runs.length > 1;
  const all = runs.map(({ lines }) => series.seriesOf(lines, figure, look.by));
  const name = (/** @type {number} */ i, /** @type {'training' | 'validation'} */ role) =>
    several
      ? message(`training.curves.${role}.of`, { name: nameOf(runs, i) })
      : message(`training.curves.${role}`);
  const lines = all.flatMap(({ batches, training, validation }, i) => [
    /** @type {Line} */ ({ kind: `batches run-${i}`, points: batches }),
    /** @type {Line} */ ({
      ...{ kind: `training run-${i}`, points: training },
      ...{ marks: 'dot', name: name(i, 'training') },
    }),
    /** @type {Line} */ ({
      ...{ kind: `validation run-${i}`, points: validation },
      ...{ marks: 'box', name: name(i, 'validation') },
    }),
  ]);
  const brackets = runs.flatMap(({ lines }) => bracketOf(lines, figure, look, several));
  const names = [...lines, ...brackets].map((one) => one.name ?? '');
  return {
    x: axisAcross(runs, look),
    y: figure === 'accuracy' ? shareAxis(look) : lossAxis(lines, look),
    ...{ lines, brackets, ends: 3 + Math.max(...names.map(({ length }) => length)) },
  };
}

/** @param {readonly RunLine[]} lines @param {Figure} figure @param {Look} look @param {boolean} several @returns {Bracket[]} */
function bracketOf(lines, figure, { by }, several) {
  const last = series.lastEvaluation(lines);
  const gap = last && series.gapOf(last, figure);
  if (!last || !gap) return [];
  const between = /** @type {const} */ ([
    last[`train_${figure}`] ?? 0,
    last[`validation_${figure}`] ?? 0,
  ]);
  const name = several ? '' : message(`training.curves.gap.${figure}`, { gap: gap.gap });
  return [{ kind: 'gap', x: last[by], between, name }];
}

/** @param {readonly RunShown[]} runs @param {Look} look @returns {Axis} */
export function axisAcross(runs, { by, early }) {
  const ends = runs.map(({ lines, steps }) => {
    const last = lines.at(-1);
    if (!last?.step) return by === 'step' ? steps : 1;
    return by === 'step'
      ? Math.max(steps, last.step)
      : (last.epoch / last.step) * Math.max(steps, last.step);
  });
  const most = Math.max(...ends) || 1;
  const first = runs.flatMap(({ lines }) => lines.map((line) => line[by])).filter((x) => x > 0);
  const unit = first.length ? Math.min(...first) : 1;
  const bend = early ? series.early(unit) : series.even;
  return {
    scale: (from, to) => series.scaleOf(bend, [0, most], [from, to]),
    ticks: (room) =>
      early
        ? [0, ...series.powersOf(unit, most)]
        : series.ticksOf(0, most, room, by === 'step' ? 1 : 0),
    write: by === 'step' ? grouped : short,
  };
}

/** @param {Look} look @returns {Axis} */
function shareAxis({ near }) {
  const bend = near ? series.nearAll : series.even;
  return {
    scale: (from, to) => series.scaleOf(bend, [0, 1], [from, to]),
    ticks: (room) => (near ? SHARES : series.ticksOf(0, 1, room)),
    write: (share) => percent(share, { decimals: share > 0.99 && share < 1 ? 1 : 0 }),
  };
}

/** @param {readonly Line[]} lines @param {Look} look @returns {Axis} */
function lossAxis(lines, { near }) {
  const all = lines.flatMap(({ points }) => points.map(([, y]) => y)).filter(Number.isFinite);
  const high = Math.max(...all) || 1;
  const evaluated = lines.flatMap(({ marks, points }) => (marks ? points.map(([, y]) => y) : []));
  const above = (evaluated.some((y) => y > 0) ? evaluated : all).filter((y) => y > 0);
  const low = near ? Math.min(high, ...above) / 2 : 0;
  return {
    scale: (from, to) =>
      series.scaleOf(near ? series.logarithm : series.even, [low, high], [from, to]),
    ticks: (room) => (near ? series.powersOf(low, high) : series.ticksOf(0, high, room)),
    write: short,
  };
}

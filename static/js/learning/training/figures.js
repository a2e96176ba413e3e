// What is said of the curves of a training: the figures at a place, the gap and what it means, a table.

import { message } from '../../text/messages.js';
import { grouped, own, short } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { html } from '../../ui/dom.js';
import { FIGURES, gapOf, lastEvaluation, meaningOf } from './series.js';

/** @import { RunLine } from '../../wire/types.d.ts' */
/** @import { Look, RunShown } from './curves.js' */

/** Evaluations in the table. */
const ROWS = 24;

/** @param {string} name of a run among others */
const before = (name) => name && `${name}: `;

/** To what a head says of it. @param {number} epoch */
const round = (epoch) => Math.round(100 * epoch) / 100;

/** What is known of a run at a place; at its end where nothing is pointed at. */
/** @param {RunShown} run @param {string} name @param {Look} look @returns {string} */
export function figuresText(run, name, { by, at }) {
  const lines = at === null ? run.lines : run.lines.filter((line) => line[by] <= at);
  const batch = lines.findLast(({ kind }) => kind === 'step');
  const evaluation = lastEvaluation(lines);
  const last = lines.at(-1);
  if (!last) return `${before(name)}${message('training.curves.nothing')}`;
  const gaps = { name: before(name), step: grouped(last.step), epoch: short(round(last.epoch)) };
  const parts = [message('training.curves.at', gaps)];
  if (batch) parts.push(message('training.curves.at.batch', textsOf(batch, '')));
  if (evaluation) {
    const { loss: held, accuracy: right } = textsOf(evaluation, 'validation_');
    const given = { step: grouped(evaluation.step), ...textsOf(evaluation, 'train_'), held, right };
    parts.push(message('training.curves.at.evaluation', given));
  }
  return parts.join(' ');
}

/** @param {RunLine} line @param {'' | 'train_' | 'validation_'} of */
function textsOf(line, of) {
  const [loss, share] = [line[`${of}loss`], line[`${of}accuracy`]];
  return { loss: own(loss ?? NaN), accuracy: percent(share ?? NaN) };
}

/** The gap in words, and where numbers ended. @param {readonly RunLine[]} lines @param {string} name '' for a run alone @returns {string[]} */
export function tellingOf(lines, name) {
  const lost = lines.find(({ kind, loss }) => kind === 'step' && loss === null);
  if (lost)
    return [message('training.curves.diverged', { step: grouped(lost.step), name: before(name) })];
  const last = lastEvaluation(lines);
  const gap = last && gapOf(last, 'accuracy');
  if (!gap) return [];
  const gaps = { name: before(name), ...gap };
  return [
    `${message('training.curves.gap', gaps)} ${message(`training.curves.gap.${meaningOf(lines)}`)}`,
  ];
}

/** The last evaluations, once somebody asks for them. */
export function createTable() {
  const body = html('div', { class: 'plot-table', tabindex: 0, role: 'group' });
  const summary = html('summary', {}, message('training.curves.table'));
  const element = html('details', { class: 'plot-details' }, summary, body);
  body.setAttribute('aria-label', message('training.curves.table'));
  /** @type {readonly RunShown[]} */
  let runs = [];
  const build = () => element.open && body.replaceChildren(...runs.map(tableOf));
  element.addEventListener('toggle', build);
  return {
    element,
    show(/** @type {readonly RunShown[]} */ next) {
      runs = next;
      build();
    },
  };
}

/** @param {RunShown} run */
function tableOf({ title, lines }) {
  const three = /** @type {const} */ (['training', 'validation', 'gap']);
  const heads = /** @type {const} */ (['step', 'epoch', ...three, ...three]);
  const columns = heads.map((head) =>
    html('th', { scope: 'col' }, message(`training.table.${head}`)),
  );
  const over = FIGURES.map((figure) =>
    html('th', { scope: 'colgroup', colspan: 3 }, message(`training.curves.${figure}`)),
  );
  const rows = lines.filter(({ kind }) => kind === 'evaluation').slice(-ROWS);
  const body = rows.map((line) => {
    const figures = FIGURES.flatMap((figure) => {
      const { training = '–', validation = '–', gap = '–' } = gapOf(line, figure) ?? {};
      return [training, validation, gap];
    });
    const cells = [short(line.epoch), ...figures].map((text) => html('td', {}, text));
    return html('tr', {}, html('th', { scope: 'row' }, grouped(line.step)), ...cells);
  });
  return html(
    'table',
    {},
    html('caption', {}, title),
    html(
      'thead',
      {},
      html('tr', {}, html('td', { colspan: 2 }), ...over),
      html('tr', {}, ...columns),
    ),
    html('tbody', {}, ...body),
  );
}

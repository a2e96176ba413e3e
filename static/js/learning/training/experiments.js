// Ready-made experiments: a question, the trainings that answer it, and what came out when they were tried.

import { known, message } from '../../text/messages.js';
import { listed, number } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { button, html } from '../../ui/dom.js';
import { untilAnswered } from '../../wire/ask.js';
import { fetchExperiments } from '../../wire/runs.js';

/** @import { Key } from '../../text/messages.js' */
/** @import { Experiment, ExperimentList, ExperimentRun, RunBody } from '../../wire/types.d.ts' */

const HUNDRED = 100;

/** @param {(bodies: readonly RunBody[]) => Promise<void>} begin */
export function createExperiments(begin) {
  /** @type {ExperimentList | null} */
  let all = null;
  const select = html('select', { onchange: () => show(select.value) });
  const label = html('label', {}, html('span', {}, message('training.experiments')), select);
  const body = html('div', { class: 'experiment' });
  const element = html('div', { class: 'training-experiments', hidden: true }, label, body);
  void untilAnswered(fetchExperiments).then((found) => {
    all = found;
    const none = html('option', { value: '' }, message('training.experiments.none'));
    const options = found.experiments.map(({ id }) =>
      html('option', { value: id }, wordOf(id, 'title')),
    );
    select.replaceChildren(none, ...options);
    element.hidden = false;
  });

  /** @param {string} id */
  function show(id) {
    const chosen = all?.experiments.find((one) => one.id === id);
    body.replaceChildren(...(all && chosen ? partsOf(chosen, all, begin) : []));
  }
  return { element };
}

/** @param {Experiment} experiment @param {ExperimentList} all @param {(bodies: readonly RunBody[]) => Promise<void>} begin */
function partsOf(experiment, all, begin) {
  const { id, runs } = experiment;
  const start = button(
    { class: 'action strong' },
    message('training.experiments.start', { count: runs.length }),
  );
  start.addEventListener('click', () => {
    start.disabled = true;
    const bodies = runs.map(({ name, body }) => ({ ...body, title: nameOf(id, name) }));
    void begin(bodies).finally(() => (start.disabled = false));
  });
  const said = /** @type {const} */ (['same', 'look']).map((what) =>
    html('p', {}, html('b', {}, message(`training.experiments.${what}`)), ' ', wordOf(id, what)),
  );
  return [
    html('p', { class: 'experiment-question' }, wordOf(id, 'question')),
    ...[...said, start],
    ...(runs.every(({ figures }) => Object.keys(figures).length) ? [foundOf(experiment, all)] : []),
  ];
}

/** @param {Experiment} experiment @param {ExperimentList} all */
function foundOf({ id, runs, judged, ordered }, { seeds }) {
  const head = /** @type {Key} */ (`training.figure.${judged}`);
  const rows = runs.map((run) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, nameOf(id, run.name)),
      html('td', {}, spreadOf(run, judged)),
    ),
  );
  const clear = (/** @type {string} */ one, /** @type {string} */ other) =>
    ordered.some((pair) => pair.includes(one) && pair.includes(other));
  const alike = runs.flatMap(({ name }, i) =>
    runs.slice(i + 1).flatMap((other) => (clear(name, other.name) ? [] : [[name, other.name]])),
  );
  return html(
    'details',
    {},
    html('summary', {}, message('training.experiments.found')),
    html('p', {}, wordOf(id, 'answer')),
    html('p', {}, message('training.experiments.tried', { count: seeds.length })),
    html(
      'table',
      {},
      html('thead', {}, html('tr', {}, html('td'), html('th', { scope: 'col' }, message(head)))),
      html('tbody', {}, ...rows),
    ),
    ...alike.map((pair) =>
      html(
        'p',
        {},
        message('training.experiments.alike', {
          names: listed(pair.map((one) => nameOf(id, one))),
        }),
      ),
    ),
  );
}

/** @param {ExperimentRun} run @param {string} judged @returns {string} "98.31 % to 98.62 %" */
function spreadOf({ figures }, judged) {
  const values = figures[judged] ?? [];
  const text = (/** @type {number} */ value) =>
    judged === 'gap'
      ? message('training.points', { points: number(HUNDRED * value, 2) })
      : percent(value, { decimals: 2 });
  const [least, most] = [text(Math.min(...values)), text(Math.max(...values))];
  return least === most ? least : message('training.experiments.spread', { least, most });
}

/** @param {string} id @param {string} what */
function wordOf(id, what) {
  const key = known(`training.experiment.${id}.${what}`);
  return key ? message(key) : id;
}

/** @param {string} id of the experiment @param {string} name of one of its runs */
function nameOf(id, name) {
  const key = known(`training.experiment.${id}.run.${name}`);
  return key ? message(key) : name;
}

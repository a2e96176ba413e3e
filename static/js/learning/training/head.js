// The head of a run that is looked at: what it is, how far it is, and what it can be told.

import { message } from '../../text/messages.js';
import { timeText } from '../../text/moments.js';
import { grouped, number } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { button, html, icon, saveFile, say } from '../../ui/dom.js';
import { fetchTable, isOver } from '../../wire/runs.js';

/** @import { Run } from '../../wire/types.d.ts' */
/** @import { Wish } from '../../wire/runs.js' */

/**
 * @typedef {object} Acts what can be done with a run
 * @property {(run: Run, wish: Wish) => void} wish
 * @property {(run: Run) => void} again the same, with the same seed
 * @property {(run: Run) => void} alter the form takes its choices
 * @property {(run: Run) => void} leave it is looked at no more
 */

/** @param {Acts} acts */
export function createHead(acts) {
  /** @type {Run | null} */
  let shown = null;
  const act = (/** @type {(run: Run) => void} */ does) => () => void (shown && does(shown));
  const hands = createHands(acts, act);
  const links = createLinks(act);
  const label = message('training.leave');
  const leave = { class: 'button', 'aria-label': label, title: label, onclick: act(acts.leave) };
  const title = html('h3', {});
  const state = html('p', { class: 'training-state', role: 'status' });
  const bar = html('progress', { 'aria-label': message('training.progress') });
  const sentence = html('p', { class: 'training-sentence', lang: 'en' });
  const figures = html('dl', { class: 'training-figures' });
  return {
    element: html(
      'section',
      { class: 'training-head' },
      html('div', { class: 'training-title' }, title, button(leave, icon('close'))),
      ...[state, bar, sentence, figures, hands.element, ...links.elements],
    ),
    /** @param {Run} run @param {string} name */
    show(run, name) {
      shown = run;
      say(title, name);
      say(state, stateText(run));
      say(sentence, run.sentence);
      const ended = run.state === 'finished';
      Object.assign(bar, { value: run.step, max: Math.max(1, run.steps), hidden: ended });
      showFigures(figures, run);
      hands.show(run);
      links.show(run);
    },
  };
}

/** @param {Acts} acts @param {(does: (run: Run) => void) => () => void} act */
function createHands({ wish, again, alter }, act) {
  const tool = (/** @type {Wish} */ name, /** @type {string} */ shape = '') =>
    button(
      { class: 'action', onclick: act((run) => wish(run, name)) },
      shape ? icon(shape) : null,
      message(`training.wish.${name}`),
    );
  const [pause, resume] = [tool('pause', 'pause'), tool('resume', 'play')];
  const [step, stop] = [tool('step'), tool('stop')];
  const change = button({ class: 'action', onclick: act(alter) }, message('training.alter'));
  const more = [
    button({ class: 'action', onclick: act(again) }, message('training.again')),
    change,
  ];
  return {
    element: html('div', { class: 'training-acts' }, pause, resume, step, stop, ...more),
    /** @param {Run} run */
    show(run) {
      const goes = run.by === 'server' && !isOver(run);
      const rests = run.by === 'server' && (run.state === 'paused' || run.state === 'failed');
      pause.hidden = !goes || rests;
      resume.hidden = !rests;
      step.hidden = stop.hidden = !goes;
      change.hidden = run.handwriting; // no form has its choices
    },
  };
}

/** Files of a run, and what repeats it. @param {(does: (run: Run) => void) => () => void} act */
function createLinks(act) {
  const open = html('a', {}, message('training.open'));
  const weights = html('a', { download: '' }, message('training.weights'));
  const table = button({ class: 'link', onclick: act(saveTable) }, message('training.table'));
  const command = html('code', {});
  const repeat = html('p', { class: 'training-command' }, message('training.command'), command);
  return {
    elements: [html('p', { class: 'training-links' }, open, weights, table), repeat],
    /** @param {Run} run */
    show(run) {
      open.href = `./?model=${encodeURIComponent(run.model)}`;
      weights.href = `api/runs/${encodeURIComponent(run.id)}/weights`;
      open.hidden = weights.hidden = !run.latest;
      say(command, run.command);
      repeat.hidden = !run.command;
    },
  };
}

/** @param {Run} run */
async function saveTable({ id }) {
  saveFile(await fetchTable(id), `${id}.csv`);
}

/** @param {Run} run "Running: step 1,200 of 2,580, epoch 1.4, for 0:23" */
function stateText({ state, step, steps, epoch, seconds }) {
  const gaps = {
    step: grouped(step),
    steps: grouped(steps),
    epoch: number(epoch, 2),
    time: timeText(seconds),
  };
  return message(`training.state.${state}`, gaps);
}

/** @param {HTMLElement} list @param {Run} run */
function showFigures(list, run) {
  const found = /** @type {const} */ ([
    ['loss', run.loss === null ? null : number(run.loss, 3)],
    ...['accuracy', 'train_accuracy', 'validation_accuracy', 'test_accuracy'].map((name) => {
      const share = run[/** @type {'accuracy'} */ (name)];
      return [name, share === null ? null : percent(share, { decimals: 2 })];
    }),
  ]);
  const there = found.filter(([, text]) => text !== null);
  const text = there.map((pair) => pair.join()).join();
  if (list.dataset['shown'] === text) return;
  list.dataset['shown'] = text;
  list.replaceChildren(
    ...there.map(([name, value]) =>
      html(
        'div',
        {},
        html('dt', {}, message(/** @type {any} */ (`training.figure.${name}`))),
        html('dd', {}, value ?? ''),
      ),
    ),
  );
}

// What is made of the drawings: a training, files to take away, or nothing any more.

import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { button, html, saveFile, say } from '../../ui/dom.js';
import { choiceOf } from '../../ui/effect.js';
import { isHere } from '../../sets/fetching.js';
import { fetchArchive } from '../../wire/handwriting.js';

/** @import { HandState } from './state.js' */
/** @import { Wanted } from './state.js' */

/** Images of MNIST that can be learnt from beside the drawings. */
const BESIDE = [1000, 0, 5000];
/** So long a second press deletes, ms. */
const THINKS = 10_000;

/** @param {(wanted: Wanted) => Promise<unknown>} begin @param {readonly HTMLElement[]} fetching MNIST, where it is not here */
export function createTrain(begin, fetching) {
  /** @type {Wanted} */
  let wanted = { pretrained: true, mnist: BESIDE[0] ?? 0, augmented: 'both' };
  const from = choiceOf(
    { yes: message('handwriting.from.lenet'), no: message('handwriting.from.random') },
    (one) => (wanted = { ...wanted, pretrained: one === 'yes' }),
  );
  const augmented = choiceOf(
    { no: message('training.no'), yes: message('training.yes'), both: message('handwriting.both') },
    (one) => (wanted = { ...wanted, augmented: /** @type {Wanted['augmented']} */ (one) }),
  );
  from.choose('yes');
  augmented.choose('both');
  const beside = html(
    'select',
    { name: 'beside', onchange: () => (wanted = { ...wanted, mnist: Number(beside.value) }) },
    ...BESIDE.map((count) =>
      html(
        'option',
        { value: count },
        count
          ? message('handwriting.beside', { count: grouped(count) })
          : message('handwriting.alone'),
      ),
    ),
  );
  const field = (
    /** @type {Parameters<typeof message>[0]} */ key,
    /** @type {HTMLElement} */ what,
  ) => html('fieldset', { class: 'hand-field' }, html('legend', {}, message(key)), what);
  const act = button({ class: 'action strong' }, message('handwriting.train'));
  act.addEventListener('click', () => {
    act.disabled = true;
    const here = !beside.disabled;
    void begin(here ? wanted : { ...wanted, mnist: 0 }).finally(() => (act.disabled = false));
  });
  const without = html('div', { class: 'training-data' }, ...fetching);
  beside.setAttribute('aria-label', message('handwriting.beside.title'));
  return {
    element: html(
      'section',
      { class: 'hand-train' },
      html('h3', {}, message('handwriting.train.title')),
      field('handwriting.from', from.element),
      field('handwriting.beside.title', beside),
      without,
      field('handwriting.augmented', augmented.element),
      html('p', { class: 'hand-small' }, message('handwriting.open')),
      act,
    ),
    /** @param {Readonly<HandState>} state */
    show({ data }) {
      const here = Boolean(data && isHere(data));
      without.hidden = here;
      if (beside.disabled === !here) return;
      beside.disabled = !here;
      beside.value = String(here ? wanted.mnist : 0);
    },
  };
}

/** @param {(path: string) => Promise<unknown>} attempt to fetch an archive and save it @param {(runs: boolean) => Promise<unknown>} remove */
export function createAway(attempt, remove) {
  const save = (/** @type {'idx' | 'pngs'} */ what) =>
    button(
      { class: 'action', onclick: () => void attempt(what) },
      message(`handwriting.save.${what}`),
    );
  const too = html('input', { type: 'checkbox', name: 'runs', checked: true });
  const says = html('span', {});
  const runs = html('label', { hidden: true }, too, says);
  const text = message('handwriting.all');
  const all = button({ class: 'action hand-all' }, text);
  let [sure, count] = [false, 0];
  const ask = (/** @type {boolean} */ next) => {
    sure = next;
    runs.hidden = !sure || !count;
    say(all, sure ? message('handwriting.all.sure') : text);
  };
  all.addEventListener('click', () => {
    if (sure) void remove(too.checked && count > 0).finally(() => ask(false));
    else {
      ask(true);
      setTimeout(() => ask(false), THINKS);
    }
  });
  return {
    element: html(
      'section',
      { class: 'hand-away' },
      html('h3', {}, message('handwriting.away')),
      html('p', { class: 'hand-small' }, message('handwriting.away.what')),
      html('div', { class: 'hand-row' }, save('idx'), save('pngs')),
      html('p', { class: 'hand-small' }, message('handwriting.away.runs')),
      html('div', { class: 'hand-row' }, all, runs),
    ),
    /** @param {Readonly<HandState>} state */
    show({ all: there }) {
      count = there?.runs.length ?? 0;
      say(says, message('handwriting.all.runs', { count }));
    },
  };
}

/** @param {string} path */
export async function saveArchive(path) {
  const name = path.replace(/\?.*/, '').replaceAll('/', '-');
  saveFile(await fetchArchive(path), `handwriting-${name}.zip`);
}

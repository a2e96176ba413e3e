// Sets of images: MNIST to be fetched where it is not here, how far that is, and what is wrong with others.

import { message } from '../../text/messages.js';
import { grouped, number } from '../../text/numbers.js';
import { button, html, say } from '../../ui/dom.js';
import { untilAnswered } from '../../wire/ask.js';
import { fetchData, fetchSet } from '../../wire/runs.js';

/** @import { DataFetch, DataSet } from '../../wire/types.d.ts' */
/** @import { TrainingState, TrainingStore } from './state.js' */

const FETCHED = 'mnist';
/** How often it is asked how far it is, ms. */
const LOOK_EVERY = 500;
const MEGA = 1e6;

/** @param {TrainingStore} store @param {(act: () => Promise<unknown>) => Promise<void>} attempt */
export function createData(store, attempt) {
  async function look() {
    const data = await untilAnswered(fetchData);
    store.set({ data });
    if (data.fetch.state === 'running') setTimeout(look, LOOK_EVERY);
  }
  const fetched = () => attempt(() => fetchSet(FETCHED).finally(look));
  const act = button({ class: 'action', onclick: () => void fetched() }, message('training.fetch'));
  const says = html('p', { role: 'status' });
  const bar = html('progress', { 'aria-label': message('training.fetching.label') });
  const wrong = html('ul', { class: 'training-wrong' });
  const about = html('p', { class: 'training-about' });
  const element = html('div', { class: 'training-data' }, about, says, bar, act, wrong);
  void look();
  /** @type {unknown} */
  let built = null;
  return {
    element,
    /** @param {Readonly<TrainingState>} state */
    show({ data, choices }) {
      if (!data) return;
      const { sets, fetch } = data;
      const here = sets.some(({ id, problem }) => id === FETCHED && !problem);
      const running = fetch.state === 'running';
      const chosen = sets.find(({ id, problem }) => id === choices?.data && !problem);
      say(about, chosen ? aboutText(chosen) : '');
      say(says, here ? '' : fetchText(fetch));
      act.hidden = here || running;
      bar.hidden = !running;
      Object.assign(bar, { value: fetch.done ?? 0, max: Math.max(1, fetch.total ?? 0) });
      if (built === sets) return;
      built = sets;
      const ill = sets.filter(({ id, problem }) => problem && (here || id !== FETCHED));
      wrong.replaceChildren(
        ...ill.map((one) => html('li', { lang: 'en' }, one.title, ': ', one.problem)),
      );
    },
  };
}

/** @param {DataFetch} fetch */
function fetchText({ state, file, done = 0, total = 0, sentence = '' }) {
  if (state === 'running')
    return message('training.fetching', {
      file: file || FETCHED,
      done: number(done / MEGA, 1),
      total: number(total / MEGA, 1),
    });
  if (state === 'failed') return message('training.fetch.failed', { why: sentence });
  return message('training.fetch.none');
}

/** @param {DataSet} set */
function aboutText({ images, classes, strokes }) {
  const gaps = {
    train: grouped(images?.train ?? 0),
    test: grouped(images?.test ?? 0),
    classes: String(classes.length),
    names: classes.join(', '),
  };
  return message(strokes ? 'training.data.strokes' : 'training.data.pictures', gaps);
}

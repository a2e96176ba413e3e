// MNIST, where it is not here: to be fetched by the server, and how far that is.

import { message } from '../text/messages.js';
import { number } from '../text/numbers.js';
import { button, html, say } from '../ui/dom.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchSet } from '../wire/runs.js';
import { fetchSets } from '../wire/sets.js';

/** @import { DataFetch, DataList } from '../wire/types.d.ts' */

export const FETCHED = 'mnist';
/** How often it is asked how far it is, ms. */
const LOOK_EVERY = 500;
const MEGA = 1e6;

/** @param {(data: DataList) => void} onData hears which sets there are, while one is fetched again and again @param {(act: () => Promise<unknown>) => Promise<void>} attempt */
export function createFetching(onData, attempt) {
  async function look() {
    const data = await untilAnswered(fetchSets);
    onData(data);
    if (data.fetch.state === 'running') setTimeout(look, LOOK_EVERY);
  }
  const fetched = () => attempt(() => fetchSet(FETCHED).finally(look));
  const act = button({ class: 'action', onclick: () => void fetched() }, message('training.fetch'));
  const says = html('p', { role: 'status' });
  const bar = html('progress', { 'aria-label': message('training.fetching.label') });
  void look();
  return {
    elements: [says, bar, act],
    /** @param {DataList} data */
    show({ sets, fetch }) {
      const here = isHere({ sets });
      const running = fetch.state === 'running';
      say(says, here ? '' : fetchText(fetch));
      act.hidden = here || running;
      bar.hidden = !running;
      Object.assign(bar, { value: fetch.done ?? 0, max: Math.max(1, fetch.total ?? 0) });
    },
  };
}

/** @param {Pick<DataList, 'sets'>} data @returns {boolean} whether it need not be fetched */
export const isHere = ({ sets }) => sets.some(({ id, problem }) => id === FETCHED && !problem);

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

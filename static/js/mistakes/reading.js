// The readings of all images: on their way, what they add up to, or why there are none.

import { createFetching, isHere } from '../sets/fetching.js';
import { attempt, createToken } from '../sets/token.js';
import { message } from '../text/messages.js';
import { grouped, number } from '../text/numbers.js';
import { errorText } from '../text/refusals.js';
import { percent } from '../text/shares.js';
import { find, html, say } from '../ui/dom.js';
import { fetchReadings } from '../wire/readings.js';
import { Away, Busy, Refusal } from '../wire/refusal.js';

/** @import { Section, Shared } from './page.js' */
/** @import { MistakesState } from './state.js' */

/** What the server says where it has no images for a network. */
const MISSING = 'no-fitting-set';
const MILLI = 1000;

/** @param {Shared} shared @returns {Section & { look: () => Promise<void> }} `look` asks for the readings, where they are not there */
export function openReading({ store, model, of, lost }) {
  let asking = false;
  async function look() {
    if (store.get().readings || asking) return;
    asking = true;
    try {
      const onProgress = (/** @type {MistakesState['progress']} */ progress) =>
        store.set({ progress, missing: false });
      const readings = await fetchReadings(model.id, of, onProgress);
      store.set({ readings, progress: null, missing: false, refused: '' });
    } catch (error) {
      if (error instanceof Busy) setTimeout(look, MILLI * error.seconds);
      else if (error instanceof Away) lost();
      else if (error instanceof Refusal && error.kind === MISSING) store.set({ missing: true });
      else store.set({ refused: errorText(error) });
    } finally {
      asking = false;
    }
  }
  const place = find('#mistakes-fetch', HTMLElement);
  const fetching = createMissing(store, () => void look());
  place.append(...fetching.elements);
  const read = find('#mistakes-read', HTMLElement);
  const bar = html('progress', { 'aria-label': message('mistakes.progress'), hidden: true });
  read.after(bar);
  return {
    look,
    show(state) {
      const { progress, missing } = state;
      say(read, readText(state, model.title));
      Object.assign(bar, { value: progress?.done ?? 0, max: Math.max(1, progress?.total ?? 0) });
      bar.hidden = !progress;
      place.hidden = !missing && !state.refused;
      fetching.show(state);
    },
  };
}

/** @param {Readonly<MistakesState>} state @param {string} title of the network */
function readText({ readings, progress, missing }, title) {
  if (readings) {
    const { images, correct, loss } = readings;
    return message('mistakes.read', {
      ...{ title, correct: grouped(correct), images: grouped(images) },
      share: percent(correct / images, { decimals: 2 }),
      ...{ count: images - correct, loss: number(loss, 4) },
    });
  }
  if (missing) return message('mistakes.missing');
  const { done = 0, total = 0 } = progress ?? {};
  if (!total) return message('mistakes.waiting');
  return message('mistakes.progress.of', { done: grouped(done), total: grouped(total) });
}

/** MNIST can be fetched. @param {Shared['store']} store @param {() => void} came */
function createMissing(store, came) {
  const token = createToken(store, message('mistakes.token'));
  const fetching = createFetching(
    (data) => {
      store.set({ data });
      if (isHere(data) && store.get().missing) came();
    },
    (act) => attempt(store, act, { needed: true }),
  );
  const refused = html('p', { class: 'refused', role: 'status' });
  const body = html('div', { class: 'training-data' }, ...fetching.elements);
  return {
    elements: [body, token.element, refused],
    /** @param {Readonly<MistakesState>} state */
    show(state) {
      const { data, missing } = state;
      const wanted = Boolean(missing && data && !isHere(data));
      token.show(wanted);
      body.hidden = !wanted;
      if (data) fetching.show(data);
      say(refused, state.refused);
    },
  };
}

// The section of one's own handwriting: drawn here, kept on the server's machine, learnt from.

import { createStore } from '../core/store.js';
import { createFetching } from '../sets/fetching.js';
import { attempt as allowed, createToken } from '../sets/token.js';
import { message } from '../text/messages.js';
import { find, html, say } from '../ui/dom.js';
import { deleteAll, fetchHandwriting } from '../wire/handwriting.js';
import { openHands } from './handwriting/hands.js';
import { openRuns } from './handwriting/runs.js';
import { bodiesOf, INITIAL } from './handwriting/state.js';
import { createAway, createTrain, saveArchive } from './handwriting/train.js';

/** @import { Shared } from './page.js' */
/** @import { HandStore } from './handwriting/state.js' */

/** @param {Shared} shared @param {HTMLElement} element of the section */
export function openHandwriting(shared, element) {
  const { loop } = shared;
  /** @type {HandStore} */
  const store = createStore(INITIAL);
  const attempt = (/** @type {() => Promise<unknown>} */ act) =>
    allowed(store, act, { needed: true });
  const look = () => attempt(async () => store.set({ all: await fetchHandwriting() }));
  const hands = openHands(shared, store, attempt, look);
  const runs = openRuns(shared, store, element, attempt, look);
  const fetching = createFetching((data) => store.set({ data }), attempt);
  const titled = (/** @type {boolean} */ augmented) =>
    message(augmented ? 'handwriting.run.augmented' : 'handwriting.run');
  const train = createTrain((wanted) => runs.begin(bodiesOf(wanted, titled)), fetching.elements);
  const away = createAway(
    (path) => attempt(() => saveArchive(path)),
    (too) =>
      attempt(async () => {
        await deleteAll(too);
        store.set({ kept: [], picked: null });
        await look();
      }),
  );
  const token = createToken(store, message('handwriting.token'));
  const refused = html('p', { class: 'refused', role: 'status' });
  const made = html('div', { class: 'hand-made' }, train.element, away.element);
  const inside = html('div', { class: 'hand-inside' }, ...hands.elements, made, runs.element);
  find('.hand-hands', HTMLElement, element).append(token.element, refused, inside);
  store.subscribe(({ known, data }, news) => {
    if ('known' in news) void (known ? look() : store.set({ all: null }));
    if ('data' in news && data) fetching.show(data);
    loop.wake();
  });
  loop.add('after', () => {
    const state = store.get();
    token.show(true);
    inside.hidden = !state.known;
    for (const { show } of [...hands.parts, train, away, runs]) show(state);
    say(refused, state.refused);
  });
  if (store.get().known) void look();
  loop.wake();
  const nothing = () => {};
  return {
    ...{ element, refit: nothing, fold: nothing, release: () => false, setTheme: nothing },
    keys: { k: hands.keep },
    handle: { handwriting: store.get },
  };
}

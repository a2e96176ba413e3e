// The section of trainings: what is to be trained, the runs that are looked at, and all others.

import { createStore } from '../core/store.js';
import { attempt as allowed, createToken } from '../sets/token.js';
import { find, html, say } from '../ui/dom.js';
import { untilAnswered } from '../wire/ask.js';
import { Refusal } from '../wire/refusal.js';
import { deleteRun, fetchRecipes, isOver, startRun, wishRun } from '../wire/runs.js';
import { createData } from './training/data.js';
import { createExperiments } from './training/experiments.js';
import { openFollowing } from './training/following.js';
import { createForm, withChoices } from './training/form.js';
import { createList } from './training/list.js';
import { bodyOf, choicesOf, INITIAL, MOST } from './training/state.js';
import { openWatched } from './training/watched.js';

/** @import { Loop } from '../core/loop.js' */
/** @import { Theme } from '../core/theme.js' */
/** @import { Run, RunBody } from '../wire/types.d.ts' */
/** @import { Shared } from './page.js' */
/** @import { TrainingState, TrainingStore } from './training/state.js' */

/** @param {Shared} shared @param {HTMLElement} element of the section */
export function openTraining(shared, element) {
  const { loop } = shared;
  /** @type {TrainingStore} */
  const store = createStore(/** @type {TrainingState} */ ({ ...INITIAL, watched: linked() }));
  const attempt = (/** @type {() => Promise<unknown>} */ act) => attempted(store, act);
  const following = openFollowing(store, loop, element);
  const watch = (/** @type {string} */ id, /** @type {boolean} */ on) => watching(store, id, on);
  const begin = (/** @type {readonly RunBody[]} */ bodies) =>
    attempt(async () => {
      const begun = [];
      for (const body of bodies) begun.push(await startRun(body)); // they wait for each other
      lookAt(store, begun, bodies.length > 1);
      await following.look();
    });
  const data = createData(store, attempt);
  const form = createForm(
    store,
    () => {
      const { choices, recipes } = store.get();
      return choices ? begin([bodyOf(choices, recipes)]) : Promise.resolve();
    },
    data.element,
  );
  const token = createToken(store);
  const experiments = createExperiments(begin);
  const watched = openWatched(shared, store, element, {
    wish: (run, wish) =>
      void attempt(async () => {
        await wishRun(run.id, wish);
        if (isOver(run)) following.again(run.id);
      }),
    again: (run) => void begin([{ like: run.id, title: run.title }]),
    alter(run) {
      store.set({ choices: choicesOf(run, store.get().recipes?.networks ?? []) });
      form.element.scrollIntoView({ block: 'nearest' });
      form.element.querySelector('select')?.focus();
    },
    leave: ({ id }) => watch(id, false),
  });
  async function remove(/** @type {{ id: string }} */ { id }) {
    await deleteRun(id);
    watch(id, false);
    await following.look();
  }
  const list = createList({ watch, remove: (run) => void attempt(() => remove(run)) });
  const refused = html('p', { class: 'refused', role: 'status' });
  find('.training-hands', HTMLElement, element).append(
    ...[token.element, experiments.element, form.element, refused],
  );
  element.append(list.element);
  begun(store, following.look);
  const asking = { show: () => token.show(isClosed(store)) };
  showAll(store, loop, [asking, data, form, watched, list], refused);
  return {
    ...{ element, refit: watched.refit, release: watched.release, fold: watched.fold },
    /** @param {Theme} next */
    setTheme: (next) => watched.setTheme(next),
    /** What scripts on the page can do: `window.convlens`. */
    handle: { trainings: store.get, networks: watched.networks },
  };
}

/** @param {TrainingStore} store @param {Loop} loop @param {readonly { show: (state: Readonly<TrainingState>) => void }[]} parts @param {HTMLElement} refused */
function showAll(store, loop, parts, refused) {
  store.subscribe((state, news) => {
    if ('watched' in news) link(state.watched.map(({ id }) => id));
    if ('recipes' in news || 'data' in news) store.set(withChoices(state));
    loop.wake();
  });
  loop.add('after', () => {
    for (const { show } of parts) show(store.get());
    say(refused, store.get().refused);
  });
}

/** What there is to begin with; and the newest run is looked at, where no link says which. */
/** @param {TrainingStore} store @param {() => Promise<import('../wire/types.d.ts').RunList>} look */
function begun(store, look) {
  void untilAnswered(fetchRecipes).then((recipes) => store.set({ recipes }));
  void look().then(({ runs }) => {
    const [newest] = runs;
    if (newest && !store.get().watched.length) watching(store, newest.id, true);
  });
}

/** @param {TrainingStore} store @param {() => Promise<unknown>} act */
function attempted(store, act) {
  store.set({ places: [] });
  const refuse = (/** @type {unknown} */ error) =>
    store.set({ places: error instanceof Refusal ? error.places : [] });
  return allowed(store, act, { needed: isClosed(store), refuse });
}

/** Whether only who has the token may train. @param {TrainingStore} store */
function isClosed(store) {
  const { recipes } = store.get();
  return Boolean(recipes && !recipes.open);
}

/** @param {TrainingStore} store @param {string} id @param {boolean} on */
function watching(store, id, on) {
  const others = store.get().watched.filter((one) => one.id !== id);
  const watched = on ? [...others.slice(1 - MOST), { id, run: null, lines: [] }] : others;
  store.set({ watched });
}

/** What was begun takes the place of what was looked at; one alone may stand beside what it came of. */
/** @param {TrainingStore} store @param {readonly Run[]} begun @param {boolean} together */
function lookAt(store, begun, together) {
  const { watched } = store.get();
  const [before] = watched.slice(-1);
  const left = !together && before?.run && begun[0]?.network === before.run.network ? [before] : [];
  const news = begun.map((run) => ({ id: run.id, run, lines: [] }));
  store.set({ watched: [...left, ...news].slice(0, MOST) });
}

/** Which runs a link names: "?runs=ID,ID". */
function linked() {
  const ids = new URLSearchParams(location.search).get('runs')?.split(',') ?? [];
  const named = ids.filter((id) => /^[a-z0-9][a-z0-9-]{0,39}$/.test(id)).slice(0, MOST);
  return [...new Set(named)].map((id) => ({ id, run: null, lines: [] }));
}

/** @param {readonly string[]} ids */
function link(ids) {
  const url = new URL(location.href);
  if (ids.length) url.searchParams.set('runs', ids.join());
  else url.searchParams.delete('runs');
  const next = url.href.replaceAll('%2C', ',');
  if (next !== location.href) history.replaceState(null, '', next);
}

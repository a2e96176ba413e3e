// The section of histories: one slider moves the stage, kernels, mistakes and curves through the moments
// of a training.

import { sparing } from '../core/sight.js';
import { createStore } from '../core/store.js';
import { message } from '../text/messages.js';
import { find, html, say } from '../ui/dom.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchModel, fetchModels } from '../wire/model.js';
import { Refusal } from '../wire/refusal.js';
import { fetchLines, fetchRun, fetchRuns } from '../wire/runs.js';
import { openColumn } from './history/column.js';
import { createHands, titleOf } from './history/hands.js';
import { createPlayer } from './history/player.js';
import { createQuestion } from './history/question.js';
import { fromLink, goTo, INITIAL, lookedAt, placeAt, SHIPPED, toLink } from './history/state.js';
import { createCurves } from './training/curves.js';
import { createRow } from './training/row.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { Shared } from './page.js' */
/** @import { HistoryState, HistoryStore, Trained } from './history/state.js' */

const GONE = 404;
/** So long after the last move, ms. */
const RESTS = 300;
/** So near to the window it begins to fetch. */
const NEAR = '400px';

/** @param {Shared} shared @param {HTMLElement} element of the section */
export function openHistory(shared, element) {
  /** @type {HistoryStore} */
  const store = createStore({ ...INITIAL, ...fromLink(location.search) });
  const player = createPlayer(store);
  const hands = createHands(shared, store, () => void lookForOthers(store));
  const question = createQuestion(store);
  const curves = openCurves(shared, store);
  const columns = createRow('training-columns', (run) => {
    const trained = store.get().trained.find((one) => one.run === run);
    if (!trained) throw new Error('A column shows a training that is known.');
    return openColumn(shared, trained, (cell) => {
      for (const { network } of columns.parts()) network.pin(cell);
    });
  });
  const refused = html('p', { class: 'refused', role: 'status' });
  find('.hands', HTMLElement, element).append(...hands.elements);
  find('.history-bar', HTMLElement, element).append(player.element, refused);
  find('.history-stages', HTMLElement, element).append(columns.element);
  find('.history-curves', HTMLElement, element).append(curves.element, question.element);

  /** @param {Readonly<HistoryState>} state */
  function show(state) {
    const { trained } = state;
    player.show(state);
    hands.show(state);
    question.show(state);
    columns.place(trained.map(({ run }) => run));
    for (const part of columns.parts()) part.show(state, trained.length > 1);
    say(refused, state.refused);
  }
  shared.loop.add('before', () => show(store.get()));
  openLink(store);
  store.subscribe((_, changed) => {
    if ('ids' in changed) void load(store);
    shared.loop.wake();
  });
  whenNear(element, () => void load(store));
  return {
    ...{ element, walk: player.step },
    refit: () => columns.parts().forEach(({ network }) => network.stage.refit()),
    fold: () => columns.parts().forEach(({ network }) => network.fold()),
    release: () => columns.parts().some(({ network }) => network.release()),
    /** @param {Theme} next */
    setTheme: (next) => columns.parts().forEach(({ setTheme }) => setTheme(next)),
    /** What scripts on the page can do: `window.convlens`. */
    handle: {
      history: store.get,
      moments: () =>
        columns.parts().map(({ network, past }) => ({ ...network, whole: () => past.whole() })),
    },
  };
}

/** The curves, with a mark where the slider is; what is clicked on them leads there. @param {Shared} shared @param {HistoryStore} store */
function openCurves(shared, store) {
  const curves = createCurves(shared, {
    early: true,
    go(step) {
      const { first } = lookedAt(store.get());
      if (first) goTo(store, placeAt(first.run, step), { runs: false });
    },
  });
  const mark = sparing(curves.element, () => {
    const { trained, away } = store.get();
    const { first, place } = lookedAt(store.get());
    const step = away ? null : (first?.run.history[place]?.step ?? null);
    const runs = trained.map(({ run, lines, title }) => ({ title, lines, steps: run.steps }));
    curves.show(runs, step);
  });
  store.subscribe((_, changed) => {
    if (['trained', 'step', 'away'].some((key) => key in changed)) mark();
  });
  return curves;
}

/** The link follows once nothing moves: browsers take few changes a second. @param {HistoryStore} store */
function openLink(store) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  store.subscribe((_, changed) => {
    if (!['ids', 'step', 'away'].some((key) => key in changed)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const next = toLink(store.get(), location.href);
      if (next !== location.href) history.replaceState(null, '', next);
    }, RESTS);
  });
}

/** @param {HTMLElement} element @param {() => void} begin */
function whenNear(element, begin) {
  const seen = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      seen.disconnect();
      begin();
    },
    { rootMargin: NEAR },
  );
  seen.observe(element);
}

/** Fetches the trainings that are chosen; one that is gone is looked at no more. @param {HistoryStore} store */
async function load(store) {
  const { ids } = store.get();
  const found = await Promise.all(ids.map((id) => untilAnswered(() => trainedOf(id))));
  if (ids !== store.get().ids) return;
  const trained = found.flatMap((one) => one ?? []);
  const refused = trained.length < ids.length ? message('history.gone') : '';
  if (trained.length) store.set({ trained, refused });
  else if (ids.join() !== SHIPPED) store.set({ ids: INITIAL.ids, refused });
}

/** @param {string} id @returns {Promise<Trained | null>} null where there is no such training, or nothing of it was kept */
async function trainedOf(id) {
  try {
    const [run, lines] = await Promise.all([fetchRun(id), fetchLines(id)]);
    if (!run.history.length) return null;
    const served = id === SHIPPED ? await servedLike(run) : null;
    return { run, lines, served, title: titleOf(run) };
  } catch (error) {
    if (error instanceof Refusal && error.status === GONE) return null;
    throw error;
  }
}

/** The network of that name that the server shows, where it has the same graph. @param {import('../wire/types.d.ts').Run} run */
async function servedLike({ network, model }) {
  const models = await fetchModels();
  if (!models.some(({ id }) => id === network)) return null;
  const [own, served] = await Promise.all([model, network].map(fetchModel));
  const same = JSON.stringify(own?.layers) === JSON.stringify(served?.layers);
  return same ? (served ?? null) : null;
}

/** @param {HistoryStore} store */
async function lookForOthers(store) {
  const { runs } = await untilAnswered(fetchRuns);
  store.set({ others: runs.filter(({ state }) => state !== 'waiting') });
}

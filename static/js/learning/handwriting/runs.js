// The trainings that learnt from it: how far they are, their curves, and what they changed.

import { createStore } from '../../core/store.js';
import { html, say } from '../../ui/dom.js';
import * as own from '../../wire/handwriting.js';
import { isOver, startRun, wishRun } from '../../wire/runs.js';
import { createCurves } from '../training/curves.js';
import { differenceTexts, namesOf } from '../training/differences.js';
import { openFollowing } from '../training/following.js';
import { createHead } from '../training/head.js';
import { createRow } from '../training/row.js';
import { INITIAL } from '../training/state.js';
import { createOutcome } from './outcome.js';
import { saveArchive } from './train.js';

/** @import { RunBody } from '../../wire/types.d.ts' */
/** @import { Shared } from '../page.js' */
/** @import { TrainingStore } from '../training/state.js' */
/** @import { HandState, HandStore } from './state.js' */

/** Trainings that are looked at. */
const MOST = 2;

/** @param {Shared} shared @param {HandStore} store @param {HTMLElement} section @param {(act: () => Promise<unknown>) => Promise<void>} attempt @param {() => Promise<void>} look */
export function openRuns(shared, store, section, attempt, look) {
  /** @type {TrainingStore} */
  const runs = createStore({ ...INITIAL });
  const following = openFollowing(runs, shared.loop, section);
  const begin = (/** @type {readonly RunBody[]} */ bodies) =>
    attempt(async () => {
      const begun = [];
      for (const body of bodies) begun.push(await startRun(body)); // they wait for each other
      runs.set({ watched: begun.map((run) => ({ id: run.id, run, lines: [] })) });
      await Promise.all([following.look(), look()]);
      await shared.loop.painted();
      element.scrollIntoView({ block: 'nearest' }); // on a phone what was pressed is far above it
    });
  const heads = createRow('training-heads', () =>
    createHead({
      wish: (run, wish) =>
        void attempt(async () => {
          await wishRun(run.id, wish);
          if (isOver(run)) following.again(run.id);
        }),
      again: (run) => void begin([{ like: run.id, title: run.title }]),
      alter() {},
      leave: ({ id }) => runs.set({ watched: runs.get().watched.filter((one) => one.id !== id) }),
    }),
  );
  const curves = createCurves(shared);
  const differ = html('p', { class: 'training-differ', role: 'status' });
  const outcome = createOutcome((run) => void attempt(() => saveArchive(`runs/${run.id}/idx`)));
  watchNewest(store, runs);
  fetchFiguresOf(store, runs, attempt);
  runs.subscribe(shared.loop.wake);
  /** @type {unknown} */
  let drawn = null;
  const parts = [heads.element, differ, outcome.element, curves.element];
  const element = html('section', { class: 'hand-runs' }, ...parts);
  return {
    ...{ begin, element },
    /** @param {Readonly<HandState>} state */
    show({ figures }) {
      const { watched, differences } = runs.get();
      const names = namesOf(watched, differences);
      const there = watched.flatMap(({ run, lines }, i) =>
        run ? [{ run, lines, title: names[i] ?? run.title, steps: run.steps }] : [],
      );
      outcome.show(there, figures);
      if (drawn === watched) return;
      drawn = watched;
      curves.element.hidden = !there.length;
      heads.place(there.map(({ run }) => run));
      for (const { run, title } of there) heads.part(run)?.show(run, title);
      say(differ, differenceTexts(watched, differences));
      curves.show(there);
    },
  };
}

/** The last ones are looked at when one comes. @param {HandStore} store @param {TrainingStore} runs */
function watchNewest(store, runs) {
  let done = false;
  store.subscribe(({ all }, news) => {
    if (!('all' in news) || !all) return;
    const there = runs.get().watched.filter(({ id }) => all.runs.includes(id));
    if (there.length < runs.get().watched.length) runs.set({ watched: there });
    if (done) return;
    done = true;
    const newest = all.runs.slice(0, MOST).reverse();
    if (!there.length) runs.set({ watched: newest.map((id) => ({ id, run: null, lines: [] })) });
  });
}

/** @param {HandStore} store @param {TrainingStore} runs @param {(act: () => Promise<unknown>) => Promise<void>} attempt */
function fetchFiguresOf(store, runs, attempt) {
  /** @type {Set<string>} */
  const asked = new Set();
  runs.subscribe(({ watched }) => {
    for (const { id, run } of watched)
      if (run?.state === 'finished' && !asked.has(id) && store.get().known) {
        asked.add(id);
        void attempt(async () => {
          const found = await own.fetchFigures(id);
          store.set({ figures: { ...store.get().figures, [id]: found } });
        });
      }
  });
}

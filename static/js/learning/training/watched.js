// The runs that are looked at: their heads, their curves together, and of the first two what their
// networks make of one's own drawing.

import { message } from '../../text/messages.js';
import { find, html, say } from '../../ui/dom.js';
import { createCurves } from './curves.js';
import { differenceTexts, namesOf } from './differences.js';
import { openDrawing } from './drawing.js';
import { createHead } from './head.js';
import { createLearnt } from './learnt.js';
import { openNetwork } from './network.js';
import { createRow } from './row.js';
import { createSizes } from './sizes.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Run, RunLine } from '../../wire/types.d.ts' */
/** @import { Shared } from '../page.js' */
/** @import { Acts } from './head.js' */
/** @import { TrainingState, TrainingStore } from './state.js' */

/** Networks that a drawing goes through beside each other. */
const BESIDE = 2;

/** @param {Shared} shared @param {TrainingStore} store @param {HTMLElement} section @param {Acts} acts */
export function openWatched(shared, store, section, acts) {
  const curves = createCurves(shared);
  const sizes = createSizes(shared);
  const differ = html('p', { class: 'training-differ', role: 'status' });
  const empty = html('p', { class: 'training-empty' }, message('training.empty'));
  const drawn = openDrawing(shared, message('training.drawing'), {
    get: () => store.get().drawing,
    set: (drawing) => store.set({ drawing }),
    ofSet: () => store.get().watched[0]?.run?.data ?? '',
  });
  const heads = createRow('training-heads', () => createHead(acts));
  const networks = createRow('training-columns', (run) =>
    openOne(shared, run, (cell) => {
      for (const { network } of networks.parts()) network.pin(cell);
    }),
  );
  const runs = find('.training-runs', HTMLElement, section);
  runs.append(empty, heads.element, differ, curves.element);
  const below = html('div', { class: 'training-below' }, networks.element, sizes.element);
  section.append(drawn.element, below);
  /** @type {readonly unknown[]} */
  let shown = [];

  /** @param {Readonly<TrainingState>} state */
  function show({ watched, differences, drawing }) {
    const names = namesOf(watched, differences);
    const there = watched.flatMap(({ run, lines }, i) =>
      run ? [{ run, lines, title: names[i] ?? run.title, steps: run.steps }] : [],
    );
    const first = there.slice(0, BESIDE);
    heads.place(there.map(({ run }) => run));
    networks.place(first.map(({ run }) => run));
    empty.hidden = watched.length > 0;
    curves.element.hidden = drawn.element.hidden = below.hidden = !there.length;
    for (const { run, title } of there) heads.part(run)?.show(run, title);
    for (const { run, lines, title } of first)
      networks.part(run)?.show(run, lines, title, drawing, first.length > 1);
    say(differ, differenceTexts(watched, differences));
    curves.show(there);
    sizes.show(there);
  }
  return {
    /** @param {Readonly<TrainingState>} state */
    show(state) {
      drawn.renew();
      const parts = [state.watched, state.differences, state.drawing];
      if (parts.every((part, i) => part === shown[i])) return;
      shown = parts;
      show(state);
    },
    refit() {
      for (const { network } of networks.parts()) network.stage.refit();
    },
    fold() {
      for (const { network } of networks.parts()) network.fold();
    },
    release: () => networks.parts().some(({ network }) => network.release()),
    /** @param {Theme} next */
    setTheme(next) {
      for (const { setTheme } of networks.parts()) setTheme(next);
    },
    /** What scripts can look at: the state of each stage. */
    networks: () => networks.parts().map(({ network }) => network),
  };
}

/** @param {Shared} shared @param {Run} run @param {(cell: Cell | null) => void} onPin */
function openOne(shared, run, onPin) {
  const title = html('h3', {});
  const learnt = createLearnt(shared, run.classes);
  const network = openNetwork(shared, run, {
    onPin,
    onMoment: (model, { tensors }, first) => learnt.showWeights(model, tensors, first),
  });
  return {
    element: html('div', { class: 'training-column' }, title, network.element, learnt.element),
    /** @param {Run} now @param {readonly RunLine[]} lines @param {string} name @param {TrainingState['drawing']} drawing @param {boolean} beside */
    show(now, lines, name, drawing, beside) {
      say(title, beside ? name : '');
      network.show(now, name, drawing, beside);
      learnt.showCounts(lines.findLast((line) => line.confusion)?.confusion ?? null);
    },
    /** @param {Theme} next */
    setTheme(next) {
      network.setTheme(next);
      learnt.renew();
    },
    ...{ network, end: network.end },
  };
}

// The runs that are looked at: their heads, their curves together, and of the first two what their
// networks make of one's own drawing.

import { message } from '../../text/messages.js';
import { find, html, say } from '../../ui/dom.js';
import { untilAnswered } from '../../wire/ask.js';
import { fetchSamples } from '../../wire/model.js';
import { createPicture } from '../picture.js';
import { createConfusion } from '../../ui/confusion.js';
import { createCurves } from './curves.js';
import { differenceTexts, namesOf } from './differences.js';
import { createHead } from './head.js';
import { createKernels } from './kernels.js';
import { openNetwork } from './network.js';
import { createSizes } from './sizes.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Run, RunLine } from '../../wire/types.d.ts' */
/** @import { Shared } from '../page.js' */
/** @import { Acts } from './head.js' */
/** @import { TrainingState, TrainingStore } from './state.js' */

/** Networks that a drawing goes through beside each other. */
const BESIDE = 2;
/** The drawing at first. */
const SAMPLE = 3;

/** @param {Shared} shared @param {TrainingStore} store @param {HTMLElement} section @param {Acts} acts */
export function openWatched(shared, store, section, acts) {
  const curves = createCurves(shared);
  const sizes = createSizes(shared);
  const differ = html('p', { class: 'training-differ', role: 'status' });
  const empty = html('p', { class: 'training-empty' }, message('training.empty'));
  const drawn = openDrawing(shared, store);
  const heads = createRow('training-heads', () => createHead(acts));
  const networks = createRow('training-columns', (run) =>
    openOne(shared, run, (cell) => {
      for (const { network } of networks.parts()) network.pin(cell);
    }),
  );
  const runs = find('.training-runs', HTMLElement, section);
  runs.append(empty, heads.element, differ, curves.element);
  const below = html('div', { class: 'training-below' });
  below.append(networks.element, sizes.element);
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

/**
 * A part for each run, as long as it is looked at.
 *
 * @template {{ element: HTMLElement, end?: () => void }} Part
 * @param {string} name
 * @param {(run: Run) => Part} open
 */
function createRow(name, open) {
  /** @type {Map<string, Part>} */
  const parts = new Map();
  const element = html('div', { class: name });
  return {
    element,
    parts: () => [...parts.values()],
    part: (/** @type {Run} */ { id }) => parts.get(id),
    /** @param {readonly Run[]} runs */
    place(runs) {
      for (const [id, part] of parts)
        if (!runs.some((run) => run.id === id)) {
          part.end?.();
          parts.delete(id);
        }
      for (const run of runs) if (!parts.has(run.id)) parts.set(run.id, open(run));
      const wanted = runs.flatMap(({ id }) => parts.get(id)?.element ?? []);
      const there = [...element.children];
      // what stands where it should is left alone
      if (there.length !== wanted.length || there.some((one, i) => one !== wanted[i]))
        element.replaceChildren(...wanted);
    },
  };
}

/** @param {Shared} shared @param {Run} run @param {(cell: Cell | null) => void} onPin */
function openOne(shared, run, onPin) {
  const title = html('h3', {});
  const confusion = createConfusion({ classes: run.classes, theme: shared.theme });
  const kernels = createKernels(shared);
  /** @type {Parameters<typeof kernels.show> | null} */
  let learnt = null;
  const network = openNetwork(shared, run, {
    onPin,
    onMoment(model, { tensors }, first) {
      learnt = [model, tensors, first];
      kernels.show(...learnt);
    },
  });
  const what = html('h3', {}, message('training.kernels.title'));
  const filters = html('section', {}, what, kernels.element);
  const more = html('div', { class: 'training-more-of' }, filters, confusion.element);
  /** @type {RunLine['confusion']} */
  let counts = null;
  return {
    element: html('div', { class: 'training-column' }, title, network.element, more),
    /** @param {Run} now @param {readonly RunLine[]} lines @param {string} name @param {TrainingState['drawing']} drawing @param {boolean} beside */
    show(now, lines, name, drawing, beside) {
      say(title, beside ? name : '');
      network.show(now, name, drawing, beside);
      const next = lines.findLast((line) => line.confusion)?.confusion ?? null;
      if (next !== counts) confusion.show(next);
      counts = next;
    },
    /** @param {Theme} next */
    setTheme(next) {
      network.setTheme(next);
      confusion.show(counts ?? null);
      if (learnt) kernels.show(...learnt);
    },
    ...{ network, end: network.end },
  };
}

/** @param {Shared} shared @param {TrainingStore} store */
function openDrawing(shared, store) {
  const samples = untilAnswered(fetchSamples);
  const give = (/** @type {TrainingState['drawing']} */ drawing) => {
    store.set({ drawing });
    picture.show(drawing);
  };
  const picture = createPicture(shared, samples, (drawing, digit) => {
    if (digit === null) store.set({ drawing });
    else give(drawing);
  });
  void samples.then((all) => {
    const first = all.find(({ digit }) => Number(digit) === SAMPLE);
    const { drawing } = store.get();
    if (first && !drawing.strokes.length)
      give(Object.freeze({ ...drawing, strokes: first.strokes }));
  });
  const what = html('p', {}, message('training.drawing'));
  return {
    element: html('div', { class: 'hands training-drawing' }, what, picture.element),
    renew: picture.renew,
  };
}

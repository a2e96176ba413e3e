// The page of the network as the ground of a lesson: how it shows a cue, and what is read of it.

import { cellText } from '../../lesson/numbers.js';
import { untilAnswered } from '../../wire/ask.js';
import { fetchSamples } from '../../wire/model.js';
import { fromLink } from '../link.js';
import { FIELDS } from '../link/fields.js';
import { unmoved } from '../state.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { Ground } from '../../lesson/types.d.ts' */
/** @import { Lesson, LessonCue } from '../../wire/types.d.ts' */
/** @import { Page } from '../types.d.ts' */
/** @import { State } from '../state.js' */

/** What is the visitor's in any lesson, and stays: the drawing, how one draws, and how one reads. */
export const KEPT = new Set(['drawing', 'center', 'brush', 'erase', 'present', 'picture', 'form']);

/** Elements that a spotlight may be on. @type {Readonly<Record<string, string>>} */
const SPOTS = {
  ...{ pad: '#pad-frame', guess: '#prediction', samples: '#samples', tools: '#tools' },
  ...{ stage: '#stage-scroll', account: '#account' },
};

/** @param {Page} page @returns {Ground & { follow: () => void }} */
export function createGround(page) {
  const { root, app, store, stage, loop, id } = page;
  const drawings = createDrawings(page);
  /** Which cell of the drawing the cue is about, whichever cell that is. */
  let about = '';
  const found = () => {
    const { graph, trace } = store.get();
    return graph && { graph, tensors: trace?.tensors ?? null };
  };
  /** @param {string} text of a cell, or of its place @returns {Record<string, string>} */
  function cell(text) {
    const now = found();
    const place = now && text ? cellText(text, now) : null;
    return place ? { cell: place } : {};
  }
  return {
    ...{ root, app, page: '', found, drawing: drawings.own },
    led: () => store.get().lesson,
    lead: (lesson) => store.set({ lesson, ...(lesson ? {} : { spot: null }) }),
    has: ({ network }) => network === id,
    show(lesson, { digit }, { parts: { cell: place = '', ...parts }, spotlight }) {
      const { graph, account } = store.get();
      about = place.includes('{') ? place : '';
      const state = stateOf({ ...parts, ...cell(place) }, store.get());
      const said = new Set(Object.keys(parts).flatMap((name) => FIELDS[name]?.of ?? []));
      const own = Object.entries(state).filter(
        ([key]) =>
          !KEPT.has(key) || (said.has(/** @type {keyof State} */ (key)) && key !== 'drawing'),
      );
      store.set({
        .../** @type {Partial<State>} */ (Object.fromEntries(own)),
        ...{ lesson, pointed: null, walking: false, kernel: null },
        account: state.panel ? 'open' : account,
        spot: graph?.has(spotlight) ? spotlight : null,
      });
      drawings.show(parts['drawing'] ?? '', digit);
    },
    /** The cell of the guess is another one when the guess is. */
    follow() {
      const { lesson, pinned: past } = store.get();
      if (!lesson || lesson.own || !about) return;
      const { pinned } = stateOf(cell(about), store.get());
      if (pinned && JSON.stringify(pinned) !== JSON.stringify(past)) store.set({ pinned });
    },
    spot: ({ spotlight }) => document.querySelector(SPOTS[spotlight] ?? ':not(*)'),
    tell: (notice) => store.set({ notice }),
    refit() {
      stage.refit();
      loop.wake();
    },
  };
}

/** @param {LessonCue['parts']} parts @param {Readonly<State>} now */
function stateOf(parts, now) {
  return fromLink(String(new URLSearchParams({ v: '1', ...parts })), now).state;
}

/** What one has drawn stays, unless a cue brings a drawing: then it comes back with the next. @param {Page} page */
function createDrawings({ store, editor }) {
  /** @type {{ own: Drawing, brought: Drawing } | null} */
  let before = null;

  /** @param {Lesson['digit']} digit */
  async function sample(digit) {
    const samples = await untilAnswered(fetchSamples);
    const one = samples.find((other) => String(other.digit) === digit);
    if (one && editor.empty() && store.get().lesson) editor.setStrokes(one.strokes);
  }

  return {
    /** As a link says it. */
    own() {
      const state = store.get();
      const drawing = before ? before.own : state.drawing;
      return FIELDS['drawing']?.write({ ...state, drawing, trace: unmoved(state) }) ?? '';
    },
    /** @param {string} brought as a link says it @param {Lesson['digit']} digit that is drawn on an empty pad */
    show(brought, digit) {
      const { drawing } = brought ? stateOf({ drawing: brought }, store.get()) : {};
      if (drawing) {
        before = { own: before?.own ?? editor.drawing(), brought: drawing };
        return editor.open(drawing);
      }
      const left = before && editor.drawing().strokes === before.brought.strokes;
      if (before && left) editor.open(before.own);
      before = null;
      if (editor.empty()) void sample(digit);
    },
  };
}

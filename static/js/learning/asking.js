// What the section asks the server: the reading, what a step does, what many do, and the account of
// one gradient.

import { EMPTY } from '../input/strokes.js';
import { selection } from '../stage/state.js';
import { errorText } from '../text/refusals.js';
import { saveFile } from '../ui/dom.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchFile } from '../wire/file.js';
import { fetchSamples, fetchWeights } from '../wire/model.js';
import { decode } from '../wire/safetensors.js';
import { aboutCell, aboutWeight, toldOf } from './gradient/told.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Question } from '../wire/questions.js' */
/** @import { Decoded } from '../wire/safetensors.js' */
/** @import { Reader } from '../wire/reader.js' */
/** @import { Model } from '../wire/types.d.ts' */
/** @import { Asked } from './gradient/told.js' */
/** @import { Phase } from './phases.js' */
/** @import { LearnState, LearnStore, Wanted } from './state.js' */

/** So many steps on one drawing are shown beside the first; fewer where those cost too much. */
const MANY = [100, 10];
/** Of each choice, as the server names it. @type {Readonly<Record<string, string>>} */
const NAMED = {
  sgd: 'optimiser=sgd',
  momentum: 'optimiser=momentum',
  adam: 'optimiser=adam',
  adamw: 'optimiser=adam&decay=0.01',
};

/** What the code of an account loads: the trace, and the step. */
const FILES = { trace: 'trace.npz', step: 'step.npz' };

/** @param {Wanted} wanted @returns {string} as a query says it */
export function queryOf({ target, rate, loss, optimiser }) {
  return `target=${target}&rate=${rate}&loss=${loss}&${NAMED[optimiser] ?? ''}`;
}

/** @param {LearnStore} store @param {Model} model @param {Reader} reader @param {Graph} graph @param {readonly Phase[]} phases */
export function openAsking(store, model, reader, graph, phases) {
  const network = {
    id: model.id,
    weights: () => model.sha256,
    renew: async () => location.reload(),
  };
  /** @param {string} what @returns {Question} */
  const about = (what) => ({
    ...{ network, what, center: true, moved: null },
    drawing: store.get().drawing ?? EMPTY,
  });
  /** Askers that wait. @type {Set<object>} */
  const waiting = new Set();
  /** @template {object} More @param {(answer: Decoded, question: Question & More) => void} onAnswer @param {(error: Error, question: Question & More) => void} [onRefused] */
  function asker(onAnswer, onRefused = (error) => store.set({ refused: errorText(error) })) {
    const onBusy = (/** @type {boolean} */ busy) =>
      void (busy ? waiting.add(onAnswer) : waiting.delete(onAnswer));
    return reader.asker({ onAnswer, onRefused, onBusy });
  }
  askSteps(store, about, asker, phases.length - 1);
  askGradients(store, about, asker, graph);
  void untilAnswered(() => fetchWeights(model.id, model.sha256)).then((file) =>
    store.set({ learnt: decode(file).tensors }),
  );
  return {
    /** Whether something that was asked is not answered yet. */
    busy: () => waiting.size > 0,
    /** Trace and step as files for NumPy, with the weights. */
    async save() {
      const step = about(`step?${queryOf(store.get().wanted)}`);
      for (const [question, name] of /** @type {const} */ ([
        [about('trace'), FILES.trace],
        [step, FILES.step],
      ]))
        saveFile(await fetchFile(question, 'application/x-npz'), name);
    },
  };
}

/** @typedef {(what: string) => Question} About */
/** @typedef {<More extends object>(onAnswer: (answer: Decoded, question: Question & More) => void, onRefused?: (error: Error, question: Question & More) => void) => import('../wire/reader.js').Asker<Question & More>} MakeAsker */

/** @param {LearnStore} store @param {About} about @param {MakeAsker} asker @param {number} last phase, in which many steps are shown */
function askSteps(store, about, asker, last) {
  const traces = asker((trace) => store.set({ read: { ...trace, size: null }, refused: '' }));
  const one = asker((step) => store.set({ step, told: null }));
  const many = asker(
    (steps) => store.set({ steps }),
    (_, /** @type {Question & { count: number }} */ { count }) =>
      askMany(MANY[MANY.indexOf(count) + 1]),
  );
  function askMany(count = 0) {
    const what = `step?${queryOf(store.get().wanted)}&steps=${count}`;
    if (count) many.ask({ ...about(what), count });
  }
  store.subscribe((state, changed) => {
    const anew = 'drawing' in changed;
    if (!(anew || 'wanted' in changed) || !state.drawing) return;
    many.forget();
    if (!isInked(state)) {
      for (const each of [traces, one]) each.forget();
      return store.set({ read: null, step: null, steps: null, told: null, refused: '' });
    }
    store.set({ steps: null });
    if (anew) traces.ask(about('trace'));
    one.ask(about(`step?${queryOf(state.wanted)}`));
  });
  store.subscribe((state, changed) => {
    const over = state.at >= last && state.step !== null && state.steps === null;
    if (over && ('at' in changed || 'step' in changed)) askMany(MANY[0]);
  });
}

/** @param {LearnStore} store @param {About} about @param {MakeAsker} asker @param {Graph} graph */
export function askGradients(store, about, asker, graph) {
  const gradients = asker((answer, /** @type {Question & { asked: Asked }} */ { asked }) =>
    store.set({
      told: toldOf({ ...asked, key: asked.query }, answer),
      answers: { ...store.get().answers }, // what is pointed at is painted anew
    }),
  );
  store.subscribe((state, changed) => {
    if (!['step', 'answers', 'pinned', 'pointed', 'weight'].some((key) => key in changed)) return;
    const cell = selection(state);
    const asked = state.weight ? aboutWeight(graph, state.weight) : cell && aboutCell(graph, cell);
    if (state.quantity !== 'gradient' || !state.step || !asked) return gradients.forget();
    if (state.told?.key === asked.query) return gradients.forget();
    const what = `gradient?${queryOf(state.wanted)}&${asked.query}`;
    gradients.ask({ ...about(what), asked });
  });
}

/** @param {Pick<LearnState, 'drawing'>} state */
function isInked({ drawing }) {
  return Boolean(drawing && (drawing.file || drawing.strokes.length));
}

/** The sample that a link names is there as soon as the samples are. @param {LearnStore} store */
export async function openSamples(store) {
  const samples = await untilAnswered(fetchSamples);
  const { digit, drawing } = store.get();
  const found = samples.find((one) => Number(one.digit) === digit);
  if (found) store.set({ drawing: Object.freeze({ ...EMPTY, strokes: found.strokes }) });
  else if (!drawing) store.set({ drawing: EMPTY });
  else store.set({ drawing: Object.freeze({ ...drawing }) }); // what a link brought is asked about now
  return samples;
}

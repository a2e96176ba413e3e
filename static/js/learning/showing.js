// What the stage shows in each phase: the reading, how far back the gradient has come, the reading of
// the network that has learnt; and which cell is accounted for.

import { selection } from '../stage/state.js';
import { isBack, loudest, loudestIn, phaseAt, reached } from './phases.js';
import { chosen } from './weights.js';

/** @import { Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Phase } from './phases.js' */
/** @import { Learnt, LearnState, LearnStore } from './state.js' */

/** @param {LearnStore} store @param {Graph} graph @param {readonly Phase[]} phases */
export function followPhases(store, graph, phases) {
  store.subscribe((state, changed) => {
    if (['at', 'read', 'step', 'learnt'].some((key) => key in changed))
      store.set(shownIn(state, phases));
  });
  store.subscribe((state, changed) => {
    if (['at', 'answers', 'pinned', 'pointed'].some((key) => key in changed))
      keepSelection(store, state, graph, phaseAt(phases, state.at));
  });
}

/** @param {Readonly<LearnState>} state @param {readonly Phase[]} phases @returns {Partial<LearnState>} */
function shownIn({ at, read, step, learnt }, phases) {
  const phase = phaseAt(phases, at);
  const [quantity, back] = isBack(phase) ? ['gradient', step] : ['value', null];
  const cell = { layer: phase.layer, channel: 0, row: 0, column: 0 };
  const tensors = back && reached(phases, at, back.tensors);
  const after = phase.name === 'after' ? step : null;
  const weights = after && learnt ? added(learnt, after.tensors) : learnt;
  return {
    quantity,
    answers: tensors ? { gradient: { cell, tensors } } : {},
    trace: after && read ? { ...read, tensors: begun(read.tensors, after.tensors) } : read,
    weights: weights && { sha256: '', tensors: weights },
  };
}

/** What is kept of an earlier answer. @param {Tensors} read @param {Tensors} step @returns {Tensors} the reading of the network that has learnt */
function begun(read, step) {
  return new Map([...read].map(([name, tensor]) => [name, step.get(`after/${name}`) ?? tensor]));
}

/** @param {Tensors} weights @param {Tensors} step @returns {Tensors} with what the step adds to each */
function added(weights, step) {
  return new Map(
    [...weights].map(([name, tensor]) => {
      const change = step.get(`change/${name}`)?.data;
      const data = Float32Array.from(tensor.data, (value, i) => value + Number(change?.[i] ?? 0));
      return [name, { ...tensor, data }];
    }),
  );
}

/** Where gradients are shown there is always a cell that is accounted for, at first the loudest of its layer; or a weight. */
/** @param {LearnStore} store @param {Readonly<LearnState>} state @param {Graph} graph @param {Phase} phase */
function keepSelection(store, state, graph, phase) {
  const { answers, pinned, weight, step } = state;
  const tensors = answers['gradient']?.tensors;
  if (!tensors || !step) return;
  const selected = selection(state);
  if (selected && tensors.has(selected.layer)) return;
  if (phase.name === 'update')
    return store.set({ ...chosen(graph, weight ?? loudestWeight(graph, step.tensors, state)) });
  const pointed = loudestIn(graph, tensors, phase.layer || graph.output);
  store.set({ ...(pinned && { pinned: null }), pointed, walking: true });
}

/** @param {Graph} graph @param {Tensors} step @param {Readonly<LearnState>} state @returns {Learnt | null} of the layer whose weights are shown */
function loudestWeight(graph, step, { subject }) {
  const layers = graph.names.filter((name) => step.has(`gradient/${name}.weight`));
  const layer = layers.find((name) => name === subject?.layer) ?? layers[0];
  const data = step.get(`gradient/${layer}.weight`)?.data;
  return data ? { parameter: `${layer}.weight`, term: loudest(data) } : null;
}

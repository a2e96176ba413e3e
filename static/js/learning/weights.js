// The weights of a layer laid out by kernel: their gradients, themselves, what the step adds to each.
// Whatever is pointed at is accounted for.

import { traitsOf } from '../kinds/traits.js';
import { weightAt } from '../scene/kernels.js';
import { message } from '../text/messages.js';
import { scaleText } from '../text/numbers.js';
import { find, html, say } from '../ui/dom.js';
import { choiceOf } from '../ui/effect.js';
import { createFilters, largestOf } from './filters.js';
import { isBack, phaseAt } from './phases.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { Phase } from './phases.js' */
/** @import { Learnt, LearnState, LearnStore, Painted } from './state.js' */

const SHOWS = /** @type {const} */ (['gradient', 'weight', 'change']);

/** @param {LearnStore} store @param {Graph} graph @param {readonly Phase[]} phases @param {Stage} stage @param {HTMLElement} section */
export function openWeights(store, graph, phases, stage, section) {
  const place = find('.weights', HTMLElement, section);
  const layers = graph.names.filter((name) => traitsOf(graph.layer(name)).weighted);
  const layer = choiceOf(Object.fromEntries(layers.map((name) => [name, name])), (name) =>
    store.set({ subject: { layer: name, channel: 0 }, weight: null, kernel: null }),
  );
  const words = SHOWS.map((one) => [one, message(`learning.shows.${one}`)]);
  const shows = choiceOf(Object.fromEntries(words), (one) =>
    store.set({ shows: /** @type {Painted} */ (one) }),
  );
  const told = html('p', { class: 'weights-told' });
  const head = html('div', { class: 'weights-head' }, layer.element, shows.element, told);
  const body = html('div');
  place.append(head, body);
  let built = '';
  /** @type {ReturnType<typeof createFilters> | null} */
  let filters = null;

  /** @param {Readonly<LearnState>} state */
  return {
    /** @param {Readonly<LearnState>} state */
    show(state) {
      const phase = phaseAt(phases, state.at);
      const name = layerOf(state, phase, layers);
      place.hidden = !(isBack(phase) && name && state.step && state.learnt);
      if (place.hidden) return;
      if (built !== name) {
        filters = createFilters(graph, name, (weight) => store.set(chosen(graph, weight)));
        body.replaceChildren(filters.element);
      }
      built = name;
      layer.choose(name);
      shows.choose(state.shows);
      const values = numbersOf(state, `${name}.weight`);
      const limit = largestOf(values);
      filters?.show(values, numbersOf(state, `${name}.bias`), stage.painter.colours, limit);
      filters?.mark(state.weight);
      say(told, message('learning.weights.told', { layer: name, scale: scaleText(limit) }));
    },
  };
}

/** @param {Readonly<LearnState>} state @param {Phase} phase @param {readonly string[]} layers @returns {string} whose weights are shown; '' for none */
function layerOf({ subject, weight }, { name, layer }, layers) {
  if (name === 'backward') return layers.includes(layer) ? layer : '';
  const asked = [weight && partsOf(weight).layer, subject?.layer];
  return layers.find((one) => asked.includes(one)) ?? layers[0] ?? '';
}

/** @param {Learnt} weight @returns {{ layer: string, part: string }} "conv1", "weight" */
export function partsOf({ parameter }) {
  const dot = parameter.lastIndexOf('.');
  return { layer: parameter.slice(0, dot), part: parameter.slice(dot + 1) };
}

/** @param {Graph} graph @param {Learnt | null} weight @returns {Partial<LearnState>} it, and a cell that it helps to make */
export function chosen(graph, weight) {
  if (!weight) return { weight, kernel: null };
  const { layer, part } = partsOf(weight);
  const kernel = part === 'weight' ? weightAt(graph, layer, weight.term) : null;
  const channel = kernel ? kernel.out : weight.term;
  const pointed = { layer, channel, row: 0, column: 0 };
  return { weight, kernel, pointed, pinned: null, walking: false };
}

/** What the weights show. @param {Readonly<LearnState>} state @param {string} parameter */
function numbersOf({ shows, step, learnt }, parameter) {
  const found =
    shows === 'weight' ? learnt?.get(parameter) : step?.tensors.get(`${shows}/${parameter}`);
  return /** @type {Float32Array | null} */ (found?.data ?? null);
}

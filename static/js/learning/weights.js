// The weights of a layer laid out by kernel: their gradients, themselves, what the step adds to each.
// Whatever is pointed at is accounted for.

import { mapLabel } from '../kinds/parts/labels.js';
import { traitsOf } from '../kinds/traits.js';
import { filterBlock, weightAt } from '../scene/kernels.js';
import { message } from '../text/messages.js';
import { brief, scaleText } from '../text/numbers.js';
import { button, find, html, say } from '../ui/dom.js';
import { choiceOf } from '../ui/effect.js';
import { createBlock } from '../ui/maps/block.js';
import { createBoard } from '../ui/maps/board.js';
import { cellFor } from '../ui/receipt/plane.js';
import { own } from '../ui/receipt/shade.js';
import { isBack, phaseAt } from './phases.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { Phase } from './phases.js' */
/** @import { Learnt, LearnState, LearnStore, Painted } from './state.js' */

/** At most so large: px, of a cell and of a filter. */
const SIZE = { cell: 12, wide: 230, high: 84 };
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
      const limit = filters?.show(state, stage) ?? 0;
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

/** @param {Graph} graph @param {string} layer @param {(weight: Learnt) => void} point */
function createFilters(graph, layer, point) {
  const { channels } = graph.size(layer);
  const blocks = Array.from({ length: channels }, (_, out) => {
    const shape = filterBlock(graph, layer, out, 'across');
    const cell = cellFor(shape.wide, shape.high, SIZE.wide, SIZE.high, SIZE.cell);
    return createBlock(shape, cell, () => '');
  });
  const biases = blocks.map((_, term) =>
    button({ class: 'action bias', onclick: () => point({ parameter: `${layer}.bias`, term }) }),
  );
  const filters = blocks.map(({ element }, out) => {
    const name = html('span', {}, mapLabel(graph, layer, out));
    return html('div', { class: 'filter' }, name, element, biases[out] ?? null);
  });
  const grid = html('div', { class: 'filters board' }, ...filters);
  const label = message('kernels.label', { layer });
  const board = createBoard(grid, blocks, label, blocks.length, (term) => {
    if (term !== null) point({ parameter: `${layer}.weight`, term });
  });
  return {
    element: grid,
    /** @param {Readonly<LearnState>} state @param {Stage} stage @returns {number} largest number that is shown, without its sign */
    show(state, { painter }) {
      const values = numbersOf(state, `${layer}.weight`);
      let largest = 0;
      for (const value of values ?? []) largest = Math.max(largest, Math.abs(value));
      for (const block of blocks) block.paint(values, painter.colours, own(largest));
      const added = numbersOf(state, `${layer}.bias`);
      biases.forEach((one, i) => {
        one.hidden = !added;
        say(one, message('learning.bias', { value: brief(added?.[i] ?? 0) }));
      });
      const { weight } = state;
      board.mark(weight?.parameter === `${layer}.weight` ? weight.term : -1);
      return largest;
    },
  };
}

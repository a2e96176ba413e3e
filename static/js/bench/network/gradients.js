// The gradients of a layer's kernels, side by side: what a step of training would change. Where all are
// the same, training cannot tell the kernels apart.

import { traitsOf } from '../../kinds/traits.js';
import { filterBlock } from '../../scene/kernels.js';
import { message } from '../../text/messages.js';
import { html, say } from '../../ui/dom.js';
import { createBlock } from '../../ui/maps/block.js';
import { cellFor } from '../../ui/receipt/plane.js';
import { own } from '../../ui/receipt/shade.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { Colours } from '../../render/brush.js' */
/** @import { Shown } from '../../stage/state.js' */
/** @import { SectionState } from '../types.d.ts' */

/** So many kernels are drawn, at most so large: px, of a cell and of a kernel. */
const MOST = 16;
const SIZE = { cell: 10, wide: 92, high: 60 };
/** As a share of the largest number: what float32 rounds. */
const ROUNDING = 1e-4;

/**
 * @typedef {object} Alike what a layer's kernels have in common
 * @property {string} layer
 * @property {number} count of kernels
 * @property {number} kinds how many of their gradients are others than those before them
 * @property {ArrayLike<number>} values of all gradients
 * @property {number} largest of them, without its sign
 */

/** @param {Shown} shown @param {string} layer @returns {Alike | null} null where the answer has none that are finite */
export function alikeIn({ tensors }, layer) {
  const gradient = tensors.get(`${layer}.weight.gradient`);
  if (!gradient) return null;
  const [count = 1] = gradient.shape;
  const values = /** @type {Float32Array} */ (gradient.data);
  const each = values.length / count;
  const kernels = Array.from({ length: count }, (_, i) =>
    values.subarray(i * each, (i + 1) * each),
  );
  let largest = 0;
  values.forEach((value) => (largest = Math.max(largest, Math.abs(value))));
  if (!Number.isFinite(largest)) return null;
  const near = ROUNDING * largest;
  const others = /** @type {(typeof kernels)[number][]} */ ([]);
  for (const kernel of kernels)
    if (!others.some((one) => same(one, kernel, near))) others.push(kernel);
  return { layer, count, kinds: others.length, values, largest };
}

/** @param {Float32Array} one @param {Float32Array} other @param {number} near */
function same(one, other, near) {
  return one.every((value, i) => Math.abs(value - (other[i] ?? NaN)) <= near);
}

/** @param {Readonly<SectionState<any>>} state @returns {string} of the cell that is accounted for, else the first that has weights; '' for none */
export function layerOf({ graph, pinned, pointed }) {
  const weighted = graph?.spec.layers.filter((layer) => traitsOf(layer).weighted) ?? [];
  const chosen = weighted.find(({ name }) => name === (pinned ?? pointed)?.layer);
  return (chosen ?? weighted[0])?.name ?? '';
}

/** @param {() => Colours} colours */
export function createGradients(colours) {
  const told = html('p', { class: 'gradients-told', role: 'status' });
  const kernels = html('div', { class: 'gradients-kernels', role: 'img' });
  const element = html('div', { class: 'gradients' }, kernels, told);
  let made = '';
  /** @type {ReturnType<typeof createBlock>[]} */
  let blocks = [];

  /** @param {Graph} graph @param {string} layer */
  function make(graph, layer) {
    const { channels } = graph.size(layer);
    const shapes = Array.from({ length: Math.min(MOST, channels) }, (_, i) =>
      filterBlock(graph, layer, i, 'across'),
    );
    blocks = shapes.map((shape) => {
      const cell = cellFor(shape.wide, shape.high, SIZE.wide, SIZE.high, SIZE.cell);
      return createBlock(shape, cell, () => '');
    });
    kernels.replaceChildren(...blocks.map((block) => block.element));
  }

  /** @param {Readonly<SectionState<any>>} state */
  function show(state) {
    const { graph, trace } = state;
    const layer = layerOf(state);
    const alike = trace && alikeIn(trace, layer);
    element.hidden = !alike;
    if (!alike || !graph?.has(layer)) return;
    const key = `${layer} ${JSON.stringify(graph.spec.layers)}`;
    if (key !== made) make(graph, layer);
    made = key;
    for (const block of blocks) block.paint(alike.values, colours(), own(alike.largest));
    kernels.ariaLabel = message('bench.network.gradients', { layer });
    say(told, gradientsText(alike));
  }
  return { element, show };
}

/** @param {Alike} alike */
export function gradientsText({ layer, count, kinds, largest }) {
  if (largest === 0) return message('bench.network.gradients.none', { layer, count });
  const gaps = { layer, kernels: count, count: kinds };
  return message(
    kinds === 1 ? 'bench.network.gradients.same' : 'bench.network.gradients.other',
    gaps,
  );
}

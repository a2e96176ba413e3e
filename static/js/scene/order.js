// Which channels of a layer too large to show whole are shown: those in which most happens, and of an
// answer the best classes.

import { isAnswer, ranked, scoreLayerOf } from '../kinds/traits.js';

/** @import { Cell, Graph, Tensor } from '../geometry/types.d.ts' */
/** @import { Layout } from './types.d.ts' */

/** @typedef {ReadonlyMap<string, Tensor> | undefined} Tensors undefined while nothing is drawn */

/** What is chosen stays so while its layout stands, whatever is read meanwhile. */
export class Chosen {
  /** @type {Map<string, number[]>} */
  #orders = new Map();

  /**
   * @param {Graph} graph
   * @param {Tensors} tensors
   * @param {Cell | null} [pinned] its channel comes second, so that it does not leave who looks at it
   * @returns {(layer: string) => number[]} channels, those to show first
   */
  order(graph, tensors, pinned = null) {
    return (layer) => {
      const channel = pinned?.layer === layer ? pinned.channel : null;
      const order = this.#orders.get(layer) ?? second(orderOf(graph, layer, tensors), channel);
      this.#orders.set(layer, order);
      return order;
    };
  }

  /**
   * The answer is then chosen anew, and nothing else.
   * @param {Layout | null} layout
   * @param {Graph} graph
   * @param {Tensors} tensors
   * @returns {boolean} whether the layout leaves out the class that is read
   */
  misses(layout, graph, tensors) {
    const misses = hidesBest(layout, graph, tensors);
    if (misses) this.#orders.delete(graph.output);
    return misses;
  }

  clear() {
    this.#orders.clear();
  }
}

/** @param {Graph} graph @param {string} layer @param {Tensors} tensors */
function orderOf(graph, layer, tensors) {
  const { channels } = graph.size(layer);
  if (!isAnswer(graph, layer)) return mostActive(tensors?.get(layer), channels);
  const scores = scoresOf(graph, tensors);
  return scores ? ranked(scores) : all(channels);
}

/** @param {number[]} order @param {number | null} channel @returns {number[]} with this one second, where it came later */
function second(order, channel) {
  if (channel === null || order.indexOf(channel) < 2) return order;
  return [...order.slice(0, 1), channel, ...order.slice(1).filter((other) => other !== channel)];
}

/** @param {Layout | null} layout @param {Graph} graph @param {Tensors} tensors */
function hidesBest(layout, graph, tensors) {
  const box = layout?.box(graph.output);
  if (!box?.hidden || !isAnswer(graph, graph.output)) return false;
  const scores = scoresOf(graph, tensors);
  return scores !== undefined && (box.place[ranked(scores)[0] ?? -1] ?? -1) < 0;
}

/** The scores tell classes apart that all have a share of 0. */
/** @param {Graph} graph @param {Tensors} tensors @returns {ArrayLike<number> | undefined} */
function scoresOf(graph, tensors) {
  const scores = tensors?.get(scoreLayerOf(graph) ?? graph.output);
  return (scores ?? tensors?.get(graph.output))?.data;
}

/** As they come. @param {number} channels */
const all = (channels) => Array.from({ length: channels }, (_, channel) => channel);

/**
 * @param {Tensor | undefined} tensor
 * @param {number} channels
 * @returns {number[]} channels by their largest |value|, as they come while nothing is drawn
 */
export function mostActive(tensor, channels) {
  if (!tensor) return all(channels);
  const area = tensor.data.length / channels;
  const most = new Float64Array(channels);
  tensor.data.forEach((/** @type {number} */ value, /** @type {number} */ i) => {
    const channel = Math.floor(i / area);
    most[channel] = Math.max(most[channel] ?? 0, Math.abs(value));
  });
  return ranked(most);
}

// The gradient: how the loss changes with each cell, as far back as one has come. Layers that are not
// reached yet hold no number.

import { traitsOf } from '../../kinds/traits.js';
import { message } from '../../text/messages.js';
import { fitting } from '../../text/numbers.js';
import { legendsOf, ranges } from './scale.js';

/** @import { Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { BarValue, Fits, QuantityKind, Range } from '../types.d.ts' */

/** @type {QuantityKind} */
export const gradient = {
  get word() {
    return message('gradient');
  },
  asks: 'gradient',
  offered: false, // a page that takes a step of training decides
  of(graph, { view: { scale }, answer }) {
    if (!answer) return null;
    const { tensors } = answer;
    const found = ranges(graph, tensors, scale, {
      limits: passedBack(graph, tensors),
      signed: true,
    });
    const legend = legendsOf(found);
    const caption = message('gradient'); // below bars, in place of 0 and 100 %
    return {
      ...{ name: 'gradient', of: null, regions: null, under: null },
      ...{ tensors: withGround(graph, tensors), ranges: found },
      legend(layer) {
        const known = legend(layer);
        return known && { ...known, caption };
      },
      bars: (layer, fits) => barsOf(tensors, found.get(layer), layer, fits),
    };
  },
};

/**
 * A number keeps its colour as it travels back, too: a layer that passes numbers on gives what it read
 * a scale as wide as its own.
 *
 * @param {Graph} graph
 * @param {Tensors} tensors
 * @returns {ReadonlyMap<string, number>} by layer, what its colours reach at least
 */
function passedBack(graph, tensors) {
  /** @type {Map<string, number>} */
  const limits = new Map();
  for (const name of graph.names.toReversed()) {
    const layer = graph.layer(name);
    let own = limits.get(name) ?? 0;
    for (const value of tensors.get(name)?.data ?? []) own = Math.max(own, Math.abs(Number(value)));
    if (traitsOf(layer).bounded?.(layer))
      for (const source of layer.inputs) limits.set(source, Math.max(own, limits.get(source) ?? 0));
  }
  return limits;
}

/** @param {Graph} graph @param {Tensors} tensors @returns {Tensors} the ground where there is no number yet */
function withGround(graph, tensors) {
  return new Map(
    graph.names.map((name) => {
      const nothing = () => new Float32Array(graph.count(name)).fill(NaN);
      const { shape } = graph.layer(name);
      return [name, tensors.get(name) ?? { dtype: 'F32', shape, data: nothing() }];
    }),
  );
}

/** @param {Tensors} tensors @param {Range | undefined} range @param {string} layer @param {Fits} fits @returns {BarValue[]} */
function barsOf(tensors, range, layer, fits) {
  return Array.from(tensors.get(layer)?.data ?? [], Number).map((value) => ({
    fraction: value / (range?.limit ?? 1),
    text: fitting(value, fits),
    strong: false,
    tone: value === 0 ? 'ink3' : 'ink2',
    fill: value < 0 ? 'neg' : 'pos',
  }));
}

// The first quantity: what each cell holds, its activation.

import { message } from '../../text/messages.js';
import { isAlone, percentShort } from '../../text/shares.js';
import { imageRange, legendValue, ranges } from './scale.js';

/** @import { Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { BarValue, Fits, LegendValue, Quantity, QuantityKind, View } from '../types.d.ts' */

/** @type {QuantityKind} */
export const value = {
  get word() {
    return message('effect.values');
  },
  of: (graph, { view }) => valueOf(graph, view),
};

/** By trace, or by network while nothing is drawn: as it was last made. @type {WeakMap<Tensors | Graph, { scale: View['scale'], beside: View['beside'], quantity: Quantity }>} */
const made = new WeakMap();

/**
 * The values of a trace, the same ones for whoever asks. While nothing is drawn every cell is the
 * scale's zero and the image paper; what paper and ink are is known before.
 * @param {Graph} graph
 * @param {Pick<View, 'trace' | 'scale' | 'beside'>} view
 * @returns {Quantity}
 */
export function valueOf(graph, { trace, scale, beside = null }) {
  const known = made.get(trace ?? graph);
  if (known?.scale === scale && known.beside === beside) return known.quantity;
  const tensors = trace ?? new Map();
  const found = trace
    ? ranges(graph, trace, scale, beside ?? {})
    : new Map([[graph.input, imageRange(graph, 0, 0)]]);
  const quantity = {
    ...{ name: 'value', of: null, regions: null, under: null },
    ...{ tensors, ranges: found, legend: legendsOf(found) },
    bars: (/** @type {string} */ layer, /** @type {Fits} */ fits) =>
      shares(tensors.get(layer)?.data ?? [], fits),
  };
  made.set(trace ?? graph, { scale, beside, quantity });
  return quantity;
}

/**
 * What legends say, worked out when it is asked for.
 * @param {Quantity['ranges']} ranges
 * @returns {Quantity['legend']}
 */
export function legendsOf(ranges) {
  /** @type {Map<string, LegendValue>} */
  const said = new Map();
  return (layer) => {
    const range = ranges.get(layer);
    const known = said.get(layer) ?? (range && legendValue(range));
    if (known) said.set(layer, known);
    return known ?? null;
  };
}

/** @param {ArrayLike<number>} data probabilities of the classes @param {Fits} fits @returns {BarValue[]} */
function shares(data, fits) {
  const best = Array.prototype.indexOf.call(data, Math.max(...Array.from(data)));
  const alone = isAlone(data);
  return Array.from(data, (fraction, channel) => {
    const strong = channel === best;
    const tone = strong ? 'ink' : Math.abs(fraction) > 0.01 ? 'ink2' : 'ink3';
    const text = percentShort(fraction, alone, fits);
    return { fraction, text, strong: strong && fraction > 0, tone };
  });
}

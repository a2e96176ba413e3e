// What one reading has more than another: now and then, on the scale that both have.

import { message } from '../../text/messages.js';
import { isAlone, shareDifference } from '../../text/shares.js';
import { legendsOf, ranges, scaleBeside } from './scale.js';

/** @import { Graph, Tensor, Tensors } from '../../geometry/types.d.ts' */
/** @import { BarValue, QuantityKind } from '../types.d.ts' */

/** Less than this is written as 0. */
const TINY = 0.0005;

/** @type {QuantityKind} */
export const difference = {
  get word() {
    return message('difference');
  },
  offered: false, // what is compared decides
  of(graph, { view: { trace, scale, beside } }) {
    const then = beside?.then;
    if (!trace || !then) return null;
    const tensors = differenceOf(graph, trace, then);
    const how = { limits: beside.limits, signed: true };
    const found = ranges(graph, tensors, scaleBeside(scale, beside), how);
    return {
      ...{ name: 'difference', of: null, regions: null, under: null },
      ...{ tensors, ranges: found, legend: legendsOf(found) },
      bars: (layer) => sharesMore(trace.get(layer)?.data ?? [], then.get(layer)?.data ?? []),
    };
  },
};

/**
 * Nothing is guessed in a difference: what is more is blue, what is less orange.
 * @param {ArrayLike<number>} now probabilities
 * @param {ArrayLike<number>} then
 * @returns {BarValue[]}
 */
function sharesMore(now, then) {
  const alone = [now, then].map((shares) => isAlone(shares));
  return Array.from(now, (share, channel) => {
    const before = then[channel] ?? 0;
    const fraction = Math.fround(share - before);
    const fill = fraction < 0 ? 'neg' : 'pos';
    const tone = Math.abs(fraction) < TINY ? 'ink3' : fill;
    const text = shareDifference([share, alone[0] ?? false], [before, alone[1] ?? false]);
    return { fraction, text, strong: false, tone, fill };
  });
}

/**
 * @param {Graph} graph
 * @param {Tensors} now
 * @param {Tensors} then
 * @returns {Map<string, Tensor>} now − then, in every layer
 */
export function differenceOf(graph, now, then) {
  /** @type {Map<string, Tensor>} */
  const found = new Map();
  for (const name of graph.names) {
    const [a, b] = [now.get(name), then.get(name)];
    if (!a || !b) continue;
    const data = Float32Array.from(a.data, (value, i) => value - (b.data[i] ?? 0));
    found.set(name, { ...a, data });
  }
  return found;
}

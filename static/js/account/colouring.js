// The stage's own scale, for whatever else is coloured like it.

import { limitOf, valueOf } from '../scene/quantities/scale.js';

/** @import { Span } from '../render/brush.js' */
/** @import { StageState } from '../stage/state.js' */

/**
 * @param {Pick<StageState, 'graph' | 'trace' | 'scale' | 'beside'>} state
 * @returns {(layer: string, channel: number) => Span} of one map, while comparing that of both readings
 */
export function spansOf({ graph, trace, scale, beside }) {
  const ranges =
    graph && trace ? valueOf(graph, { trace: trace.tensors, scale, beside }).ranges : null;
  return (layer, channel) => {
    const range = ranges?.get(layer);
    if (!range) return { image: layer === graph?.input, limit: 1, low: 0, high: 1 };
    const { image, zero, low, high } = range;
    return { image, zero, low, high, limit: limitOf(range, channel) };
  };
}

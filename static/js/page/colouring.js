// The stage's own scales, for whatever else is coloured like it: worked out once a trace.

import { limitOf, ranges } from '../scene/values.js';

/** @import { Span } from '../render/colours.js' */
/** @import { Range } from '../scene/types.d.ts' */
/** @import { State } from './state.js' */

/**
 * @returns {(state: Pick<State, 'graph' | 'trace' | 'scale' | 'beside'>) => (layer: string, channel: number) => Span}
 *   of one map, while comparing that of both readings
 */
export function createColouring() {
  /** @type {Partial<Pick<State, 'trace' | 'scale' | 'beside'>>} */
  let known = {};
  /** @type {Map<string, Range>} */
  let found = new Map();

  return ({ graph, trace, scale, beside }) => {
    if (trace !== known.trace || scale !== known.scale || beside !== known.beside) {
      known = { trace, scale, beside };
      found = trace && graph ? ranges(graph, trace.tensors, scale, beside) : new Map();
    }
    return (layer, channel) => {
      const range = found.get(layer);
      if (!range) return { image: layer === graph?.input, limit: 1, low: 0, high: 1 };
      const { image, low, high } = range;
      return { image, low, high, limit: limitOf(range, channel) };
    };
  };
}

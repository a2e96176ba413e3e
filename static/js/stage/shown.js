// What a stage shows, of all that it can show: made of its state, and the same until that changes.

import { QUANTITIES, quantityOf } from '../scene/quantities/index.js';
import { valueOf } from '../scene/quantities/scale.js';
import { filled } from '../scene/playing.js';
import { viewOf } from './state.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Answer, Quantity } from '../scene/types.d.ts' */
/** @import { StageState } from './state.js' */

/** @returns {(graph: Graph, state: Readonly<StageState>) => Quantity} for one stage */
export function createShown() {
  /** @type {unknown[]} */
  let known = [];
  /** @type {Quantity | null} */
  let made = null;

  return (graph, state) => {
    const { quantity: name, pinned, trace, scale, beside } = state;
    const answer = answerFor(state);
    const fills = state.play && pinned;
    const parts = [graph, name, pinned, trace, scale, beside, answer, fills];
    if (made && parts.every((part, i) => part === known[i])) return made;
    known = parts;
    const view = viewOf(state);
    const whole = valueOf(graph, view);
    const value = fills ? filled(graph, whole, fills) : whole;
    made = quantityOf(graph, name, { view, value, pinned, answer });
    return made;
  };
}

/**
 * @param {Pick<StageState, 'quantity' | 'answers' | 'trace'>} state
 * @returns {Answer | null} to what the quantity asks
 */
function answerFor({ quantity, answers, trace }) {
  const asks = QUANTITIES[quantity]?.asks;
  return asks && trace ? (answers[asks] ?? null) : null;
}

// What a stage shows, of all that it can show: made of its state, and the same until that changes.

import { QUANTITIES, quantityOf } from '../scene/quantities/index.js';
import { valueOf } from '../scene/quantities/scale.js';
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
    const parts = [graph, name, pinned, trace, scale, beside, answer];
    if (made && parts.every((part, i) => part === known[i])) return made;
    known = parts;
    const view = viewOf(state);
    made = quantityOf(graph, name, { view, value: valueOf(graph, view), pinned, answer });
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

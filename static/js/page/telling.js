// A cell's receipt with the scales it is shown in, as the account's views want it.

import { receipt as receiptOf } from '../scene/receipt/receipt.js';
import { limitOf, ranges } from '../scene/values.js';
import { viewOf } from './state.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Stage } from '../render/stage.js' */
/** @import { CellAccount, Range } from '../scene/types.d.ts' */
/** @import { Told } from '../ui/receipt/types.d.ts' */
/** @import { State, Trace } from './state.js' */
/** @import { View } from './view.js' */

/**
 * @param {Stage} stage
 * @param {View} view
 */
export function createTelling(stage, view) {
  /** @type {Trace | null} */
  let trace = null;
  let scale = '';
  /** @type {Map<string, Range>} */
  let found = new Map();

  /** @type {Told['span']} */
  function span(layer, channel) {
    const range = found.get(layer);
    if (!range) return { image: false, limit: 1, low: -1, high: 1 };
    const { image, low, high } = range;
    return { image, low, high, limit: limitOf(range, channel) };
  }

  /** @type {Told['tensor']} */
  const tensor = (layer) => trace?.tensors.get(layer)?.data ?? null;

  /**
   * @param {Readonly<State>} state
   * @param {Graph} graph
   * @param {CellAccount} account
   * @returns {Told | null} null while nothing is drawn
   */
  return (state, graph, account) => {
    if (!state.trace) return null;
    if (trace !== state.trace || scale !== state.scale) {
      trace = state.trace;
      scale = state.scale;
      found = ranges(graph, trace.tensors, state.scale);
    }
    const receipt = receiptOf(graph, viewOf(state), account.cell, view.layout);
    if (!receipt) return null;
    const { colours } = stage;
    return { account, receipt, colours, span, tensor, drawn: trace, pinned: state.pinned !== null };
  };
}

// A cell's receipt with the scales it is shown in, as the account's views want it.

import { afterwards } from '../scene/afterwards.js';
import { receipt as receiptOf } from '../scene/receipt/receipt.js';
import { goes, what } from '../scene/sentences.js';
import { spansOf } from './colouring.js';
import { viewOf } from '../stage/state.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Receipt } from '../kinds/receipt.d.ts' */
/** @import { Told } from '../ui/receipt/types.d.ts' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { Shown } from '../stage/state.js' */
/** @import { AccountState } from './state.js' */

/**
 * @param {Stage} stage
 * @param {Readonly<AccountState>} state
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {Told | null} null while nothing is drawn
 */
export function tell({ painter: { colours }, view }, state, graph, cell) {
  const { trace, pinned, unfolded } = state;
  const receipt = trace && receiptOf(graph, viewOf(state), cell, view.layout);
  if (!trace || !receipt) return null;
  return {
    ...{ receipt, colours, drawn: trace, said: saidOf(receipt, trace), span: spansOf(state) },
    tensor: (layer) => trace.tensors.get(layer)?.data ?? null,
    ...{ pinned: pinned !== null, unfolded },
  };
}

/**
 * Beside the numbers: no more than is shown, for it is said anew with every cell pointed at.
 *
 * @param {Receipt} receipt
 * @param {Shown} trace
 * @returns {Told['said']}
 */
function saidOf({ graph, cell, diagram, why, after }, { tensors }) {
  return {
    is: why ? '' : what(graph, tensors, cell),
    after: afterwards(graph, tensors, cell, after),
    goes: diagram === 'window' ? (goes(graph, after.at(-1)?.cell ?? cell) ?? '') : '',
  };
}

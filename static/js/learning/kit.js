// What accounts for the cells of this section: of values as everywhere, of gradients by what came back.

import { tell } from '../account/telling.js';
import { limitOf } from '../scene/quantities/scale.js';
import { cellSentences } from '../scene/sentences.js';
import { createLineCell } from '../ui/receipt/line.js';
import { createOpenCell, createSheetCell } from '../ui/receipt/open.js';
import { own } from '../ui/receipt/shade.js';
import { lossReceipt } from './gradient/loss.js';
import { gradientReceipt } from './gradient/receipt.js';
import { phaseAt, phasesOf } from './phases.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Told } from '../ui/receipt/types.d.ts' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { LearnState } from './state.js' */

/** Of each account that the server gave. @type {WeakMap<object, ReturnType<typeof gradientReceipt>>} */
const made = new WeakMap();

/** No window slides here: what plays are the phases. @type {import('../account/explanation.js').Kit} */
export const KIT = {
  ...{ cellSentences, createOpenCell, createSheetCell, createLineCell },
  playOf: () => null,
  tell(stage, state, graph, cell) {
    const learns = /** @type {Readonly<LearnState>} */ (state);
    if (state.quantity !== 'gradient') return tell(stage, state, graph, cell);
    return learns.told && tellGradient(stage, learns, graph, learns.told);
  },

  /** Of the loss, in its phase. */
  tellAlone(stage, state, graph) {
    const { at, step, unfolded } = /** @type {Readonly<LearnState>} */ (state);
    if (!step || phaseAt(phasesOf(graph), at).name !== 'loss') return null;
    const receipt = made.get(step) ?? lossReceipt(graph, step);
    made.set(step, receipt);
    const { equation, value } = receipt;
    const after = equation?.how === 'function' ? [equation.text] : []; // its picture has no share
    return {
      ...{ receipt, drawn: step, unfolded, colours: stage.painter.colours, pinned: null },
      ...{ said: { is: '', after, goes: '' }, span: () => own(value), tensor: () => null },
    };
  },
};

/** @param {Stage} stage @param {Readonly<LearnState>} state @param {Graph} graph @param {NonNullable<LearnState['told']>} told @returns {Told} */
function tellGradient({ painter: { colours }, view }, { pinned, weight, unfolded }, graph, told) {
  const { ranges } = view.quantity ?? {};
  const receipt = made.get(told) ?? gradientReceipt(graph, told);
  made.set(told, receipt);
  const after = receipt.equations.slice(1).map(({ text }) => text);
  return {
    ...{ receipt, colours, drawn: told, said: { is: '', after, goes: '' } },
    span(layer, channel) {
      const range = ranges?.get(layer);
      return own(range ? limitOf(range, channel) : 1);
    },
    tensor: () => null,
    ...{ pinned: pinned !== null || weight !== null, unfolded },
  };
}

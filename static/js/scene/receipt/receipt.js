// Receipts: everything that makes the value of one cell, whatever its kind.

import { kindOf } from '../../kinds/index.js';
import { cellName, placeName } from '../../kinds/names.js';
import { windowOf } from '../../kinds/network/windows.js';
import { messageReceipt, messageWords, valueCode } from '../../kinds/parts/message.js';
import { digitsFor, unitsOf, written } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';

/** @import { AnyLayer, Cell, Graph } from '../../geometry/types.d.ts' */
/** @import { Account, ActivationReceipt, MessageReceipt, Receipt } from '../../kinds/receipt.d.ts' */
/** @import { Digits } from '../../text/numbers.js' */
/** @import { Layout, View } from '../types.d.ts' */

/** @typedef {Pick<View, 'trace' | 'weights' | 'picture'>} Seen */

/** Before the weights are here. @type {Account<MessageReceipt>} */
const LOADING = {
  receipt: () => null,
  words: messageWords,
  code: valueCode,
  symbols: () => null,
};

/**
 * @param {Graph} graph
 * @param {Seen} view
 * @param {Cell} cell
 * @param {Layout | null} [layout] says which activations are folded; without it none is
 * @returns {Receipt | null} null without a trace, or where there is no such cell
 */
export function receipt(graph, view, cell, layout = null) {
  const made = alone(graph, view, cell);
  if (!made || !layout) return made;
  const offset = graph.offset(cell);
  const folds = layout.box(cell.layer)?.fold ?? [];
  const after = folds.flatMap((name) => {
    const next = alone(graph, view, graph.cellAt(name, offset), made.digits);
    return next?.diagram === 'curve' ? [next] : [];
  });
  if (made.diagram === 'curve')
    return { ...made, after, origin: originOf(graph, view, made, layout) };
  return { ...made, after };
}

/** The account that an activation continues, where it is folded into what it reads. */
/** @param {Graph} graph @param {Seen} view @param {ActivationReceipt} receipt @param {Layout} layout @returns {Receipt | null} */
function originOf(graph, view, { cell, source }, layout) {
  if (layout.stand(cell.layer) === cell.layer) return null;
  const before = alone(graph, view, source);
  if (before?.diagram !== 'curve') return before;
  return { ...before, origin: originOf(graph, view, before, layout) };
}

/** @param {Graph} graph @param {Seen} view @param {Cell} cell @param {Digits} [continued] of the account that this one continues @returns {Receipt | null} */
function alone(graph, { trace, weights, picture = null }, cell, continued) {
  if (!trace || !graph.valid(cell)) return null;
  const value = trace.get(cell.layer)?.data[graph.offset(cell)];
  if (value === undefined) return null;
  const layer = graph.layer(cell.layer);
  const [window] = windowOf(graph, cell);
  const { account } = kindOf(layer);
  const own = account.receipt({
    ...{ graph, trace, weights, layer, cell, window, value, picture, digits: continued },
    pointwise: (name) => kindOf(graph.layer(name)).pointwise?.(graph.layer(name)) ?? null,
  });
  const found = own ?? loading(layer, cell);
  const digits = found.equation?.digits ?? digitsFor(value);
  return /** @type {Receipt} */ ({
    ...found,
    ...{
      graph,
      cell,
      title: cell.layer,
      place: placeName(graph, cell),
      name: cellName(graph, cell),
    },
    ...{ value, digits, valueText: written(unitsOf(value, digits), digits) },
    ...{ account: own ? account : LOADING, after: [] },
  });
}

/** @param {AnyLayer} layer @param {Cell} cell */
function loading({ name, parameters, connections }, { channel }) {
  const [, all = 1, ...kernel] = parameters['weight'] ?? [];
  const count = kernel.reduce((a, b) => a * b, connections?.[channel]?.length ?? all);
  return messageReceipt(sentences().stillLoading(name, count));
}

// Receipts: everything that makes the value of one cell, whatever its kind.

import { kindOf } from '../../kinds/index.js';
import { cellName, placeName } from '../../kinds/traits.js';
import { windowOf } from '../../kinds/network/windows.js';
import { unexplained } from '../../kinds/parts/message.js';
import { message } from '../../text/messages.js';
import { digitsFor, roughly, unitsOf, written } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';

/** @import { Cell, Graph } from '../../geometry/types.d.ts' */
/** @import { Account, ActivationReceipt, Found, Receipt, ReceiptAsked, Rounding } from '../../kinds/receipt.d.ts' */
/** @import { Digits } from '../../text/numbers.js' */
/** @import { Layout, View } from '../types.d.ts' */

/** @typedef {Pick<View, 'trace' | 'weights' | 'picture'>} Seen */

/** Before the weights are here. */
const LOADING = unexplained(({ layer: { name, parameters, connections }, cell }) => {
  const [, all = 1, ...kernel] = parameters['weight'] ?? [];
  const count = kernel.reduce((a, b) => a * b, connections?.[cell.channel]?.length ?? all);
  return sentences().stillLoading(name, count);
});

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

/** @param {Graph} graph @param {Seen} view @param {Cell} cell @param {Digits} [digits] of the account that this one continues @returns {Receipt | null} */
function alone(graph, { trace, weights, picture = null }, cell, digits) {
  if (!trace || !graph.valid(cell)) return null;
  const value = trace.get(cell.layer)?.data[graph.offset(cell)];
  if (value === undefined) return null;
  const layer = graph.layer(cell.layer);
  const [window] = windowOf(graph, cell);
  const asked = {
    ...{ graph, trace, weights, layer, cell, window, value, picture, digits },
    pointwise: (/** @type {string} */ name) =>
      kindOf(graph.layer(name)).pointwise?.(graph.layer(name)) ?? null,
  };
  const { account } = kindOf(layer);
  const found = account.receipt(asked);
  return found ? whole(asked, account, found) : whole(asked, LOADING, LOADING.receipt(asked));
}

/**
 * @param {ReceiptAsked} asked
 * @param {Account} account
 * @param {Found<Receipt>} found
 * @returns {Receipt}
 */
function whole({ graph, cell, value }, account, { exact, ...found }) {
  const equation = found.equations.find(({ role }) => role === 'value') ?? null;
  const digits = equation?.digits ?? digitsFor(value);
  const rounding = exact ? roundingOf(value, exact) : null;
  const check = [found.check ?? equation?.text];
  if (rounding) check.push(message('rounding.engine', { difference: rounding.text }));
  return /** @type {Receipt} */ ({
    why: null,
    ...found,
    ...{ graph, cell, title: cell.layer, place: placeName(graph, cell) },
    ...{ name: cellName(graph, cell), value, valueText: written(unitsOf(value, digits), digits) },
    ...{ digits, equation, rounding, check: check.join(' · '), account, after: [] },
  });
}

/**
 * @param {number} value the engine's, float32
 * @param {{ sum: number, magnitude: number }} exact in float64
 * @returns {Rounding}
 */
function roundingOf(value, { sum, magnitude }) {
  const difference = value - sum;
  const text = roughly(difference);
  return { value: difference, text, bound: 1e-5 * magnitude, exact: sum };
}

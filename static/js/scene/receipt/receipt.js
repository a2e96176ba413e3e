// Receipts: everything that makes the value of one cell, whatever its kind.

import { cellName, placeName } from '../format.js';
import { counted } from '../../text/counts.js';
import { digitsFor, unitsOf, written } from '../../text/numbers.js';
import { activationReceipt } from './activation.js';
import { convReceipt } from './conv.js';
import { denseReceipt } from './dense.js';
import { inputReceipt } from './input.js';
import { addReceipt, concatReceipt, flattenReceipt } from './pass.js';
import { otherReceipt } from './other.js';
import { poolReceipt } from './pool.js';
import { softmaxReceipt } from './softmax.js';

/** @import { Digits } from '../../text/numbers.js' */
/** @import { LayerSpec } from '../../geometry/types.d.ts' */
/** @import { ActivationReceipt, Cell, Graph, Layout, LoadingReceipt, Receipt, View } from './types.d.ts' */
/** @import { Asked, Found } from './shared.js' */

/** @typedef {Pick<View, 'trace' | 'weights' | 'picture'>} Seen */
/** @typedef {Found<Receipt>} AnyFound */

/** @type {Record<LayerSpec['kind'], (asked: Asked) => AnyFound | null>} */
const KINDS = {
  conv: convReceipt,
  dense: denseReceipt,
  pool: poolReceipt,
  subsample: convReceipt,
  relu: activationReceipt,
  tanh: activationReceipt,
  sigmoid: activationReceipt,
  softmax: softmaxReceipt,
  flatten: flattenReceipt,
  concat: concatReceipt,
  add: addReceipt,
  other: otherReceipt,
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
    return next?.kind === 'activation' ? [next] : [];
  });
  if (made.kind === 'activation')
    return { ...made, after, origin: originOf(graph, view, made, layout) };
  return { ...made, after };
}

/** The account that an activation continues, where it is folded into what it reads. */
/** @param {Graph} graph @param {Seen} view @param {ActivationReceipt} receipt @param {Layout} layout @returns {Receipt | null} */
function originOf(graph, view, { cell, source }, layout) {
  if (layout.stand(cell.layer) === cell.layer) return null;
  const before = alone(graph, view, source);
  if (before?.kind !== 'activation') return before;
  return { ...before, origin: originOf(graph, view, before, layout) };
}

/** @param {Graph} graph @param {Seen} view @param {Cell} cell @param {Digits} [continued] of the account that this one continues @returns {Receipt | null} */
function alone(graph, { trace, weights, picture = null }, cell, continued) {
  if (!trace || !graph.valid(cell)) return null;
  const value = trace.get(cell.layer)?.data[graph.offset(cell)];
  if (value === undefined) return null;
  const layer = graph.layer(cell.layer);
  const asked = { graph, trace, weights, cell, value, picture, digits: continued };
  const found =
    layer.kind === 'input'
      ? inputReceipt(asked)
      : (KINDS[layer.kind]({ ...asked, layer }) ?? loading(layer, cell));
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
    ...{ value, digits, valueText: written(unitsOf(value, digits), digits), after: [] },
  });
}

/** @param {LayerSpec} layer @param {Cell} cell @returns {Found<LoadingReceipt>} */
function loading({ name, kind, parameters, connections }, { channel }) {
  const [, all = 1, ...kernel] = parameters.weight ?? [];
  const count = kernel.reduce((a, b) => a * b, connections?.[channel]?.length ?? all);
  const are = `${counted(count, 'weight')} ${count === 1 ? 'is' : 'are'}`;
  const message = `Its ${are} still loading. How ${name} is computed shows as soon as they are here.`;
  return {
    kind: 'loading',
    of: kind === 'dense' ? 'dense' : 'conv',
    message,
    ...{ check: message, equations: [], equation: null, rounding: null, why: null },
  };
}

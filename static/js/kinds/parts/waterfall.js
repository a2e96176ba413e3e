// The running total of a dense unit: bias, the largest above 0, the rest of them, then below 0.

import { message } from '../../text/messages.js';
import { digitsFor } from '../../text/numbers.js';
import { at } from './data.js';
import { draft, factorsOf, moreDraft, sumEquation, totalDraft } from './equation.js';

/** @import { Cell, DenseReceipt, Equation, Graph } from '../receipt.d.ts' */

const TOGETHER = 20; // terms

/**
 * @typedef {Pick<DenseReceipt, 'values' | 'weights' | 'products' | 'bias' | 'order' | 'above' | 'below' |
 *   'count' | 'cellAt' | 'labelOf' | 'shortOf' | 'largest'> & { graph: Graph, value: number, cell: Cell }} Terms
 */

/**
 * @param {Terms} receipt
 * @param {number} [above] single terms above 0
 * @param {number} [below] single terms below 0
 * @returns {Equation} the items' from and to are the bars
 */
export function waterfall(receipt, above = 8, below = 5) {
  const { order, count, bias, value, cell, values, weights, products } = receipt;
  const up = part(order.subarray(0, receipt.above), above);
  const down = part(order.subarray(count - receipt.below).toReversed(), below);
  const digits = digitsFor(value, Math.max(Math.abs(bias), receipt.largest.product));
  const single = [...up.shown, ...down.shown];
  const pairs = single.map((i) => /** @type {const} */ ([at(values, i), at(weights, i)]));
  // Together where they stand together; one by one where there are too many to agree.
  const factors =
    pairs.length <= TOGETHER
      ? factorsOf(pairs, digits)
      : pairs.flatMap((pair) => factorsOf([pair], digits));
  const factorsAt = new Map(single.map((index, i) => [index, factors[i] ?? null]));
  const term = (/** @type {number} */ index) =>
    draft('term', receipt.labelOf(index), at(products, index), {
      ...{ short: receipt.shortOf(index), cell: receipt.cellAt(index), index },
      factors: factorsAt.get(index) ?? null,
    });
  const items = [
    draft('bias', message('bias'), bias),
    ...up.shown.map(term),
    ...together(products, up.hidden, 'above'),
    ...down.shown.map(term),
    ...together(products, down.hidden, 'below'),
  ];
  const total = { ...totalDraft(receipt), short: /** @type {const} */ ([cell.layer, '']) };
  return sumEquation({ role: 'value', items, total }, digits);
}

/** One more than asked for is shown rather than "1 more". */
/** @param {Uint32Array} terms strongest first @param {number} most */
function part(terms, most) {
  const end = terms.length === most + 1 ? most + 1 : most;
  return { shown: [...terms.subarray(0, end)], hidden: terms.subarray(end) };
}

/** @param {Float64Array} products @param {Uint32Array} hidden terms @param {'above' | 'below'} where 0 */
function together(products, hidden, where) {
  const count = hidden.length;
  if (!count) return [];
  const rest = hidden.reduce((sum, index) => sum + at(products, index), 0);
  const label = message(`terms.more.${where}`, { count });
  const sign = where === 'above' ? '>' : '<';
  const short = /** @type {const} */ ([message('terms.others'), `${count} ${sign} 0`]);
  return [{ ...moreDraft(count, '', rest), label, short }];
}

// The running total of a dense unit: bias, the largest above 0, the rest of them, then below 0.

import { message } from '../../text/messages.js';
import { digitsFor } from '../../text/numbers.js';
import { factorsOf, sumEquation } from './equation.js';
import { at, moreDraft } from './shared.js';

/** @import { Cell, DenseReceipt, Equation } from '../receipt.d.ts' */
/** @import { Draft } from './equation.js' */

const TOGETHER = 20; // terms

/**
 * @typedef {Pick<DenseReceipt, 'values' | 'weights' | 'products' | 'bias' | 'order' | 'above' | 'below' |
 *   'count' | 'cellAt' | 'labelOf' | 'shortOf' | 'totalLabel' | 'largest'> & { value: number, cell: Cell }} Terms
 */

/**
 * @param {Terms} receipt
 * @param {number} [above] single terms above 0
 * @param {number} [below] single terms below 0
 * @returns {Equation} the items' from and to are the bars
 */
export function waterfall(receipt, above = 8, below = 5) {
  const { order, count, bias, value, cell, totalLabel, largest } = receipt;
  const up = part(order.subarray(0, receipt.above), above);
  const down = part(order.subarray(count - receipt.below).toReversed(), below);
  const largestRest = Math.max(Math.abs(bias), largest.product);
  const digits = digitsFor(value, largestRest);
  /** @type {Draft[]} */
  const items = [
    { role: 'bias', label: message('bias'), value: bias },
    ...itemsOf(receipt, up, 'above'),
    ...itemsOf(receipt, down, 'below'),
  ];
  const pairs = [...up.shown, ...down.shown].map((term) => pairOf(receipt, term));
  // Together where they stand together; one by one where there are too many to agree.
  const factors =
    pairs.length <= TOGETHER
      ? factorsOf(pairs, digits)
      : pairs.flatMap((pair) => factorsOf([pair], digits));
  let next = 0;
  for (const item of items)
    if (item.role === 'term') Object.assign(item, { factors: factors[next++] ?? null });
  const total = /** @type {Draft} */ ({
    role: 'total',
    label: totalLabel,
    short: [cell.layer, ''],
    value,
    cell,
    strong: true,
  });
  return sumEquation({ role: 'value', items, total }, digits);
}

/** @param {Terms} receipt @param {number} term @returns {[number, number]} */
function pairOf({ values, weights }, term) {
  return [at(values, term), at(weights, term)];
}

/** One more than asked for is shown rather than "1 more". */
/** @param {Uint32Array} terms strongest first @param {number} most */
function part(terms, most) {
  const end = terms.length === most + 1 ? most + 1 : most;
  return { shown: [...terms.subarray(0, end)], hidden: terms.subarray(end) };
}

/**
 * @param {Terms} receipt
 * @param {ReturnType<typeof part>} part
 * @param {'above' | 'below'} where 0
 * @returns {Draft[]}
 */
function itemsOf({ products, cellAt, labelOf, shortOf }, { shown, hidden }, where) {
  /** @type {Draft[]} */
  const items = shown.map((index) => ({
    role: 'term',
    label: labelOf(index),
    short: shortOf(index),
    value: at(products, index),
    ...{ cell: cellAt(index), index },
  }));
  if (!hidden.length) return items;
  const rest = hidden.reduce((sum, index) => sum + at(products, index), 0);
  const more = moreDraft(hidden.length, '', rest);
  const count = hidden.length;
  const sign = where === 'above' ? '>' : '<';
  const label = message(`terms.more.${where}`, { count });
  return [...items, { ...more, label, short: [message('terms.others'), `${count} ${sign} 0`] }];
}

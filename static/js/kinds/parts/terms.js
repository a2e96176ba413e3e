// The products of one map that make its partial sum: the strongest one by one, the rest in a step.

import { message } from '../../text/messages.js';
import { digitsFor } from '../../text/numbers.js';
import { factorsOf, sumEquation } from './equation.js';
import { at, moreDraft, sumAt } from './shared.js';

/** @import { ConvReceipt, Equation } from '../receipt.d.ts' */

/**
 * @typedef {Pick<ConvReceipt, 'values' | 'kernel' | 'products' | 'sums' | 'taps' | 'cellAt' | 'labelOf' | 'region'>
 *   & { equation: Equation }} Terms
 */

/**
 * Strongest first. Its digits are at least those of the equation that the partial sum goes into.
 * @param {Terms} receipt
 * @param {number} map
 * @param {number} [most] single terms
 * @returns {Equation}
 */
export function terms({ equation, ...receipt }, map, most = 4) {
  const { taps, values, kernel, products, sums, cellAt, labelOf, region } = receipt;
  const first = map * taps;
  const own = products.subarray(first, first + taps);
  const order = [...own.keys()].sort(
    (a, b) => Math.abs(at(own, b)) - Math.abs(at(own, a)) || a - b,
  );
  const shown = order.slice(0, most).filter((tap) => own[tap]);
  const hidden = order.slice(shown.length);
  const digits = digitsOf(at(sums, map), at(own, order[0] ?? 0), equation);
  const factors = factorsOf(
    shown.map((tap) => [at(values, first + tap), at(kernel, first + tap)]),
    digits,
  );
  const items = shown.map((tap, i) => {
    const cell = cellAt(map, tap);
    const label = cell ? `${cell.row}, ${cell.column}` : message('padding');
    const factor = factors[i] ?? null;
    return {
      role: /** @type {const} */ ('term'),
      label,
      value: at(own, tap),
      cell,
      index: tap,
      factors: factor,
    };
  });
  const more = moreDraft(hidden.length, '', sumAt(own, hidden));
  const label = shown.length ? more.label : message('terms.all', { taps });
  const rest = hidden.length ? [{ ...more, label }] : [];
  const total = {
    role: /** @type {const} */ ('total'),
    label: labelOf(map),
    value: at(sums, map),
    ...{ region: region(map), index: map, strong: true },
  };
  return sumEquation({ role: 'terms', items: [...items, ...rest], total }, digits);
}

/** @param {number} total @param {number} largest @param {Equation} equation */
function digitsOf(total, largest, { digits }) {
  const own = digitsFor(total, Math.abs(largest));
  if (own.exponent !== digits.exponent) return own;
  return { ...own, decimals: Math.max(own.decimals, digits.decimals) };
}

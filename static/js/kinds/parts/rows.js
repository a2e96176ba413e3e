// Rows and columns of a receipt's table.

import { message } from '../../text/messages.js';
import { unitsOf, written } from '../../text/numbers.js';

/** @import { Cell, Digits, Equation, Item, Table, TableCell, TableRow } from '../receipt.d.ts' */

/** @param {string} text @param {Cell | null} [cell] @returns {TableCell} heads its row */
export function head(text, cell = null) {
  return { text, header: true, numeric: false, cell };
}

/** @param {string} text @returns {TableCell} */
export function figure(text) {
  return { text, header: false, numeric: true, cell: null };
}

/** @param {TableRow['role']} role @param {readonly TableCell[]} cells @param {boolean} [strong] @returns {TableRow} */
export function row(role, cells, strong = role === 'total') {
  return { role, cells, strong };
}

/** @typedef {'from' | 'what' | 'class' | 'value' | 'weight' | 'product' | 'total' | 'score' | 'away' | 'power' | 'share'} Column */

/** @param {Column} first @param {readonly Column[]} numeric @returns {Table['columns']} */
export function columnsOf(first, numeric) {
  return [first, ...numeric].map((name, i) => ({
    text: message(`table.${name}`),
    numeric: i > 0,
  }));
}

/** @param {Item} item @returns {TableRow['role']} */
export function roleOf({ role }) {
  if (role === 'bias' || role === 'rounding' || role === 'total') return role;
  return role === 'divisor' ? 'fact' : 'term';
}

/** @param {number} value @param {Digits} digits */
export function write(value, digits) {
  return written(unitsOf(value, digits), digits);
}

/**
 * What all items make, in the column where they stand.
 * @param {Equation} equation
 * @param {TableRow['role']} role
 * @param {number} before empty columns between the name and the total
 * @param {number} [after]
 */
export function totalRow({ total }, role, before, after = 0) {
  const cells = [head(total.label, total.cell), ...blank(before), figure(total.signedText)];
  return row(role, [...cells, ...blank(after)], true);
}

/** @param {number} count @returns {TableCell[]} */
export function blank(count) {
  return Array.from({ length: count }, () => figure(''));
}

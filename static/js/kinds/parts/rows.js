// Rows and columns of a receipt's table.

import { message } from '../../text/messages.js';
import { unitsOf, written } from '../../text/numbers.js';

/** @import { Cell, Digits, Item, Table, TableRow } from '../receipt.d.ts' */

/**
 * @param {TableRow['role']} role
 * @param {string} label that heads it
 * @param {readonly string[]} texts of its other cells, '' for an empty one
 * @param {{ cell?: Cell | null, strong?: boolean }} [more] the cell that its head leads to
 * @returns {TableRow}
 */
export function row(role, label, texts, { cell = null, strong = role === 'total' } = {}) {
  const head = { text: label, header: true, numeric: false, cell };
  const rest = texts.map((text) => ({ text, header: false, numeric: true, cell: null }));
  return { role, cells: [head, ...rest], strong };
}

/** @param {Item} item @param {...string} texts of its numbers; else its amount @returns {TableRow} */
export function itemRow({ role, label, cell, signedText }, ...texts) {
  return row(ROLES[role] ?? 'term', label, texts.length ? texts : [signedText], { cell });
}

/** @type {Partial<Record<Item['role'], TableRow['role']>>} */
const ROLES = { bias: 'bias', rounding: 'rounding', total: 'total', divisor: 'fact' };

/** @typedef {'from' | 'what' | 'class' | 'value' | 'weight' | 'product' | 'square' | 'total' | 'score' | 'away' | 'power' | 'share'} Column */

/** @param {Column} first @param {readonly Column[]} numeric @returns {Table['columns']} */
export function columnsOf(first, numeric) {
  return [first, ...numeric].map((name, i) => ({
    text: message(`table.${name}`),
    numeric: i > 0,
  }));
}

/** @param {number} value @param {Digits} digits */
export function write(value, digits) {
  return written(unitsOf(value, digits), digits);
}

// Pieces of sentences: texts, numbers with their colour, places to jump to; lists that add up.

import { bracketed } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';

/** @import { Cell, Equation, Factors, Item, Paragraph, Run } from '../receipt.d.ts' */

/** @typedef {string | Run} Piece */

/** @param {string} text @param {Cell | null} [cell] @returns {Run} */
export function plain(text, cell = null) {
  return { text, tone: 'plain', cell };
}

/** @param {string} text @param {Cell | null} [cell] @returns {Run} a result */
export function strong(text, cell = null) {
  return { text, tone: 'strong', cell };
}

/** @param {Pick<Item, 'units' | 'signedText' | 'cell'>} item @param {string} [text] @returns {Run} */
export function tinted({ units, signedText, cell }, text = signedText) {
  if (!units) return plain(text, cell);
  return { text, tone: units > 0 ? 'pos' : 'neg', cell };
}

/** @param {Paragraph['role']} role @param {readonly Piece[]} pieces @returns {Paragraph} */
export function paragraph(role, pieces) {
  const runs = pieces.map((piece) => (typeof piece === 'string' ? plain(piece) : piece));
  return { role, runs, text: runs.map(({ text }) => text).join('') };
}

/**
 * All of an equation in words: "0.470 (pool1 [0]), −0.145 (pool1 [1]) and 0.081 (bias) make 1.095."
 * @param {Equation} equation
 * @returns {Piece[]}
 */
export function addsUp({ items, total }) {
  return sentences().addsUp(items.map(named), strong(total.signedText, total.cell));
}

/** @param {Item} item @returns {Piece[]} "0.705 (pool2 [13] 2, 2: 1.334 × 0.5285)" */
export function named(item) {
  const { label, factors } = item;
  const made = factors ? `: ${productText(factors, '×')}` : '';
  return [tinted(item), ` (${label}${made})`];
}

/** @param {Factors} factors @param {string} sign @returns {string} "1.334 × (−0.072)" */
export function productText({ input, weight, negative }, sign) {
  return `${input} ${sign} ${bracketed(weight, negative.weight)}`;
}

/** @param {Equation} equation @returns {string} what closes a quotient or function; '' for nothing */
export function closing({ items }) {
  const rounding = items.find(({ role }) => role === 'rounding');
  return rounding?.signedText ?? '';
}

// What keys and fingers do, said in the account's place.

import { html } from './dom.js';

/** The first few are what the account as a line has room for. @type {readonly [string, string][]} */
const KEYS = [
  ['Point', 'at any square: it accounts for itself'],
  ['Click, tap, Enter', 'pins the square'],
  ['Esc', 'releases it'],
  ['Arrow keys', 'walk from square to square'],
  ['Page Up, Page Down', 'to the layer before or after'],
  ['A', 'account open, or as a line'],
  ['Alt ←, Alt →', 'back to the cell a term was reached from, and forth'],
  ['B, E', 'brush, eraser'],
  ['[, ]', 'thinner, thicker'],
  ['Ctrl Z', 'takes back, with Shift draws again'],
  ['Delete', 'clears the pad'],
  ['0 to 9', 'draw a sample'],
  ['Ctrl V, drop', 'reads an image from outside'],
  ['D', 'dark or light'],
  ['?', 'opens and closes this help'],
];

/** @param {number} [count] how many, all when not given */
export function keysOf(count = KEYS.length) {
  const rows = KEYS.slice(0, count).map(([key, what]) =>
    html('div', {}, html('dt', {}, html('kbd', {}, key)), html('dd', {}, what)),
  );
  return html('dl', { class: 'keys' }, ...rows);
}

// What keys and fingers do, said in the account's place; and the switch for keys of one letter.

import { html } from './dom.js';
import { gap, head, lineFrame, link, openFrame, sheetFrame } from './frames.js';

/** The first few are what the account as a line has room for. @type {readonly [string, string][]} */
const KEYS = [
  ['Point', 'at any square: it accounts for itself'],
  ['Click, tap, Enter', 'pins the square'],
  ['Esc', 'releases it'],
  ['Arrow keys', 'walk from square to square'],
  ['Page Up, Page Down', 'to the layer before or after'],
  ['+, −, F', 'zoom in, zoom out, fit; so do the wheel and two fingers'],
  ['Shift arrow keys, drag', 'move what is zoomed in'],
  ['Tab, arrow keys', 'on the pad: move a pen, Space puts it down and lifts it'],
  ['Tab, arrow keys', 'in the account: walk the terms, Enter goes to one'],
  ['Alt ←, Alt →', 'back to the cell a term was reached from, and forth'],
  ['M, double click', 'enlarges the map, with its kernel beside it'],
  ['K', 'all kernels of the layer'],
  ['L, a caption', 'layers: shown, hidden, explained'],
  ['T', 'moves, turns and enlarges the digit'],
  ['C', 'compares with another network, or another drawing'],
  ['S', 'the network flat, or in space: drag turns it, Shift moves it, the wheel zooms'],
  ['V', 'beside a pinned square: values, or its effect'],
  ['G', 'lines of the pointed square, or those behind the first guess'],
  ['A', 'account open, or as a line'],
  ['B, E', 'brush, eraser'],
  ['[, ]', 'thinner, thicker'],
  ['Ctrl Z', 'takes back, with Shift draws again'],
  ['Delete', 'clears the pad'],
  ['0 to 9', 'draw a sample'],
  ['Ctrl V, drop', 'reads an image from outside'],
  ['D', 'dark or light'],
  ['?', 'opens and closes this help'],
];
const KEYS_IN_LINE = 4;

/**
 * @param {object} on
 * @param {() => void} on.close
 * @param {(on: boolean) => void} on.shortcuts
 */
export function createHelp(on) {
  const input = html('input', { type: 'checkbox', role: 'switch', id: 'shortcuts' });
  const row = html('label', { class: 'row switch-row' }, 'Keys of a single letter', input);
  input.addEventListener('change', () => on.shortcuts(input.checked));

  /**
   * @param {'open' | 'line' | 'sheet'} shape
   * @param {boolean} shortcuts whether single letters are keys
   */
  return (shape, shortcuts) => {
    input.checked = shortcuts;
    const close = link('close', shortcuts ? '?' : 'Esc', on.close);
    if (shape === 'line') return lineFrame(keysOf(KEYS_IN_LINE), gap(), row, close);
    const name = html('div', { class: 'name' }, 'Keys and fingers');
    const who = html('div', { class: 'who' }, name, row);
    if (shape === 'sheet') return sheetFrame(who, null, keysOf(), on.close);
    const body = { class: 'body', tabindex: 0, role: 'group', 'aria-label': 'Keys and fingers' };
    return openFrame(who, head([], [close]), html('div', body, keysOf()));
  };
}

/** @param {number} [count] how many, all when not given */
function keysOf(count = KEYS.length) {
  const rows = KEYS.slice(0, count).map(([key, what]) =>
    html('div', {}, html('dt', {}, html('kbd', {}, key)), html('dd', {}, what)),
  );
  return html('dl', { class: 'keys' }, ...rows);
}

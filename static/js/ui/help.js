// The help, in the account's place: what one sees, keys, touch.

import { html } from './dom.js';
import { head, link, openFrame, sheetFrame } from './frames.js';
import { pictureOf } from './help_pictures.js';

/** @import { Picture } from './help_pictures.js' */

/** On a phone the network runs down and is tapped, elsewhere it runs across and is pointed at. */
/** @type {(phone: boolean) => readonly (readonly [Picture, string, string])[]} */
const SEE = (phone) => [
  [
    'scale',
    'Each square is one number.',
    'Blue is above zero, orange below; the stronger the colour, the further from zero. The scale of a layer says how far.',
  ],
  [
    'layers',
    `Each ${phone ? 'row' : 'column'} is a layer.`,
    'It is computed from the layer before it. The first is your drawing, the last is the answer.',
  ],
  [
    'window',
    `${phone ? 'Tap' : 'Point at'} a square.`,
    'The bold frames show what its number is computed from, the thin ones what it can see of your drawing.',
  ],
  [
    'lines',
    'Lines show how much.',
    'The thicker, the more: blue lines push the number up, orange lines push it down.',
  ],
  [
    'sum',
    'Below stands how.',
    `${phone ? 'See the' : 'Click a square and it stays. Then see its'} number worked out as a picture, in words, as a formula, as code or as a table.`,
  ],
  [
    'count',
    'Counting starts at 0,',
    'as in Python: the first row is row 0, and unit 3 is the fourth one.',
  ],
];

/** @type {readonly (readonly [string, string])[]} */
const KEYS = [
  ['Click, Enter', 'pin the square that you point at'],
  ['Esc', 'let it go; close what is open'],
  ['Arrow keys', 'walk from square to square'],
  ['Page Up, Page Down', 'go to the layer before or after'],
  ['+, −, F', 'zoom in, zoom out, show everything; the wheel zooms, too'],
  ['Shift arrow keys, drag', 'move the picture when it is zoomed'],
  ['V', 'show values, or the influence of the pinned square'],
  ['G', 'show the paths that did most for the first guess'],
  ['M, double click', 'enlarge a map, with its kernel beside it'],
  ['K', 'show all kernels of a layer'],
  ['L', 'list the layers: hide them, show them, read what they do'],
  ['S', 'show the network in space, or flat; there drag turns it, Shift drag moves it'],
  ['T', 'move, turn and enlarge the digit'],
  ['C', 'compare with another network or another drawing'],
  ['A', 'show or hide the details'],
  ['Alt ←, Alt →', 'go back to the square you came from, and forward again'],
  ['Tab', 'go from the pad to the network and to the details'],
  ['Arrow keys, Space', 'on the pad: move the pen, put it down or lift it'],
  ['Arrow keys, Enter', 'in the details: walk the terms, go to one'],
  ['0 to 9', 'draw a sample'],
  ['B, E', 'take the brush, the eraser'],
  ['[, ]', 'make the brush thinner, thicker'],
  ['Ctrl Z', 'undo; with Shift redo'],
  ['Delete', 'clear the pad'],
  ['Ctrl V, drop', 'read an image'],
  ['Tab, Enter', 'at a number on the pad: read that one of several digits'],
  ['D', 'switch between dark and light'],
  ['?', 'open and close this help'],
];

/** @type {readonly (readonly [string, string])[]} */
const TOUCH = [
  ['Draw', 'with a finger or a pen: the network reads along'],
  ['Tap a square', 'to see how its number was computed'],
  ['Tap it again', 'to let it go'],
  ['Tap twice', 'to enlarge a map'],
  ['Tap a name', 'of a layer to read what it does'],
  ['Two fingers', 'zoom and move the network'],
  ['One finger', 'scrolls it; in space it turns it'],
];

/** What the group is called for those who cannot see it. */
const HELP = 'Help: what you see, keys and touch';

/**
 * @param {object} on
 * @param {() => void} on.close
 * @param {(on: boolean) => void} on.shortcuts
 */
export function createHelp(on) {
  const input = html('input', { type: 'checkbox', role: 'switch', id: 'shortcuts' });
  const row = html('label', { class: 'row switch-row' }, 'Single-letter shortcuts', input);
  input.addEventListener('change', () => on.shortcuts(input.checked));
  const coarse = matchMedia('(pointer: coarse)');

  /**
   * @param {'open' | 'line' | 'sheet'} shape
   * @param {boolean} shortcuts whether single letters are keys
   */
  return (shape, shortcuts) => {
    input.checked = shortcuts;
    const name = html('div', { class: 'name' }, 'Help');
    const see = part('What you see', seen(shape === 'sheet'));
    const touch = part('Touch', listOf(TOUCH));
    const group = { class: 'body help', tabindex: 0, role: 'group', 'aria-label': HELP };
    if (shape === 'sheet') {
      const body = html('div', group, touch, see);
      return sheetFrame(html('div', { class: 'who' }, name), null, body, on.close);
    }
    const keys = part('Keys', listOf(KEYS));
    const rest = coarse.matches ? [touch, keys] : [keys, touch];
    const who = html('div', { class: 'who' }, name, row);
    const close = link('close', shortcuts ? '?' : 'Esc', on.close);
    return openFrame(who, head([], [close]), html('div', group, see, ...rest));
  };
}

/**
 * @param {string} title
 * @param {HTMLElement} content
 */
function part(title, content) {
  const word = title.split(' ')[0]?.toLowerCase() ?? '';
  return html('section', { class: `help-${word}` }, html('h2', {}, title), content);
}

/** @param {boolean} phone */
function seen(phone) {
  const rows = SEE(phone).map(([picture, title, text]) =>
    html('li', {}, pictureOf(picture), html('p', {}, html('b', {}, title), ' ', text)),
  );
  return html('ul', {}, ...rows);
}

/** @param {readonly (readonly [string, string])[]} rows */
function listOf(rows) {
  const made = rows.map(([key, what]) =>
    html('div', {}, html('dt', {}, html('kbd', {}, key)), html('dd', {}, what)),
  );
  return html('dl', { class: 'keys' }, ...made);
}

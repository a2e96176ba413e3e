// The help, in the account's place: what one sees, keys, touch.

import { known, message } from '../text/messages.js';
import { html } from './dom.js';
import { head, link, openFrame, sheetFrame } from './frames.js';
import { pictureOf } from './help_pictures.js';

/** @import { Key } from '../text/messages.js' */
/** @import { Picture } from './help_pictures.js' */

/** @type {readonly Picture[]} */
const SEE = ['scale', 'layers', 'window', 'lines', 'sum', 'count'];

/** In the order in which they are listed. */
const KEYS = /** @type {const} */ ([
  'pin',
  'release',
  'walk',
  'layer',
  'zoom',
  'move',
  'effect',
  'links',
  'map',
  'kernels',
  'layers',
  'space',
  'moves',
  'compare',
  'account',
  'way',
  'tab',
  'pen',
  'terms',
  'samples',
  'brush',
  'width',
  'undo',
  'clear',
  'image',
  'digits',
  'theme',
  'help',
]);
const TOUCH = /** @type {const} */ (['draw', 'tap', 'again', 'twice', 'name', 'two', 'one']);

/**
 * @param {object} on
 * @param {() => void} on.close
 * @param {(on: boolean) => void} on.shortcuts
 */
export function createHelp(on) {
  const input = html('input', { type: 'checkbox', role: 'switch', id: 'shortcuts' });
  const row = html('label', { class: 'row switch-row' }, message('help.shortcuts'), input);
  input.addEventListener('change', () => on.shortcuts(input.checked));
  const coarse = matchMedia('(pointer: coarse)');

  /**
   * @param {'open' | 'line' | 'sheet'} shape
   * @param {boolean} shortcuts whether single letters are keys
   */
  return (shape, shortcuts) => {
    input.checked = shortcuts;
    const name = html('div', { class: 'name' }, message('help.title'));
    const see = part('what', message('help.see'), seen(shape === 'sheet'));
    const touch = part('touch', message('help.touch'), listOf(TOUCH.map(touchOf)));
    const group = {
      class: 'body help',
      tabindex: 0,
      role: 'group',
      'aria-label': message('help.label'),
    };
    if (shape === 'sheet') {
      const body = html('div', group, touch, see);
      return sheetFrame(html('div', { class: 'who' }, name), null, body, on.close);
    }
    const keys = part('keys', message('help.keys'), listOf(KEYS.map(keyOf)));
    const rest = coarse.matches ? [touch, keys] : [keys, touch];
    const who = html('div', { class: 'who' }, name, row);
    const close = link(message('close.word'), shortcuts ? '?' : message('key.esc'), on.close);
    return openFrame(who, head([], [close]), html('div', group, see, ...rest));
  };
}

/**
 * @param {'what' | 'keys' | 'touch'} name
 * @param {string} title
 * @param {HTMLElement} content
 */
function part(name, title, content) {
  return html('section', { class: `help-${name}` }, html('h2', {}, title), content);
}

/** @param {boolean} phone */
function seen(phone) {
  /** @param {string} key its own words on a phone, where the network runs down and is tapped */
  const words = (key) => message((phone && known(`${key}.phone`)) || /** @type {Key} */ (key));
  const rows = SEE.map((picture) => {
    const title = html('b', {}, words(`help.see.${picture}`));
    return html(
      'li',
      {},
      pictureOf(picture),
      html('p', {}, title, ' ', words(`help.see.${picture}.more`)),
    );
  });
  return html('ul', {}, ...rows);
}

/** @param {(typeof KEYS)[number]} key @returns {readonly [string, string]} */
function keyOf(key) {
  return [message(`help.key.${key}`), message(`help.does.${key}`)];
}

/** @param {(typeof TOUCH)[number]} touch @returns {readonly [string, string]} */
function touchOf(touch) {
  return [message(`help.touch.${touch}`), message(`help.touch.${touch}.does`)];
}

/** @param {readonly (readonly [string, string])[]} rows */
function listOf(rows) {
  const made = rows.map(([key, what]) =>
    html('div', {}, html('dt', {}, html('kbd', {}, key)), html('dd', {}, what)),
  );
  return html('dl', { class: 'keys' }, ...made);
}

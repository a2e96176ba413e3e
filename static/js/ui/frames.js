// The three shapes of the account's place: open, a line, a sheet; and the small things in them.

import { message, pieces } from '../text/messages.js';
import { html, svg } from './dom.js';

/**
 * @param {HTMLElement} who
 * @param {HTMLElement} top
 * @param {HTMLElement} content
 */
export function openFrame(who, top, content) {
  const because = html('div', { class: 'because' }, top, content);
  return html('div', { class: 'open' }, who, because);
}

/**
 * In a line there is no room for a reason, but for the way to it.
 *
 * @param {...HTMLElement} content
 */
export function lineFrame(...content) {
  const act = {
    type: 'button',
    class: 'action',
    'data-action': 'account',
    title: message('account.open.key'),
  };
  return html('div', { class: 'line' }, ...content, html('button', act, message('account.open')));
}

/**
 * @param {HTMLElement} who
 * @param {HTMLElement | null} mark
 * @param {HTMLElement} content
 * @param {() => void} onClose
 */
export function sheetFrame(who, mark, content, onClose) {
  const close = html('button', { type: 'button', class: 'button', 'aria-label': message('close') });
  const shape = svg('use', { href: '#icon-close' });
  close.append(svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': true }, shape));
  close.addEventListener('click', onClose);
  const top = html('div', { class: 'sheet-head' }, who, mark, close);
  return html('div', { class: 'sheet' }, top, content);
}

/**
 * The row above the content of an open account.
 *
 * @param {HTMLElement[]} left
 * @param {HTMLElement[]} right
 */
export function head(left, right) {
  return html('div', { class: 'account-head' }, ...left, gap(), ...right);
}

export function gap() {
  return html('span', { class: 'gap' });
}

/**
 * A button that reads as a word, with the key that does the same.
 *
 * @param {string} word
 * @param {string} key
 * @param {() => void} onClick
 */
export function link(word, key, onClick) {
  const button = html('button', { type: 'button', class: 'link hint' }, `${word} `, kbd(key));
  button.addEventListener('click', onClick);
  return button;
}

/**
 * The same for what Esc does, too.
 *
 * @param {string} word
 * @param {() => void} onClick
 */
export function leave(word, onClick) {
  return link(word, message('key.esc'), onClick);
}

/** What a click and a key do to the cell that is pointed at. */
export function pinHint() {
  return html(
    'span',
    { class: 'hint' },
    ...pieces('account.pins', { key: kbd(message('key.enter')) }),
  );
}

/** @param {string} key */
function kbd(key) {
  return html('kbd', {}, key);
}

/**
 * A panel whose place was made a line while it stood there.
 *
 * @param {string} title
 * @param {() => void} close
 */
export function panelLine(title, close) {
  const name = html('div', { class: 'name' }, title);
  const says = html('span', { class: 'says' }, message('account.again'));
  return lineFrame(name, says, gap(), leave(message('close.word'), close));
}

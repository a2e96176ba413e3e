// The three shapes of the account's place: open, a line, a sheet; and the small things in them.

import { message, pieces } from '../text/messages.js';
import { button, html, icon } from './dom.js';

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
  const act = { class: 'action', 'data-action': 'account', title: message('account.open.key') };
  return html('div', { class: 'line' }, ...content, button(act, message('account.open')));
}

/**
 * @param {HTMLElement} who
 * @param {HTMLElement | null} mark
 * @param {HTMLElement} content
 * @param {() => void} onClose
 */
export function sheetFrame(who, mark, content, onClose) {
  const act = { class: 'button', 'aria-label': message('close'), onclick: onClose };
  const top = html('div', { class: 'sheet-head' }, who, mark, button(act, icon('close')));
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
 * @param {() => void} onclick
 */
export function link(word, key, onclick) {
  return button({ class: 'link hint', onclick }, `${word} `, kbd(key));
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
  const hint = pieces('account.pins', { key: kbd(message('key.enter')) });
  return html('span', { class: 'hint' }, ...hint);
}

/** Enlarges the map of the cell that is accounted for. */
export function enlargeButton() {
  const named = { 'aria-label': message('map.enlarge'), title: message('map.enlarge.key') };
  return button({ class: 'button', 'data-action': 'map', ...named }, icon('enlarge'));
}

/** @param {string} key */
function kbd(key) {
  return html('kbd', {}, key);
}

/**
 * A panel, as the account's place has room for it.
 *
 * @param {'open' | 'line' | 'sheet'} shape
 * @param {HTMLElement[]} who what it is about: its name, and what else is said of it
 * @param {HTMLElement[]} links above its content
 * @param {HTMLElement} content
 * @param {() => void} close
 * @param {string} [key] that closes it, too
 */
export function panelFrame(shape, who, links, content, close, key = message('key.esc')) {
  const about = html('div', { class: 'who' }, ...who);
  if (shape !== 'sheet')
    return openFrame(about, head(links, [link(message('close.word'), key, close)]), content);
  const body = links.length ? html('div', { class: 'body' }, ...links, content) : content;
  return sheetFrame(about, null, body, close);
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

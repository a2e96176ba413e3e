// The account of one cell, in pieces: name, value with its colour, sentences, strongest parts.

import { css, pixel } from '../render/colours.js';
import { html } from './dom.js';

/** @import { Colours } from '../render/colours.js' */
/** @import { CellAccount, SentenceRole, StrongPart, Swatch } from '../scene/types.d.ts' */

/** @param {CellAccount} account */
export function nameOf({ title, place }) {
  return html('div', { class: 'name' }, title, ' ', html('small', {}, place));
}

/**
 * @param {CellAccount} account
 * @param {Colours} colours
 * @param {string} className
 */
export function valueOf({ valueText, swatch }, colours, className) {
  return html('div', { class: className }, valueText, swatch && swatchOf(swatch, colours));
}

/**
 * @param {Swatch} swatch
 * @param {Colours} colours
 */
function swatchOf(swatch, colours) {
  const element = html('span', { class: 'swatch' });
  element.style.background = css(pixel(colours, swatch.value, swatch));
  return element;
}

/** Said beside the value, or by the lists of parts; the rest has the room between. */
const ELSEWHERE = new Set(['is', 'after', 'for', 'against']);

/**
 * @param {CellAccount} account
 * @param {Colours} colours
 */
export function whoIs(account, colours) {
  return html(
    'div',
    { class: 'who' },
    nameOf(account),
    valueOf(account, colours, 'value'),
    ...paragraphs(account, (role) => role === 'after', 'after'),
    ...paragraphs(account, (role) => role === 'is', 'why'),
  );
}

/** @param {CellAccount} account */
export function wordsOf(account) {
  return html('div', { class: 'words' }, ...paragraphs(account, (role) => !ELSEWHERE.has(role)));
}

/**
 * All of it, where there is no room beside the value.
 *
 * @param {CellAccount} account
 */
export function allWordsOf(account) {
  return html('div', { class: 'words' }, ...paragraphs(account, () => true));
}

/**
 * What a single line has room for.
 *
 * @param {CellAccount} account
 */
export function briefly({ sentences, line }) {
  const said = sentences.filter(({ role }) => !['is', 'goes'].includes(role));
  return said.map(({ text }) => text).join(' ') || line;
}

/**
 * @param {CellAccount} account
 * @param {(role: SentenceRole) => boolean} wanted
 * @param {string} [className]
 */
function paragraphs({ sentences }, wanted, className = '') {
  return sentences
    .filter(({ role }) => wanted(role))
    .map(({ role, text }) => html('p', { class: className, 'data-role': role }, text));
}

/** @param {CellAccount} account */
export function partsOf({ positive, negative }) {
  return [
    listOf('strongest for it', 'above', positive),
    listOf('strongest against it', 'below', negative),
  ];
}

/**
 * @param {string} title
 * @param {string} sign
 * @param {readonly StrongPart[]} parts
 */
function listOf(title, sign, parts) {
  if (parts.length === 0) return null;
  const rows = parts.map(({ name, text }) =>
    html('li', {}, html('span', {}, name), html('b', { class: sign }, text)),
  );
  return html('div', { class: 'parts' }, html('h2', {}, title), html('ol', {}, ...rows));
}

// The open account of a cell, and the same as a sheet: made once each, told each cell anew.

import { html, say, svg } from '../dom.js';
import { head, kbd, link, openFrame } from '../frames.js';
import { createBody } from './body.js';
import { createForms } from './forms.js';
import { createName, createWho } from './who.js';

/** @import { CellAccount } from '../../scene/types.d.ts' */
/** @import { Form } from './forms.js' */
/** @import { Means, Told } from './types.d.ts' */

/**
 * @typedef {object} Standing
 * @property {Form} form
 * @property {CellAccount | null} other that the pinned cell is compared with
 * @property {boolean} canBack
 * @property {boolean} canForth
 */

/**
 * @typedef {object} Turns
 * @property {(form: Form) => void} choose
 * @property {() => void} release
 * @property {() => void} back
 * @property {() => void} forth
 */

/**
 * @param {Means} means
 * @param {Turns} on
 */
export function createOpenCell(means, on) {
  const who = createWho();
  const forms = createForms(on.choose);
  const check = html('span', { class: 'check' });
  const tag = html('span', { class: 'tag' });
  const way = createWay(on);
  const release = link('release', 'Esc', on.release);
  const hint = html('span', { class: 'hint' }, 'click or ', kbd('Enter'), ' pins');
  const body = createBody(means);
  const top = head([forms.element, check], [tag, way.element, release, hint]);
  const element = openFrame(who.element, top, body.element);

  /**
   * @param {Told} told
   * @param {Standing} standing
   */
  function show(told, standing) {
    const { account, receipt, colours, pinned } = told;
    who.show(account, receipt, standing.other, colours);
    forms.show(standing.form);
    say(check, receipt.check);
    showTag(tag, pinned);
    way.show(standing);
    release.hidden = !pinned;
    hint.hidden = pinned;
    body.show(standing.form, told);
  }

  return { element, show };
}

/**
 * @param {Means} means
 * @param {Turns} on
 */
export function createSheetCell(means, on) {
  const name = createName();
  const forms = createForms(on.choose);
  const check = html('p', { class: 'check' });
  const tag = html('span', { class: 'tag' });
  const way = createWay(on);
  const close = iconButton('close', 'Close', on.release);
  const body = createBody(means);
  const why = html('p', { class: 'why' });
  const who = html('div', { class: 'who' }, name.name, name.value);
  const top = html('div', { class: 'sheet-head' }, who, tag, way.element, close);
  const grab = html('div', { class: 'grab' });
  const element = html(
    'div',
    { class: 'sheet' },
    grab,
    top,
    forms.element,
    body.element,
    check,
    why,
  );

  /**
   * @param {Told} told
   * @param {Standing} standing
   */
  function show(told, standing) {
    const { account, receipt, colours } = told;
    name.show(account, receipt, colours);
    forms.show(standing.form);
    say(check, receipt.check);
    showTag(tag, true);
    way.show(standing);
    body.show(standing.form, told);
    say(why, receipt.why ? `${receipt.why.title} ${receipt.why.text}` : '');
  }

  return { element, show };
}

/**
 * @param {HTMLElement} tag
 * @param {boolean} pinned
 */
function showTag(tag, pinned) {
  const word = pinned ? 'pinned' : 'pointing';
  tag.dataset['tag'] = word;
  say(tag, word);
}

/**
 * Back along the way from term to cell, and forth again.
 *
 * @param {Turns} on
 */
function createWay(on) {
  const back = iconButton('back', 'Back to the cell before', on.back, 'Alt+ArrowLeft');
  const forth = iconButton('forth', 'Forth again', on.forth, 'Alt+ArrowRight');
  const element = html('span', { class: 'way' }, back, forth);
  return {
    element,
    /** @param {Standing} standing */
    show({ canBack, canForth }) {
      back.disabled = !canBack;
      forth.disabled = !canForth;
    },
  };
}

/**
 * @param {string} icon
 * @param {string} label
 * @param {() => void} act
 * @param {string} [keys]
 */
function iconButton(icon, label, act, keys = '') {
  const shape = svg('use', { href: `#icon-${icon}` });
  const drawn = svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': true }, shape);
  const shortcut = { 'aria-keyshortcuts': keys || false };
  const attributes = { type: 'button', class: 'button', 'aria-label': label, title: label };
  const button = html('button', { ...attributes, ...shortcut }, drawn);
  button.addEventListener('click', act);
  return button;
}

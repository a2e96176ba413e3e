// The open account of a cell, and the same as a sheet: made once each, told each cell anew.

import { message } from '../../text/messages.js';
import { html, say, svg } from '../dom.js';
import { createQuantitySwitch } from '../effect.js';
import { head, leave, openFrame, pinHint } from '../frames.js';
import { enlargeButton } from '../maps/enlarge.js';
import { createBody } from './body.js';
import { createForms } from './forms.js';
import { createName, createWho, showTag } from './who.js';

/** @import { Choice } from '../effect.js' */
/** @import { Form } from './forms.js' */
/** @import { Means, Told } from './types.d.ts' */

/**
 * @typedef {object} Standing
 * @property {Form} form
 * @property {Told | null} other cell that the pinned one is compared with
 * @property {boolean} canBack
 * @property {boolean} canForth
 * @property {Choice | null} effect what the cells can show
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
  const release = leave(message('account.release'), on.release);
  const hint = pinHint();
  const sides = createSides(means);
  const effect = createQuantitySwitch();
  const left = [forms.element, effect.element, check];
  const top = head(left, [tag, enlargeButton(), way.element, release, hint]);
  const element = openFrame(who.element, top, sides.element);
  who.element.children[2]?.after(effect.text); // the check keeps its place in the head

  /**
   * @param {Told} told
   * @param {Standing} standing
   */
  function show(told, standing) {
    const { receipt, pinned } = told;
    who.show(told, standing.other);
    forms.show(standing.form);
    say(check, receipt.check);
    showTag(tag, pinned);
    way.show(standing);
    release.hidden = !pinned;
    hint.hidden = pinned;
    effect.show(standing.effect);
    if (effect.text.textContent && !effect.text.hidden) who.sayLess(); // its room is needed
    sides.show(standing.form, told, standing.other);
  }

  return { element, show };
}

/**
 * The account of a cell; of two, where one is compared with another and there is room for both.
 *
 * @param {Means} means
 */
function createSides(means) {
  const body = createBody(means, message('account.label'));
  const roomy = matchMedia('(min-width: 1200px)');
  const element = html('div', { class: 'sides' }, body.element);
  /** @type {ReturnType<typeof createSide>[]} */
  let pair = [];

  /** @param {readonly HTMLElement[]} wanted */
  function put(wanted) {
    if (element.firstChild !== wanted[0]) element.replaceChildren(...wanted);
  }

  /**
   * @param {Form} form
   * @param {Told} told
   * @param {Told | null} other
   */
  function show(form, told, other) {
    if (!other || !roomy.matches) {
      body.show(form, told);
      return put([body.element]);
    }
    if (!pair.length) {
      pair = [message('account.pinned'), message('account.pointed')].map((which) =>
        createSide(means, which),
      );
    }
    [told, other].forEach((one, i) => pair[i]?.show(form, one));
    put(pair.map((side) => side.element));
  }

  return { element, show };
}

/**
 * @param {Means} means
 * @param {string} label
 */
function createSide(means, label) {
  const body = createBody({ ...means, slim: true }, label);
  const caption = html('p', { class: 'versus' });
  return {
    element: html('div', { class: 'side' }, caption, body.element),
    /**
     * @param {Form} form
     * @param {Told} told
     */
    show(form, told) {
      say(caption, `${told.receipt.name} = ${told.receipt.valueText}`);
      body.show(form, told);
    },
  };
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
  const close = iconButton('close', message('close'), on.release);
  const effect = createQuantitySwitch();
  const body = createBody(means, message('account.label'));
  const why = html('p', { class: 'why' });
  const who = html('div', { class: 'who' }, name.name, name.value);
  const top = html('div', { class: 'sheet-head' }, who, tag, enlargeButton(), way.element, close);
  const element = html(
    'div',
    { class: 'sheet' },
    top,
    forms.element,
    html('div', { class: 'effect-row' }, effect.element, effect.text),
    body.element,
    check,
    why,
  );

  /**
   * @param {Told} told
   * @param {Standing} standing
   */
  function show(told, standing) {
    const { receipt } = told;
    name.show(told);
    forms.show(standing.form);
    say(check, receipt.check);
    effect.show(standing.effect);
    showTag(tag, true);
    way.show(standing);
    body.show(standing.form, told);
    say(why, receipt.why ? `${receipt.why.title} ${receipt.why.text}` : '');
  }

  return { element, show };
}

/**
 * Back along the way from term to cell, and forth again.
 *
 * @param {Turns} on
 */
function createWay(on) {
  const back = iconButton('back', message('way.back'), on.back, 'Alt+ArrowLeft');
  const forth = iconButton('forth', message('way.forward'), on.forth, 'Alt+ArrowRight');
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

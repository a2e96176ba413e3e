// The open account of a cell, and the same as a sheet: made once each, told each cell anew.

import { message } from '../../text/messages.js';
import { html, say, svg } from '../dom.js';
import { choiceOf, createQuantitySwitch } from '../effect.js';
import { createPlay } from '../play.js';
import { enlargeButton, head, openFrame } from '../frames.js';
import { createBody } from './body.js';
import { FORMS, formNamed } from './forms.js';
import { createLeaving, createName, createWho, showTag } from './who.js';

/** @import { Choice } from '../effect.js' */
/** @import { Playing } from '../play.js' */
/** @import { Form } from './forms.js' */
/** @import { Means, Told } from './types.d.ts' */

/**
 * @typedef {object} Standing
 * @property {Form} form
 * @property {Told | null} other cell that the pinned one is compared with
 * @property {boolean} canBack
 * @property {boolean} canForth
 * @property {Choice | null} effect what the cells can show
 * @property {Playing | null} play what can slide over the map of the cell
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
  const { forms, check, tag, way, effect, play, ...parts } = createParts('span', on);
  const leaving = createLeaving(on.release);
  const sides = createSides(means);
  const right = [tag, enlargeButton(), way, ...leaving.elements];
  const top = head([forms, effect.element, check], right);
  const element = openFrame(who.element, top, sides.element);
  who.element.children[2]?.after(effect.text); // the check keeps its place in the head
  who.element.children[1]?.after(play.element);

  /**
   * @param {Told} told
   * @param {Standing} standing
   */
  function show(told, standing) {
    who.show(told, standing.other);
    parts.show(told, standing);
    leaving.show(told.pinned);
    if (effect.text.textContent && !effect.text.hidden) who.sayLess(); // its room is needed
    if (standing.play?.on) who.sayNothing();
    sides.show(standing.form, told, standing.other);
  }

  return { element, show };
}

/**
 * @param {Means} means
 * @param {Turns} on
 */
export function createSheetCell(means, on) {
  const name = createName();
  const { forms, check, tag, way, effect, play, ...parts } = createParts('p', on);
  const close = iconButton('close', message('close'), on.release);
  const body = createBody(means, message('account.label'));
  const why = html('p', { class: 'why' });
  const who = html('div', { class: 'who' }, name.name, name.value);
  const top = html('div', { class: 'sheet-head' }, who, tag, enlargeButton(), way, close);
  const effects = html('div', { class: 'effect-row' }, effect.element, play.element, effect.text);
  const element = html('div', { class: 'sheet' }, top, forms, effects, body.element, check, why);

  /**
   * @param {Told} told
   * @param {Standing} standing
   */
  function show(told, standing) {
    const { receipt } = told;
    name.show(told);
    parts.show(told, standing);
    close.hidden = told.pinned === null;
    body.show(standing.form, told);
    say(why, receipt.why ? `${receipt.why.title} ${receipt.why.text}` : '');
  }

  return { element, show };
}

/**
 * What stands around the account of a cell, whether it is open or a sheet.
 *
 * @param {'span' | 'p'} tagName of the check
 * @param {Turns} on
 */
function createParts(tagName, on) {
  const words = Object.fromEntries(FORMS.map((form) => [form, message(`form.${form}`)]));
  const choice = choiceOf(words, (form) => on.choose(formNamed(form)));
  const legend = html('legend', { class: 'unseen' }, message('form.title'));
  const forms = html('fieldset', { class: 'forms' }, legend, choice.element);
  const check = html(tagName, { class: 'check' });
  const tag = html('span', { class: 'tag' });
  const effect = createQuantitySwitch();
  const play = createPlay();
  const back = iconButton('back', message('way.back'), on.back, 'Alt+ArrowLeft');
  const forth = iconButton('forth', message('way.forward'), on.forth, 'Alt+ArrowRight');
  const way = html('span', { class: 'way' }, back, forth);

  /**
   * @param {Told} told
   * @param {Standing} standing
   */
  function show({ receipt, pinned }, standing) {
    choice.choose(standing.form);
    say(check, receipt.check);
    showTag(tag, pinned);
    effect.show(standing.effect);
    play.show(standing.play);
    back.disabled = !standing.canBack;
    forth.disabled = !standing.canForth;
  }

  return { forms, check, tag, way, effect, play, show };
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

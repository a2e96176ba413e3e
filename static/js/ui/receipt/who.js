// Whose account it is: name, place, value with its colour; and the cell it is compared with.

import { compared } from '../../text/differences.js';
import { css, pixel } from '../../render/brush.js';
import { message, pieces } from '../../text/messages.js';
import { html, say } from '../dom.js';
import { leave, pinHint } from '../frames.js';

/** @import { Told } from './types.d.ts' */

/** Longer numbers are set smaller, so that their colour keeps beside them. */
const ROOMY = 8;

/** Elements for name and value, made once. @param {string} size class of the value */
export function createName(size = 'value') {
  const title = html('span');
  const place = html('small');
  const text = html('span');
  const swatch = html('span', { class: 'swatch' });
  const name = html('div', { class: 'name' }, title, ' ', place);
  const value = html('div', { class: size }, text, swatch);

  /** @param {Told} told @param {string} [shown] its value as it is compared */
  function show({ receipt, colours, span }, shown = receipt.valueText) {
    say(title, receipt.title);
    say(place, receipt.place);
    say(text, shown);
    value.classList.toggle('long', shown.length > ROOMY);
    const { layer, channel } = receipt.cell;
    swatch.style.background = css(pixel(colours, receipt.value, span(layer, channel)));
  }

  return { name, value, show };
}

/** @param {HTMLElement} tag @param {boolean | null} pinned else the cell is only pointed at; null of what is no cell */
export function showTag(tag, pinned) {
  tag.hidden = pinned === null;
  const state = pinned ? 'pinned' : 'pointing';
  tag.dataset['tag'] = state;
  say(tag, message(`account.tag.${state}`));
}

/**
 * How a pinned cell is released; else how to pin the one that is pointed at.
 *
 * @param {() => void} onRelease
 */
export function createLeaving(onRelease) {
  const release = leave(message('account.release'), onRelease);
  const hint = pinHint();
  return {
    elements: [release, hint],
    /** @param {boolean | null} pinned */
    show(pinned) {
      release.hidden = !pinned;
      hint.hidden = pinned !== false;
    },
  };
}

export function createWho() {
  const own = createName();
  const after = html('div', { class: 'afterwards' });
  const question = html('b');
  const answer = html('span');
  const why = html('p', { class: 'why' }, question, ' ', answer);
  const rival = createRival();
  const group = { class: 'who', tabindex: 0, role: 'group', 'aria-label': message('who.label') };
  const element = html('div', group, own.name, own.value, after, rival.element, why);

  /**
   * @param {Told} told
   * @param {Told | null} other of the pointed cell, while another one is pinned
   */
  function show(told, other) {
    const { receipt, said } = told;
    const texts = other && compared(receipt, other.receipt);
    own.show(told, texts?.first);
    sayAll(after, said.after);
    rival.show(other, texts);
    after.hidden = why.hidden = other !== null;
    say(question, receipt.why?.title ?? '');
    say(answer, receipt.why?.text ?? said.is);
  }

  /** Leaves out the question that is answered: something else is said here for now. */
  const sayLess = () => void (why.hidden = true);

  /** Nor what comes after it, where the next number is a moment away. */
  const sayNothing = () => void (after.hidden = why.hidden = true);

  return { element, show, sayLess, sayNothing };
}

/** The cell pointed at while another is pinned, and the difference between the two. */
function createRival() {
  const name = createName('second-value');
  name.name.className = 'second-name';
  const difference = html('b');
  const line = html('p', { class: 'after' }, ...pieces('who.difference', { difference }));
  const title = html('p', { class: 'versus' }, message('who.with'));
  const element = html('div', { class: 'rival' }, title, name.name, name.value, line);

  /**
   * @param {Told | null} other
   * @param {ReturnType<typeof compared> | null} texts
   */
  function show(other, texts) {
    element.hidden = !other;
    if (!other || !texts) return;
    name.show(other, texts.second);
    say(difference, texts.difference);
  }

  return { element, show };
}

/**
 * @param {HTMLElement} element
 * @param {readonly string[]} texts one paragraph each
 */
function sayAll(element, texts) {
  while (element.childElementCount < texts.length) element.append(html('p', { class: 'after' }));
  while (element.childElementCount > texts.length) element.lastElementChild?.remove();
  texts.forEach((text, i) => {
    const paragraph = element.children[i];
    if (paragraph) say(paragraph, text);
  });
}

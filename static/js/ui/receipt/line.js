// A cell's account in a single line of 64 px: name, value, "=", and what adds up to it.

import { compared } from '../../text/differences.js';
import { message } from '../../text/messages.js';
import { listed, times as timesText } from '../../text/numbers.js';
import { pixel } from '../../render/brush.js';
import { waterfall } from '../../kinds/parts/waterfall.js';
import { html, say } from '../dom.js';
import { createQuantitySwitch } from '../effect.js';
import { gap, lineFrame } from '../frames.js';
import { createPlay } from '../play.js';
import { createPlane } from './plane.js';
import { own, signOf } from './shade.js';
import { createLeaving, createName, showTag } from './who.js';

/** @import { ConvReceipt, Equation, Item, Receipt } from '../../kinds/receipt.d.ts' */
/** @import { Standing, Turns } from './open.js' */
/** @import { Plane } from './plane.js' */
/** @import { Told } from './types.d.ts' */

/** Cells of the thumbnails, px, and how many single terms of a unit there is room for. */
const THUMB = 6;
const TALL = 34;
const FOR = 2;
const AGAINST = 1;

/** @param {Turns} on */
export function createLineCell(on) {
  const name = createName('number');
  const tag = html('span', { class: 'tag' });
  const group = { tabindex: 0, role: 'group', 'aria-label': message('line.label') };
  const terms = html('span', { class: 'line-terms', ...group });
  const leaving = createLeaving(on.release);
  const effect = createQuantitySwitch();
  const left = [tag, name.name, name.value, terms, effect.text];
  const play = createPlay();
  const element = lineFrame(...left, gap(), play.element, effect.element, ...leaving.elements);
  /** @type {Map<string, ReturnType<typeof createTerm>[]>} */
  const kept = new Map();

  /**
   * @param {Told} told
   * @param {Standing} standing
   */
  function show(told, { other, effect: shown, play: slides }) {
    const { receipt, pinned } = told;
    name.show(told, other ? compared(receipt, other.receipt).first : receipt.valueText);
    showTag(tag, pinned);
    leaving.show(pinned);
    effect.show(shown);
    play.show(slides);
    if (other) return put('', ...comparison(told, other));
    effect.text.hidden = true; // the terms need its room
    showTerms(told, receipt);
  }

  /**
   * @param {Told} told
   * @param {Receipt} receipt
   */
  function showTerms(told, receipt) {
    const equation = equationOf(receipt);
    const items = equation?.items ?? [];
    if (!equation || equation.how !== 'sum') return saysPlainly(receipt, equation);
    const conv = receipt.diagram === 'filter' ? receipt : null;
    const size = conv ? `${conv.rows} ${conv.columns}` : '';
    const key = `${receipt.title} ${size} ${items.map(({ role }) => role).join()}`;
    const parts =
      kept.get(key) ?? items.map(({ role }) => createTerm(role === 'map' ? conv : null));
    if (kept.size > 60) kept.clear();
    kept.set(key, parts);
    parts.forEach((part, i) => {
      const item = items[i];
      if (item) part.show(item, i === 0, told);
    });
    put(key, equals(), ...parts.map((part) => part.element));
  }

  /**
   * @param {string} key the same terms keep their elements; '' for what is always made anew
   * @param {...HTMLElement} content
   */
  function put(key, ...content) {
    if (key && terms.dataset['of'] === key) return;
    terms.dataset['of'] = key;
    terms.replaceChildren(...content);
  }

  /**
   * @param {Receipt} receipt
   * @param {Equation | null} equation
   */
  function saysPlainly(receipt, equation) {
    const how = equation ? ELSE[equation.how] : null;
    const text = equation ? (how?.(equation) ?? []) : [receipt.check];
    put('', ...(equation ? [equals()] : []), html('span', { class: 'says' }, ...text));
  }

  return { element, show };
}

/**
 * Values and their difference: for two accounts a line has no room.
 *
 * @param {Told} told
 * @param {Told} other
 */
function comparison({ receipt }, { receipt: rival }) {
  const label = (/** @type {string} */ text) => html('span', { class: 'label' }, text);
  const { second, difference } = compared(receipt, rival);
  return [
    label(message('line.with', { cell: rival.name })),
    html('b', {}, second),
    label(message('difference')),
    html('b', {}, difference),
  ];
}

function equals() {
  return html('span', { class: 'equals' }, '=');
}

/**
 * @param {Receipt} receipt
 * @returns {Equation | null}
 */
function equationOf(receipt) {
  return receipt.diagram === 'terms' && receipt.equation
    ? waterfall(receipt, FOR, AGAINST)
    : receipt.equation;
}

/** What stands right of "=" where it is not a sum. */
const ELSE = /** @type {Record<string, (equation: Equation) => (string | HTMLElement)[]>} */ ({
  max: ({ items }) => ['max(', ...between(items.map(candidate), listed(['', ''])), ')'],
  quotient: ({ items }) => between(items.map(labelled), ' ÷ '),
  function: ({ name, items, times = [1, 1] }) => [
    ...[`${timesText(times[0])}${name}(${timesText(times[1])}`, ...items.map(labelled), ')'],
  ],
  pass: ({ items }) => items.map(labelled),
});

/** @param {Item} item */
function candidate({ signedText, strong }) {
  return html(strong ? 'b' : 'span', { class: strong ? 'winner' : '' }, signedText);
}

/** @param {Item} item */
function labelled({ label, signedText }) {
  return html('span', {}, html('span', { class: 'label' }, `${label} `), html('b', {}, signedText));
}

/**
 * @param {HTMLElement[]} parts
 * @param {string} separator
 */
function between(parts, separator) {
  return parts.flatMap((part, i) => (i ? [separator, part] : [part]));
}

/** @param {ConvReceipt | null} conv whose products are drawn small */
function createTerm(conv) {
  const size = conv ? Math.max(2, Math.min(THUMB, Math.floor(TALL / conv.rows))) : 0;
  /** @type {Plane | null} */
  const plane = conv ? createPlane(conv.columns, conv.rows, size) : null;
  const label = html('span', { class: 'label' });
  const amount = html('b');
  const element = html('span', { class: 'line-term' }, plane?.element ?? label, amount);

  /**
   * @param {Item} item
   * @param {boolean} first
   * @param {Told} told
   */
  function show(item, first, { receipt, colours }) {
    const brief = receipt.diagram === 'terms' || item.role === 'rounding';
    say(label, brief ? item.short.join(' ').trim() : item.label);
    say(amount, first ? item.signedText : item.sign + item.text);
    amount.className = item.role === 'bias' || item.role === 'rounding' ? '' : signOf(item.shown);
    if (receipt.diagram !== 'filter' || !plane) return;
    const scale = own(receipt.largest.product);
    const from = item.index * receipt.taps;
    plane.paint((i) => pixel(colours, receipt.products[from + i] ?? 0, scale));
  }

  return { element, show };
}

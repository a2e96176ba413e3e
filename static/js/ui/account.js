// The account's place: why the number that is pointed at is what it is; else why the answer is.

import { message } from '../text/messages.js';
import { createAnswerChart } from './answer.js';
import { button, html, say } from './dom.js';
import { gap, head, leave, lineFrame, link, openFrame, pinHint, sheetFrame } from './frames.js';

/** @import { Colours } from '../render/brush.js' */
/** @import { Account, AnswerAccount, CellAccount, EmptyAccount, Sentence } from '../scene/types.d.ts' */
/** @import { Standing, Turns } from './receipt/open.js' */
/** @typedef {Pick<typeof import('./receipt/open.js'), 'createOpenCell' | 'createSheetCell'> & Pick<typeof import('./receipt/line.js'), 'createLineCell'>} Kit */
/** @import { Means, Told } from './receipt/types.d.ts' */

/**
 * @typedef {object} Shown
 * @property {Account} account
 * @property {readonly Sentence[]} said of a cell, while nothing is drawn
 * @property {'pointing' | 'pinned' | null} tag
 * @property {'open' | 'line' | 'sheet'} shape
 * @property {Colours} colours
 * @property {Kit | null} kit what shows receipts, once it is loaded
 * @property {Told | null} told the receipt of the cell, with what it takes to show it
 * @property {Standing} standing
 */

/**
 * @typedef {object} OwnActs
 * @property {() => void} toggle between open and line
 */

/** @typedef {OwnActs & Turns & Omit<Means, 'narrow'>} Acts */

/**
 * @param {HTMLElement} place
 * @param {Acts} on
 */
export function createAccount(place, on) {
  const answer = createOpenAnswer(on);
  const cells = once((/** @type {Kit} */ kit) => ({
    open: once(() => kit.createOpenCell({ ...on, narrow: false }, on)),
    sheet: once(() => kit.createSheetCell({ ...on, narrow: true }, on)),
    line: once(() => kit.createLineCell(on)),
  }));

  /** @param {Shown} shown */
  function elementFor(shown) {
    const { account, shape, kit, told } = shown;
    if (kit && told) {
      const view = cells(kit)[shape]();
      view.show(told, shown.standing);
      return view.element;
    }
    if (shape === 'line' || (shape === 'sheet' && account.kind !== 'cell')) {
      return lineOf(shown, on);
    }
    if (account.kind === 'cell') return cellOf(account, shown, on);
    return account.kind === 'empty' ? emptyOf(account) : answer(account);
  }

  /**
   * @param {HTMLElement} element
   * @param {Shown['shape']} shape
   */
  function put(element, shape) {
    place.dataset['shape'] = shape;
    if (place.firstChild !== element) place.replaceChildren(element);
  }

  return { put, show: (/** @type {Shown} */ shown) => put(elementFor(shown), shown.shape) };
}

/**
 * @template Thing
 * @template {unknown[]} Given
 * @param {(...given: Given) => Thing} make
 */
function once(make) {
  /** @type {Thing | undefined} */
  let made;
  return (/** @type {Given} */ ...given) => (made ??= make(...given));
}

/**
 * The open answer is made once: while a stroke is drawn only its numbers change.
 *
 * @param {Acts} on
 */
function createOpenAnswer(on) {
  const parts = once(() => {
    const chart = createAnswerChart();
    const what = html('span', { class: 'of' });
    const how = html('span', { class: 'how' }, message('answer.how'));
    const top = head([what], [how, link(message('account.hide'), 'A', on.toggle)]);
    return { chart, what, element: openFrame(html('div', { class: 'who' }), top, chart.element) };
  });

  return (/** @type {AnswerAccount} */ account) => {
    const { chart, what, element } = parts();
    const { scoreLayer, softmaxLayer: layer, rows } = account;
    say(what, scoreLayer ? message('answer.of', { layer, count: rows.length }) : layer);
    element.querySelector('.who')?.replaceWith(whoAnswers(account));
    chart.show(account);
    return element;
  };
}

/** @param {AnswerAccount} account */
function whoAnswers({ title, name, probabilityText, sentences }) {
  const [after = '', ...more] = sentences;
  const why = { class: 'action', 'data-action': 'why', title: message('answer.why.key') };
  return html(
    'div',
    { class: 'who' },
    html('div', { class: 'name' }, message('answer.is', { class: name })),
    html('div', { class: 'value' }, probabilityText),
    button(why, title),
    html('p', { class: 'after' }, after),
    html('p', { class: 'why' }, more.join(' ')),
  );
}

/**
 * A cell without a receipt: while nothing is drawn.
 *
 * @param {CellAccount} account
 * @param {Shown} shown
 * @param {Acts} on
 */
function cellOf(account, shown, on) {
  const { said, shape } = shown;
  const who = html('div', { class: 'who' }, nameOf(account), numberOf(account, 'value'));
  const paragraphs = said.map(({ role, text }) => html('p', { 'data-role': role }, text));
  const body = html('div', { class: 'body' }, html('div', { class: 'words' }, ...paragraphs));
  if (shape === 'sheet') return sheetFrame(who, tagOf(shown), body, on.release);
  return openFrame(who, head([], [tagOf(shown), release(shown, on)]), body);
}

/** @param {CellAccount} account */
function nameOf({ title, place }) {
  return html('div', { class: 'name' }, title, ' ', html('small', {}, place));
}

/**
 * @param {CellAccount} account
 * @param {string} className
 */
function numberOf({ valueText }, className) {
  return html('div', { class: className }, valueText);
}

/**
 * @param {Shown} shown
 * @param {Acts} on
 */
function lineOf(shown, on) {
  const { account, said } = shown;
  if (account.kind !== 'cell') {
    return lineFrame(html('span', { class: 'says' }, account.line), gap());
  }
  const says = html('span', { class: 'says' }, said.map(({ text }) => text).join(' '));
  const number = numberOf(account, 'number');
  return lineFrame(tagOf(shown), nameOf(account), number, says, gap(), release(shown, on));
}

/** @param {EmptyAccount} account */
function emptyOf({ title, lead, steps }) {
  const name = html('div', { class: 'name' }, title);
  const who = html('div', { class: 'who' }, name, html('p', { class: 'lead' }, lead));
  const list = steps.map((step) =>
    html('li', {}, html('h2', {}, step.title), html('p', {}, step.text)),
  );
  return openFrame(who, html('span'), html('ol', { class: 'steps' }, ...list));
}

/** @param {Shown} shown */
function tagOf({ tag }) {
  const said = tag ? message(`account.tag.${tag}`) : '';
  return html('span', { class: 'tag', 'data-tag': tag ?? '' }, said);
}

/**
 * @param {Shown} shown
 * @param {Acts} on
 */
function release({ tag }, on) {
  if (tag === 'pinned') return leave(message('account.release'), on.release);
  return pinHint();
}

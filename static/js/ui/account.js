// The account's place: why the number that is pointed at is what it is; else why the answer is.

import { createAnswerChart } from './answer.js';
import { allWordsOf, briefly, nameOf, partsOf, valueOf, whoIs, wordsOf } from './cell.js';
import { html } from './dom.js';
import { gap, head, kbd, lineFrame, link, openFrame, sheetFrame } from './frames.js';
import { keysOf } from './help.js';

/** @import { Colours } from '../render/colours.js' */
/** @import { Account, AnswerAccount, CellAccount, EmptyAccount } from '../scene/types.d.ts' */
/** @import { Standing, Turns } from './receipt/open.js' */
/** @typedef {Pick<typeof import('../page/later.js'), 'createLineCell' | 'createOpenCell' | 'createSheetCell'>} Kit */
/** @import { Means, Told } from './receipt/types.d.ts' */

/**
 * @typedef {object} Shown
 * @property {Account} account
 * @property {'pointing' | 'pinned' | null} tag
 * @property {'open' | 'line' | 'sheet'} shape
 * @property {boolean} help
 * @property {Colours} colours
 * @property {Kit | null} kit what shows receipts, once it is loaded
 * @property {Told | null} told the receipt of the cell, with what it takes to show it
 * @property {Standing} standing
 */

/**
 * @typedef {object} OwnActs
 * @property {() => void} toggle between open and line
 * @property {() => void} closePanel
 */

/** @typedef {OwnActs & Turns & Omit<Means, 'narrow'>} Acts */

/** How many keys the account as a line has room for. */
const KEYS_IN_LINE = 5;

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
    const { account, shape, help, kit, told } = shown;
    if (help) return helpFor(shape, on);
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
  /** @type {ReturnType<typeof createAnswerChart> | null} */
  let chart = null;
  /** @type {HTMLElement | null} */
  let element = null;

  return (/** @type {AnswerAccount} */ account) => {
    const who = whoAnswers(account);
    if (!chart || !element || chart.count !== account.rows.length) {
      chart = createAnswerChart(account.rows.length);
      const { scoreLayer, softmaxLayer, rows } = account;
      const what = scoreLayer ? `${softmaxLayer} of the ${rows.length} scores` : softmaxLayer;
      const how = html(
        'span',
        { class: 'how' },
        'hover explains, click pins, arrow keys walk the cells',
      );
      const line = link('account as a line', 'A', on.toggle);
      element = openFrame(who, head([html('span', {}, what)], [how, line]), chart.element);
    } else element.querySelector('.who')?.replaceWith(who);
    chart.show(account);
    return element;
  };
}

/** @param {AnswerAccount} account */
function whoAnswers({ title, probabilityText, sentences }) {
  const [after = '', ...why] = sentences;
  return html(
    'div',
    { class: 'who' },
    html('div', { class: 'name' }, title),
    html('div', { class: 'value' }, probabilityText),
    html('p', { class: 'after' }, after),
    html('p', { class: 'why' }, why.join(' ')),
  );
}

/**
 * @param {Shown['shape']} shape
 * @param {Acts} on
 */
function helpFor(shape, on) {
  const close = link('close', '?', on.closePanel);
  if (shape === 'line') return lineFrame(keysOf(KEYS_IN_LINE), gap(), close);
  const who = html('div', { class: 'who' }, html('div', { class: 'name' }, 'Keys and fingers'));
  if (shape === 'sheet') return sheetFrame(who, null, keysOf(), on.closePanel);
  return openFrame(who, head([], [close]), html('div', { class: 'body' }, keysOf()));
}

/**
 * A cell without a receipt: while nothing is drawn.
 *
 * @param {CellAccount} account
 * @param {Shown} shown
 * @param {Acts} on
 */
function cellOf(account, shown, on) {
  const { colours, shape } = shown;
  if (shape === 'sheet') {
    const who = html('div', { class: 'who' }, nameOf(account), valueOf(account, colours, 'value'));
    const all = html('div', { class: 'body' }, allWordsOf(account), ...partsOf(account));
    return sheetFrame(who, tagOf(shown), all, on.release);
  }
  const body = html('div', { class: 'body' }, wordsOf(account), ...partsOf(account));
  return openFrame(whoIs(account, colours), head([], [tagOf(shown), release(shown, on)]), body);
}

/**
 * @param {Shown} shown
 * @param {Acts} on
 */
function lineOf(shown, on) {
  const { account } = shown;
  if (account.kind !== 'cell') {
    const open = link('open the account', 'A', on.toggle);
    return lineFrame(html('span', { class: 'says' }, account.line), gap(), open);
  }
  const says = html('span', { class: 'says' }, briefly(account));
  const number = valueOf(account, shown.colours, 'number');
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
  return html('span', { class: 'tag', 'data-tag': tag ?? '' }, tag ?? '');
}

/**
 * @param {Shown} shown
 * @param {Acts} on
 */
function release({ tag }, on) {
  if (tag === 'pinned') return link('release', 'Esc', on.release);
  return html('span', { class: 'hint' }, 'click or ', kbd('Enter'), ' pins');
}

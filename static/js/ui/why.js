// "Why 3?": the paths for and against it, what they come to, and below them scores and softmax.

import { message, pieces } from '../text/messages.js';
import { createAnswerChart } from './answer.js';
import { button, find, html, say } from './dom.js';
import { gap, leave, lineFrame, panelFrame } from './frames.js';

/** @import { AnswerAccount, WhyAccount } from '../scene/types.d.ts' */

/**
 * @typedef {object} Seen
 * @property {WhyAccount | null} why null while paths are not known
 * @property {string} waits what is waited for meanwhile
 * @property {AnswerAccount | null} answer null while nothing is drawn
 * @property {readonly string[]} classes
 * @property {number} of the class that it is about
 * @property {number | null} against another one
 * @property {number | null} path that is chosen
 * @property {boolean} muted
 */

/**
 * @typedef {object} Acts
 * @property {() => void} close
 * @property {(of: number, against: number | null) => void} ask
 * @property {(path: number) => void} choose a path; the same again for none
 * @property {() => void} mute the chosen path, or let it speak again
 */

/**
 * @param {'open' | 'sheet'} shape
 * @param {Acts} on
 */
export function createWhyPanel(shape, on) {
  const question = createQuestion(on.ask);
  const name = html('div', { class: 'name' });
  const lead = html('p', { class: 'why-told' }, message('why.lead'));
  const sum = html('dl', { class: 'why-sum' });
  const off = html('p', { class: 'after' });
  const sides = createSides(on);
  const scores = createScores();
  const body = html('div', { class: 'body why-body' }, sides.element, scores.element, lead);
  body.tabIndex = 0;
  body.setAttribute('role', 'group');
  body.setAttribute('aria-label', message('why.label'));
  const element = panelFrame(shape, [name, sum, off], [question.element], body, on.close);
  // where the window is low it scrolls, also by keys
  const who = find('.who', HTMLElement, element);
  who.tabIndex = 0;
  who.setAttribute('role', 'group');
  who.setAttribute('aria-label', message('why.open'));

  /** @param {Seen} seen */
  function show(seen) {
    const { why, waits, answer, classes, of, against } = seen;
    say(name, titleOf(classes, of, against));
    question.show(classes, of, against);
    sum.replaceChildren(...(why?.sum ?? []).map(lineOfSum));
    say(off, why ? message(why.straight ? 'why.closes' : 'why.bends') : '');
    sides.show(why, waits, seen.path, seen.muted);
    scores.show(answer);
  }

  return { element, show };
}

/** @param {Pick<Acts, 'close'>} on */
export function createWhyLine({ close }) {
  const says = html('span', { class: 'says' });
  const element = lineFrame(says, gap(), leave(message('close.word'), close));
  return {
    element,
    /** @param {Seen} seen */
    show({ why, waits, classes, of, against }) {
      const { text = '', name = '' } = why?.sum.at(-1) ?? {};
      const sum = why ? ` ${name} ${text}` : ` ${waits}`;
      say(says, titleOf(classes, of, against) + sum);
    },
  };
}

/** @param {readonly string[]} classes @param {number} of @param {number | null} against */
function titleOf(classes, of, against) {
  const name = classes[of];
  if (name === undefined) return message('why.open');
  if (against === null) return message('answer.why', { class: name });
  return message('why.title', { class: name, other: classes[against] ?? '' });
}

/** @param {WhyAccount['sum'][number]} part */
function lineOfSum({ role, name, text }) {
  return html('div', { 'data-role': role }, html('dt', {}, name), html('dd', {}, text));
}

/** "Why 8 and not 3?", to be chosen. @param {Acts['ask']} ask */
function createQuestion(ask) {
  const put = () => ask(of.selectedIndex, against.selectedIndex ? against.selectedIndex - 1 : null);
  const of = html('select', { class: 'choice', 'aria-label': message('why.of'), onchange: put });
  const named = { class: 'choice', 'aria-label': message('why.against'), onchange: put };
  const against = html('select', named);
  const words = pieces('why.question', { class: of, other: against });
  const element = html('span', { class: 'why-question' }, ...words);
  /** @type {readonly string[] | null} */
  let known = null;

  /** @param {readonly string[]} classes @param {number} first @param {number | null} second */
  function show(classes, first, second) {
    if (known !== classes) {
      const options = () => classes.map((one) => html('option', {}, one));
      of.replaceChildren(...options());
      against.replaceChildren(html('option', {}, message('why.nobody')), ...options());
      known = classes;
    }
    of.selectedIndex = first;
    against.selectedIndex = second === null ? 0 : second + 1;
  }

  return { element, show };
}

/** The rows for and against, and what muting one does. @param {Acts} on */
function createSides(on) {
  const sides = [true, false].map((up) => createSide(up, on));
  const waiting = html('p', { class: 'why-waits' });
  const muting = createMuting(on.mute);
  const parts = [waiting, ...sides.map((side) => side.element), muting.element];
  const element = html('div', { class: 'why-paths' }, ...parts);

  /** @param {WhyAccount | null} why @param {string} waits @param {number | null} path @param {boolean} muted */
  function show(why, waits, path, muted) {
    say(waiting, why ? '' : waits);
    waiting.hidden = why !== null;
    for (const side of sides) side.show(why?.rows ?? null, path);
    muting.show(why, path, muted);
  }

  return { element, show };
}

/** @param {boolean} up for it @param {Acts} on */
function createSide(up, on) {
  const list = html('ul', { class: 'why-rows' });
  const title = html('h2', {}, message(up ? 'why.for' : 'why.counter'));
  const element = html('section', { class: 'why-side' }, title, list);
  let known = '';

  /** Made anew where it says something else: a row that is held stays. @param {WhyAccount['rows']} all */
  function fill(all) {
    const rows = all.filter((row) => row.for === up);
    const now = rows.map(({ path, names, valueText }) => [path, ...names, valueText]).join();
    if (now === known && list.firstChild) return;
    known = now;
    const none = html('li', {}, message('why.none'));
    list.replaceChildren(...(rows.length ? rows.map((row) => rowOf(row, on)) : [none]));
  }

  /** @param {WhyAccount['rows'] | null} rows @param {number | null} path */
  function show(rows, path) {
    element.hidden = !rows;
    fill(rows ?? []);
    for (const one of list.querySelectorAll('button'))
      one.setAttribute('aria-pressed', String(Number(one.dataset['path']) === path));
  }

  return { element, show };
}

/** @param {() => void} onMute */
function createMuting(onMute) {
  const mute = button({ class: 'action', onclick: onMute });
  const told = html('p', { class: 'why-told', 'aria-live': 'polite' });
  const element = html('div', { class: 'why-muting' }, mute, told);

  /** @param {WhyAccount | null} why @param {number | null} path @param {boolean} muted */
  function show(why, path, muted) {
    element.hidden = !why;
    mute.hidden = path === null;
    say(mute, message(muted ? 'why.unmute' : 'why.mute'));
    mute.setAttribute('aria-pressed', String(muted));
    const how = message(path === null ? 'why.choose' : 'why.mute.how');
    say(told, why?.muted ? message('why.muted', why.muted) : how);
  }

  return { element, show };
}

/** @param {WhyAccount['rows'][number]} row @param {Acts} on */
function rowOf({ path, names, valueText, for: up }, on) {
  const act = { class: 'why-row', 'data-path': path, 'aria-pressed': 'false' };
  const chain = html('span', { class: 'why-chain' }, names.join(' → '));
  const value = html('span', { class: up ? 'above' : 'below' }, valueText);
  const one = button({ ...act, onclick: () => on.choose(path) }, chain, ' ', value);
  return html('li', {}, one);
}

/** Scores and softmax, as before. */
function createScores() {
  const chart = createAnswerChart();
  const title = html('h2', {}, message('why.then'));
  const element = html('section', { class: 'why-scores' }, title, chart.element);
  return {
    element,
    /** @param {AnswerAccount | null} answer */
    show(answer) {
      element.hidden = !answer;
      if (answer) chart.show(answer);
    },
  };
}

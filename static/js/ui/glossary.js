// The glossary in the account's place: its words, those that stand on the page first; and of one of
// them what it means, a picture from the live network, and the way to see it there. The first of them
// is the whole network, whose picture is the stage: there stands the legend of its numbers.

import { message } from '../text/messages.js';
import { button, html, say } from './dom.js';
import { panelFrame } from './frames.js';
import { createBody } from './receipt/body.js';

/** @import { Annotated } from '../scene/terms.js' */
/** @import { Term } from '../text/terms.js' */
/** @import { Means, Told } from './receipt/types.d.ts' */

/**
 * @typedef {object} Shown
 * @property {readonly Term[]} terms all, or none until they are loaded
 * @property {string} missing why there are none, once that is known
 * @property {ReadonlySet<string>} here which of them stand on the page
 * @property {Term | null} chosen
 * @property {Told | null} told a cell of the network that shows it
 * @property {string} why there is none, else ''
 * @property {Annotated | null} notes the numbers on the picture
 * @property {boolean} seen whether there is a way to see it
 */

/**
 * @param {'open' | 'sheet'} shape
 * @param {Means} means
 * @param {{ close: () => void, choose: (id: string) => void, light: (id: string | null) => void, see: () => void }} on
 */
export function createGlossary(shape, means, on) {
  const name = html('div', { class: 'name' }, message('glossary.title'));
  const lead = html('p', { class: 'why' }, message('glossary.lead'));
  const list = createList(on.choose);
  const title = html('h2');
  const is = html('p');
  const where = html('p', { class: 'entry-at' });
  const see = button({ class: 'action', onclick: on.see }, message('glossary.see'));
  const body = createBody({ ...means, slim: true }, message('glossary.at', { cell: '' }));
  const head = html('div', { class: 'entry-head', role: 'status' }, title, is);
  const legend = createLegend(on);
  const entry = html(
    'article',
    { class: 'entry' },
    ...[head, see, where, legend.element, body.element],
  );
  const content = html('div', { class: 'body glossary' }, list.element, entry);
  const element = panelFrame(shape, [name, lead], [], content, on.close);
  /** @param {Shown} shown */
  function show({ terms, missing, here, notes, chosen, told, why, seen }) {
    list.show(terms, here, chosen);
    say(title, chosen?.title ?? '');
    say(is, chosen?.is ?? missing);
    title.dataset['number'] = numberOf(notes, chosen);
    legend.show(terms, chosen === terms[0] ? notes : null);
    see.hidden = !seen;
    body.element.hidden = !told;
    say(where, told ? message('glossary.at', { cell: told.receipt.name }) : why);
    if (told) body.show('picture', told);
  }

  return { element, show };
}

/** @param {Annotated | null} notes @param {Term | null} term @returns {string} '' where it has none */
function numberOf(notes, term) {
  const at = notes && term ? notes.ids.indexOf(term.id) : -1;
  return at < 0 ? '' : String(at + 1);
}

/** All words, those on the page first. @param {(id: string) => void} choose */
function createList(choose) {
  const label = message('glossary.label');
  const element = html('nav', { class: 'entries', tabindex: 0, 'aria-label': label });
  /** @type {unknown} */
  let listed = null;
  /** @type {Map<string, HTMLButtonElement>} */
  const buttons = new Map();

  /** @param {readonly Term[]} terms */
  const rowsOf = (terms) =>
    html(
      'ul',
      {},
      ...terms.map(({ id, title }) => {
        const one = button({ class: 'word', onclick: () => choose(id) }, title);
        buttons.set(id, one);
        return html('li', {}, one);
      }),
    );

  /** @param {readonly Term[]} terms @param {ReadonlySet<string>} here */
  function fill(terms, here) {
    buttons.clear();
    const groups = [
      html('h2', {}, message('glossary.here')),
      rowsOf(terms.filter(({ id }) => here.has(id))),
      html('h2', {}, message('glossary.all')),
      rowsOf(terms.filter(({ id }) => !here.has(id))),
    ];
    element.replaceChildren(...groups);
  }

  /** @param {readonly Term[]} terms @param {ReadonlySet<string>} here @param {Term | null} chosen */
  function show(terms, here, chosen) {
    if (listed !== here) fill(terms, here);
    listed = here;
    for (const [id, one] of buttons) one.setAttribute('aria-current', String(id === chosen?.id));
  }

  return { element, show };
}

/**
 * What each number on the picture stands for.
 *
 * @param {{ choose: (id: string) => void, light: (id: string | null) => void }} on
 */
function createLegend({ choose, light }) {
  const element = html('ol', { class: 'annotated', 'aria-label': message('glossary.numbers') });
  let known = '';

  /** @param {Term} term @param {number} i */
  function rowOf({ id, title, short }, i) {
    const act = { class: 'word', 'data-number': i + 1, 'data-term': id, onclick: () => choose(id) };
    const [lit, off] = [() => light(id), () => light(null)];
    const on = { onpointerenter: lit, onpointerleave: off, onfocus: lit, onblur: off };
    const said = [html('b', {}, title), ' ', html('span', {}, short)];
    return html('li', {}, button({ ...act, ...on }, ...said));
  }

  /** @param {readonly Term[]} terms @param {Annotated | null} notes */
  function show(terms, notes) {
    element.hidden = !notes;
    const now = notes?.ids.join() ?? '';
    const all = (notes?.ids ?? []).flatMap((id) => terms.find((term) => term.id === id) ?? []);
    if (now !== known || !element.firstChild) element.replaceChildren(...all.map(rowOf));
    known = now;
    for (const row of element.querySelectorAll('button'))
      row.classList.toggle('lit', row.dataset['term'] === notes?.strong);
  }

  return { element, show };
}

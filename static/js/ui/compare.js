// What is compared with what, and the table of it, in the account's place.

import { message } from '../text/messages.js';
import { button, html, say } from './dom.js';
import { gap, leave, lineFrame, panelFrame } from './frames.js';

/** @import { Row } from '../scene/compare.js' */

/**
 * @typedef {object} Told
 * @property {readonly { id: string, title: string }[]} models that can be compared with
 * @property {string | null} chosen id of the network that is compared with, or 'drawing'
 * @property {string} notice
 * @property {readonly string[]} heads of the columns
 * @property {readonly Row[]} rows none while nothing is compared
 */

/**
 * @typedef {object} Acts
 * @property {(id: string) => void} network
 * @property {() => void} drawing
 * @property {() => void} end
 * @property {() => void} close
 */

/** Stands for a drawing that was kept, among the ids of networks. */
const DRAWING = 'drawing';

/**
 * @param {'open' | 'line' | 'sheet'} shape
 * @param {Acts} on
 */
export function createComparePanel(shape, on) {
  const choices = html('div', { class: 'compare-with' });
  const says = html('p', { class: 'why' });
  const table = html('table', { class: 'compared' });
  const name = html('div', { class: 'name' }, message('compare.title'));
  const body = html('div', { class: 'body' }, table);
  const element =
    shape === 'line'
      ? lineFrame(name, choices, gap(), leave(message('close.word'), on.close))
      : panelFrame(shape, [name, choices, says], [], body, on.close);
  let known = '';

  /** @param {Told} told */
  function choose({ models, chosen }) {
    const wanted = JSON.stringify([models, chosen]);
    if (wanted === known) return; // the buttons stay, and so does the focus
    known = wanted;
    const networks = models.map(({ id, title }) =>
      choice(message('compare.with', { network: title }), id === chosen, () => on.network(id)),
    );
    const keep = choice(message('compare.keep'), chosen === DRAWING, on.drawing);
    const stop = button({ class: 'word', onclick: on.end }, message('compare.stop'));
    choices.replaceChildren(...networks, keep, ...(chosen ? [stop] : []));
  }

  /** @param {Told} told */
  function show(told) {
    choose(told);
    say(says, told.notice || (told.rows.length ? '' : message('compare.how')));
    fill(table, shape === 'open' ? turned(told) : told);
  }

  return { element, show };
}

/**
 * @param {string} text
 * @param {boolean} chosen
 * @param {() => void} onclick
 */
function choice(text, chosen, onclick) {
  return button({ class: 'word', 'aria-pressed': String(chosen), onclick }, text);
}

/**
 * Where there is width, the readings are rows.
 *
 * @param {Pick<Told, 'heads' | 'rows'>} told
 * @returns {Pick<Told, 'heads' | 'rows'>}
 */
function turned({ heads, rows }) {
  const named = rows.filter(({ difference }) => !difference);
  const last = rows.find(({ difference }) => difference);
  const readings = heads.map((name, i) => ({
    name,
    values: named.map(({ values }) => values[i] ?? ''),
  }));
  const blank = named.map((_, i) => (i === named.length - 1 ? (last?.values[0] ?? '') : ''));
  const more = last ? [{ name: last.name, values: blank }] : [];
  return { heads: named.map(({ name }) => name), rows: [...readings, ...more] };
}

/**
 * @param {HTMLTableElement} table
 * @param {Pick<Told, 'heads' | 'rows'>} told
 */
function fill(table, { heads, rows }) {
  const wanted = 1 + rows.length;
  if (!rows.length) return table.replaceChildren();
  while (table.rows.length > wanted) table.deleteRow(-1);
  while (table.rows.length < wanted) table.insertRow();
  [{ name: '', values: heads }, ...rows].forEach(({ name, values }, i) => {
    const row = table.rows[i];
    if (!row) return;
    if (row.cells.length !== values.length + 1) {
      const kind = i === 0 ? 'th' : 'td';
      const first = i === 0 ? html('td') : html('th', { scope: 'row' });
      row.replaceChildren(first, ...values.map(() => html(kind)));
    }
    [name, ...values].forEach((text, k) => void (row.cells[k] && say(row.cells[k], text)));
  });
}

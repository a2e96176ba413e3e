// What is compared with what, and the table of it, in the account's place.

import { message } from '../../text/messages.js';
import { html, say } from '../dom.js';
import { gap, head, leave, lineFrame, openFrame, sheetFrame } from '../frames.js';

/** @import { Row } from '../../scene/compare.js' */

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

/** @param {Acts} on */
export function createComparePanel(on) {
  /** @type {Partial<Record<'open' | 'line' | 'sheet', ReturnType<typeof createFrame>>>} */
  const made = {};

  return {
    /**
     * @param {Told} told
     * @param {'open' | 'line' | 'sheet'} shape
     */
    show(told, shape) {
      const frame = (made[shape] ??= createFrame(shape, on));
      frame.show(told);
      return frame.element;
    },
  };
}

/**
 * @param {'open' | 'line' | 'sheet'} shape
 * @param {Acts} on
 */
function createFrame(shape, on) {
  const choices = createChoices(on);
  const says = html('p', { class: 'why' }, message('compare.how'));
  const table = html('table', { class: 'compared' });
  const name = html('div', { class: 'name' }, message('compare.title'));
  const element = frameOf();

  function frameOf() {
    const close = leave(message('close.word'), on.close);
    if (shape === 'line') return lineFrame(name, choices.element, gap(), close);
    const who = html('div', { class: 'who' }, name, choices.element, says);
    const body = html('div', { class: 'body' }, table);
    if (shape === 'sheet') return sheetFrame(who, null, body, on.close);
    return openFrame(who, head([], [close]), body);
  }

  /** @param {Told} told */
  function show(told) {
    choices.show(told);
    say(says, told.notice || (told.rows.length ? '' : message('compare.how')));
    fill(table, shape === 'open' ? turned(told) : told);
  }

  return { element, show };
}

/** @param {Acts} on */
function createChoices({ network, drawing, end }) {
  const element = html('div', { class: 'compare-with' });
  const keep = button(message('compare.keep'), drawing);
  const stop = button(message('compare.stop'), end);
  let known = '';

  /** @param {Told} told */
  function show({ models, chosen }) {
    const wanted = JSON.stringify([models, chosen]);
    if (wanted === known) return;
    known = wanted;
    const networks = models.map(({ id, title }) =>
      button(message('compare.with', { network: title }), () => network(id)),
    );
    networks.forEach((one, i) => press(one, models[i]?.id === chosen));
    press(keep, chosen === DRAWING);
    element.replaceChildren(...networks, keep, ...(chosen ? [stop] : []));
  }

  return { element, show };
}

/**
 * @param {HTMLButtonElement} choice
 * @param {boolean} on
 */
function press(choice, on) {
  choice.setAttribute('aria-pressed', String(on));
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const made = html('button', { type: 'button', class: 'word' }, text);
  made.addEventListener('click', act);
  return made;
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

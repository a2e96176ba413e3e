// How many cells of each layer are never above 0, and how many always; which, of the layer that is chosen.

import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { button, html } from '../../ui/dom.js';

/** @import { LayerCount } from '../../wire/map.js' */

/** So many are named. */
const MOST = 24;
const NONE = '–';

/** @param {readonly LayerCount[]} layers @param {(layer: string) => void} choose */
export function createTable(layers, choose) {
  const heads = /** @type {const} */ (['layer', 'cells', 'dead', 'always', 'above']);
  const rows = layers.map((layer) => {
    const press = button({ class: 'link', onclick: () => choose(layer.name) }, layer.name);
    const gate = layer.sense === 'gate';
    const cells = layer.cells * layer.never.length;
    const counted = (/** @type {readonly number[]} */ counts) =>
      gate ? grouped(sumOf(counts)) : NONE;
    const row = html(
      'tr',
      {},
      html('th', { scope: 'row' }, press),
      html('td', {}, grouped(cells)),
      html('td', {}, counted(layer.never)),
      html('td', {}, counted(layer.always)),
      html('td', {}, percent(sumOf(layer.above) / layer.above.length)),
    );
    return { name: layer.name, row, press };
  });
  const head = heads.map((name) =>
    html('th', { scope: 'col' }, message(`mistakes.units.head.${name}`)),
  );
  return {
    element: html(
      'table',
      { class: 'units-table' },
      html('caption', { class: 'unseen' }, message('mistakes.units.caption')),
      html('thead', {}, html('tr', {}, ...head)),
      html('tbody', {}, ...rows.map(({ row }) => row)),
    ),
    /** @param {string} chosen */
    show(chosen) {
      for (const { name, row, press } of rows) {
        row.toggleAttribute('data-chosen', name === chosen);
        press.ariaPressed = String(name === chosen);
      }
    },
  };
}

/** Which maps or units of a layer have cells that never, or always, are above 0; each leads to the stage. */
/** @param {LayerCount} layer @param {string} id of the network */
export function createWhich(layer, id) {
  const { name, sense, never, always } = layer;
  const says = html('p', {}, message(`mistakes.units.sense.${sense}`, { layer: name }));
  if (sense !== 'gate') return html('div', { class: 'units-which' }, says);
  const lists = /** @type {const} */ ([
    ['dead', never],
    ['always', always],
  ]).map(([what, counts]) => {
    const found = [...counts.keys()].filter((k) => (counts[k] ?? 0) > 0);
    const items = found
      .slice(0, MOST)
      .map((k) => html('li', {}, itemOf(layer, k, counts[k] ?? 0, id)));
    const rest = found.length - items.length;
    const gaps = { count: found.length, layer: name };
    const head = message(
      layer.cells > 1 ? `mistakes.units.${what}.maps` : `mistakes.units.${what}.units`,
      gaps,
    );
    return html(
      'div',
      {},
      html('h3', {}, head),
      html(
        'ul',
        {},
        ...items,
        rest > 0 && html('li', {}, message('mistakes.units.more', { count: rest })),
      ),
    );
  });
  return html('div', { class: 'units-which' }, says, ...lists);
}

/** @param {LayerCount} layer @param {number} k @param {number} count @param {string} id */
function itemOf({ name, cells, cell, above }, k, count, id) {
  const at = [name, k, cell[2 * k] ?? 0, cell[2 * k + 1] ?? 0].join('.');
  const href = `./?model=${encodeURIComponent(id)}#v=1&cell=${at}`;
  const gaps = { map: k, count: grouped(count), cells: grouped(cells) };
  const text =
    cells > 1
      ? message('mistakes.units.map', { ...gaps, share: percent(above[k] ?? 0) })
      : message('mistakes.units.unit', gaps);
  return html('a', { href }, text);
}

/** @param {readonly number[]} numbers */
const sumOf = (numbers) => numbers.reduce((sum, one) => sum + one, 0);

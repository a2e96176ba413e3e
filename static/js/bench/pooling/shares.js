// How far maps are from what they were: a table, a row for each map as it is moved now, and one for each
// shift to the right.

import { message } from '../../text/messages.js';
import { number } from '../../text/numbers.js';
import { button, html } from '../../ui/dom.js';
import { SHIFTS } from './graph.js';

/** By layer how many cells count, and for each map how far it is from before, and from before moved along. @typedef {Readonly<Record<string, readonly [cells: number, before: readonly (number | null)[], along: readonly (number | null)[]]>>} Compared */

/** What is less is what float32 rounds. */
const ROUNDED = 1e-6;

/** @param {number | null | undefined} share */
export const isNothing = (share) => (share ?? NaN) < ROUNDED;

/** @param {number | null | undefined} share @returns {string} "12.3", "<0.1", "–" where there is none */
export function shareText(share) {
  if (typeof share !== 'number') return '–';
  if (share < ROUNDED) return '0';
  return share < 0.0005 ? `<${number(0.1, 1)}` : number(100 * share, 1);
}

/** @param {(right: number) => void} shift the picture is moved so */
export function createShares(shift) {
  const head = html('thead');
  const now = html('tbody');
  const shifts = html('tbody');
  const table = html('table', { class: 'shares-table' }, head, now, shifts);
  const buttons = SHIFTS.map((right) => {
    const label = message('bench.pooling.shift', { right });
    return button(
      { class: 'action', 'aria-label': label, title: label, onclick: () => shift(right) },
      `→ ${right}`,
    );
  });
  let known = '';

  /**
   * @param {readonly Compared[]} found first as it is moved now, then for each shift
   * @param {readonly string[]} layers not pooled, then pooled
   * @param {number} maps
   * @param {{ map: number, moved: boolean }} how which map's shifts are shown; whether anything is moved now
   */
  function show([first = {}, ...others], layers, maps, { map, moved }) {
    const text = JSON.stringify([first, others, layers, maps, map, moved]);
    if (text === known) return;
    known = text;
    head.replaceChildren(...headOf(layers));
    const each = Array.from({ length: moved ? maps : 0 }, (_, i) =>
      rowOf(message('bench.pooling.map', { map: i }), first, layers, i),
    );
    now.replaceChildren(...each);
    const title = html(
      'th',
      { scope: 'rowgroup', colspan: 1 + 2 * layers.length },
      message('bench.pooling.shifts', { map }),
    );
    const rows = others.map((one, i) => rowOf(buttons[i] ?? '', one, layers, map));
    shifts.replaceChildren(html('tr', {}, title), ...rows);
  }
  const label = message('bench.pooling.shares');
  const around = { class: 'shares-scroll', tabindex: 0, role: 'region', 'aria-label': label };
  return { elements: [html('p', {}, label), html('div', around, table)], show };
}

/** @param {readonly string[]} layers */
function headOf(layers) {
  const names = layers.map((name) => html('th', { scope: 'colgroup', colspan: 2 }, name));
  const kinds = layers.flatMap(() =>
    /** @type {const} */ (['before', 'along']).map((one) =>
      html('th', { scope: 'col' }, message(`bench.pooling.${one}`)),
    ),
  );
  return [html('tr', {}, html('td'), ...names), html('tr', {}, html('td'), ...kinds)];
}

/** @param {Node | string} name @param {Compared} compared @param {readonly string[]} layers @param {number} map */
function rowOf(name, compared, layers, map) {
  const cells = layers.flatMap((layer) => {
    const [, before, along] = compared[layer] ?? [0, [], []];
    return [before[map], along[map]].map((share) => {
      const cell = html('td', {}, shareText(share));
      cell.toggleAttribute('data-nothing', isNothing(share));
      return cell;
    });
  });
  return html('tr', {}, html('th', { scope: 'row' }, name), ...cells);
}

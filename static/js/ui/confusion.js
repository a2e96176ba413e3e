// What images held out were taken for: a table of counts by true class and by what was said, shaded by
// their share of the row; for many classes a picture of it, with the worst mistakes as a list.

import { ARROWS } from '../input/listening.js';
import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { percent } from '../text/shares.js';
import { html, say } from './dom.js';
import { createBlock } from './maps/block.js';
import { createBoard } from './maps/board.js';
import { coloursOf, own, tint } from './receipt/shade.js';

/** @import { Themes } from '../core/theme.js' */
/** @import { Colours } from '../render/brush.js' */

/** By true class, then by what was said. @typedef {readonly (readonly number[])[]} Confusion */
/** @typedef {{ truth: number, said: number }} Cell */
/** @typedef {{ classes: readonly string[], theme: Themes, onChoose?: (cell: Cell) => void, about?: string }} Options `about` says what is counted */

/** With more classes than so many there is no room for numbers. */
const MOST = 20;
const WORST = 10;
/** Px, of a cell without a number, and of the whole picture of them. */
const [CELL, WIDE] = [12, 360];
const LEGEND = [0, 0.01, 0.05, 0.2, 0.5, 1];
const SPAN = own(1);

const sum = (/** @type {readonly number[]} */ row) => row.reduce((all, count) => all + count, 0);

/** How strong its colour is; few mistakes are seen, too. @param {number} share @param {boolean} right @returns {number} −1..1, below 0 what is mistaken */
const shade = (share, right) => (right ? 1 : -1) * Math.sqrt(share);

/** @param {Confusion} confusion @param {number} [most] @returns {(Cell & { count: number, total: number })[]} mistakes, the most frequent first */
export function worstOf(confusion, most = WORST) {
  const all = confusion.flatMap((row, truth) =>
    row.map((count, said) => ({ truth, said, count, total: sum(row) })),
  );
  const wrong = all.filter(({ truth, said, count }) => truth !== said && count > 0);
  return wrong.sort((a, b) => b.count - a.count).slice(0, most);
}

/** @param {Confusion} confusion @param {readonly string[]} classes @returns {string} */
export function worstText(confusion, classes) {
  const [worst] = worstOf(confusion, 1);
  if (!worst) return message('training.confusion.none');
  const { count, total } = worst;
  const names = { truth: classes[worst.truth] ?? '', said: classes[worst.said] ?? '' };
  return message('training.confusion.worst', { ...names, count, total: grouped(total) });
}

/** @param {Confusion} confusion @param {readonly string[]} classes @param {Cell} cell @param {Confusion | null} [before] @returns {string} */
export function cellText(confusion, classes, { truth, said }, before) {
  const row = confusion[truth] ?? [];
  const count = row[said] ?? 0;
  const total = sum(row);
  const gaps = {
    ...{ truth: classes[truth] ?? '', count: grouped(count), total: grouped(total) },
    share: total ? percent(count / total) : '–',
  };
  const text =
    truth === said
      ? message('training.confusion.right', gaps)
      : message('training.confusion.wrong', { ...gaps, said: classes[said] ?? '' });
  const then = before?.[truth]?.[said];
  if (then === undefined) return text;
  return `${text} ${message('training.confusion.before', { then: grouped(then) })}`;
}

/** @param {Options} options */
export function createConfusion(options) {
  const { classes, theme } = options;
  /** @type {{ confusion: Confusion | null, before: Confusion | null }} */
  let shown = { confusion: null, before: null };
  const told = html('p', { class: 'confusion-told' });
  const caption = html('p', {}, options.about ?? message('training.confusion.caption'));
  /** @type {Cell | null} */
  let pointed = null;
  /** @param {Cell | null} cell that is pointed at */
  const point = (cell) => {
    pointed = cell;
    const { confusion, before } = shown;
    if (!confusion) say(told, message('training.confusion.nothing'));
    else
      say(told, cell ? cellText(confusion, classes, cell, before) : worstText(confusion, classes));
  };
  const body = (classes.length > MOST ? createPicture : createCounts)(options, point);
  const legend = createLegend();
  show(null);
  return {
    element: html(
      'div',
      { class: 'confusion-of-run' },
      caption,
      body.element,
      told,
      legend.element,
    ),
    show,
  };

  /** After a change of the theme, too. @param {Confusion | null} confusion @param {Confusion | null} [before] of an earlier moment */
  function show(confusion, before = null) {
    shown = { confusion, before };
    const colours = coloursOf(theme.current());
    legend.show(colours);
    body.element.hidden = legend.element.hidden = !confusion;
    if (confusion) body.show(confusion, colours);
    point(pointed);
  }
}

/** @param {Options} options @param {(cell: Cell | null) => void} point */
function createCounts({ classes, onChoose }, point) {
  const cells = classes.map((_, truth) =>
    classes.map((_, said) => html('td', { tabindex: truth + said ? -1 : 0 })),
  );
  const rights = classes.map(() => html('td', { class: 'confusion-right' }));
  const head = (/** @type {string} */ name) => html('th', { scope: 'col' }, html('span', {}, name));
  const corner = html('td', { class: 'confusion-corner' }, message('training.confusion.corner'));
  const heads = [...classes.map(head), head(message('training.confusion.share'))];
  const rows = cells.map((row, truth) => {
    const name = html('th', { scope: 'row' }, classes[truth] ?? '');
    return html('tr', {}, name, ...row, rights[truth] ?? null);
  });
  const long = classes.some(({ length }) => length > 2) ? 'long' : '';
  const table = html(
    'table',
    { class: long, role: 'grid', 'aria-label': message('training.confusion.caption') },
    html('thead', {}, html('tr', {}, corner, ...heads)),
    html('tbody', {}, ...rows),
  );
  listenToCells(table, cells, point, onChoose);
  return {
    element: html('div', { class: 'confusion' }, table),
    /** @param {Confusion} confusion @param {Colours} colours */
    show(confusion, colours) {
      for (const [truth, row] of cells.entries()) {
        const counts = confusion[truth] ?? [];
        const total = sum(counts);
        for (const [said, cell] of row.entries()) {
          const count = counts[said] ?? 0;
          say(cell, grouped(count));
          tint(cell, colours, shade(count / (total || 1), truth === said), SPAN);
          cell.classList.toggle('nought', count === 0);
        }
        const right = rights[truth];
        if (right) say(right, total ? percent((counts[truth] ?? 0) / total) : '–');
      }
    },
  };
}

/** Mouse, finger and arrow keys say cells; a click or Enter chooses one. */
/** @param {HTMLElement} table @param {readonly HTMLElement[][]} cells @param {(cell: Cell | null) => void} point @param {Options['onChoose']} choose */
function listenToCells(table, cells, point, choose) {
  const flat = cells.flat();
  const cellOf = (/** @type {EventTarget | null} */ target) => {
    const at = flat.indexOf(/** @type {HTMLElement} */ (target));
    return at < 0 ? null : { truth: Math.floor(at / cells.length), said: at % cells.length };
  };
  table.addEventListener('pointerover', ({ target }) => point(cellOf(target)));
  table.addEventListener('pointerleave', () => point(cellOf(document.activeElement)));
  table.addEventListener('focusout', () => point(null));
  table.addEventListener('focusin', ({ target }) => {
    for (const one of flat) one.tabIndex = one === target ? 0 : -1;
    point(cellOf(target));
  });
  const chosen = (/** @type {Event} */ { target }) => {
    const cell = cellOf(target);
    if (cell) choose?.(cell);
  };
  table.addEventListener('click', chosen);
  table.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') chosen(event);
    const arrow = ARROWS[event.key];
    const cell = cellOf(event.target);
    if (!arrow || !cell || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    cells[cell.truth + arrow[1]]?.[cell.said + arrow[0]]?.focus();
  });
}

/** @param {Options} options @param {(cell: Cell | null) => void} point */
function createPicture({ classes, onChoose }, point) {
  const side = classes.length;
  const terms = Int32Array.from({ length: side * side }, (_, i) => i);
  const cell = Math.max(4, Math.min(CELL, Math.floor(WIDE / side)));
  const block = createBlock({ wide: side, high: side, terms }, cell, () => '');
  const place = html('div', { class: 'board' }, block.element);
  const label = message('training.confusion.caption');
  const board = createBoard(place, [block], label, 1, (term, how) => {
    const at = term === null ? null : { truth: Math.floor(term / side), said: term % side };
    board.mark(term ?? -1);
    point(at);
    if (at && (how === 'click' || how === 'enter')) onChoose?.(at);
  });
  const list = html('ol', { class: 'confusion-worst' });
  return {
    element: html('div', { class: 'confusion' }, place, list),
    /** @param {Confusion} confusion @param {Colours} colours */
    show(confusion, colours) {
      const shades = confusion.flatMap((row, truth) => {
        const total = sum(row) || 1;
        return row.map((count, said) => shade(count / total, truth === said));
      });
      block.paint(shades, colours, SPAN);
      const worst = worstOf(confusion).map((one) =>
        html('li', {}, cellText(confusion, classes, one)),
      );
      list.replaceChildren(...worst);
    },
  };
}

/** Which colour is which share of a row. */
function createLegend() {
  const rows = /** @type {const} */ (['right', 'wrong']).map((name) => ({
    right: name === 'right',
    name: html('span', {}, message(`training.confusion.legend.${name}`)),
    swatches: LEGEND.map((share) => html('i', {}, percent(share, { decimals: 0 }))),
  }));
  const lines = rows.map(({ name, swatches }) => html('p', {}, name, ...swatches));
  return {
    element: html('div', { class: 'confusion-legend' }, ...lines),
    /** @param {Colours} colours */
    show(colours) {
      for (const { right, swatches } of rows)
        LEGEND.forEach((share, i) => {
          const swatch = swatches[i];
          if (swatch) tint(swatch, colours, shade(share, right), SPAN);
        });
    },
  };
}

// A matrix that can be edited: a grid of fields, each for one number. One types, drags a number up and
// down, walks with arrow keys, changes numbers by keys, pastes rows; and chooses how large it is.

import { matrixOf, pasted, resized, withValue } from '../geometry/matrix.js';
import { message } from '../text/messages.js';
import { short } from '../text/numbers.js';
import { numberTyped, rowsTyped } from '../text/typed.js';
import { button, html, say } from './dom.js';
import { dragNumber, keyNumber } from './number.js';

/** @import { Matrix } from '../geometry/matrix.js' */

/**
 * @typedef {object} Options
 * @property {string} name what it is called
 * @property {number} most rows and columns
 * @property {(matrix: Matrix) => void} change
 * @property {(row: number, column: number) => void} [point] its number is pointed at, or has the focus
 */

/** Which of its numbers are framed: the first row and column, and how many. @typedef {{ row: number, column: number, rows: number, columns: number }} Frame */

/** @typedef {{ row: number, column: number }} Place */

/**
 * What a field of the grid asks of it.
 *
 * @typedef {object} Grid
 * @property {Options} options
 * @property {() => Matrix} now
 * @property {(matrix: Matrix) => void} give
 * @property {(place: Place) => void} lead gives the focus to the field there, if there is one
 * @property {(place: Place) => void} entered it has the focus
 * @property {(wrong: string) => void} tell a text that is no number; '' for none
 */

let count = 0;

/** @type {Matrix} */
const NONE = { rows: 0, columns: 0, values: [] };

/** @param {Options} options */
export function createMatrix(options) {
  const { name, most } = options;
  const said = `matrix-${++count}`;
  const described = { 'aria-label': name, 'aria-describedby': said };
  const body = html('div', { class: 'matrix-grid', role: 'grid', ...described });
  const wrong = html('p', { class: 'matrix-wrong', id: said, role: 'status' });
  let matrix = NONE;
  /** @type {HTMLInputElement[]} */
  let fields = [];
  /** The one that the tab key leads to. */
  let at = 0;

  const sizes = createSizes(name, most, (rows, columns) =>
    grid.give(resized(matrix, rows, columns)),
  );
  const head = html('div', { class: 'matrix-head' }, html('span', { class: 'matrix-name' }, name));
  head.append(...sizes.elements);

  /** @type {Grid} */
  const grid = {
    options,
    now: () => matrix,
    give: (next) => options.change(take(next)), // hands are faster than frames
    lead({ row, column }) {
      if (row < 0 || column < 0 || row >= matrix.rows || column >= matrix.columns) return;
      const field = fields[row * matrix.columns + column];
      field?.focus();
      field?.select();
    },
    entered({ row, column }) {
      at = row * matrix.columns + column;
      for (const [i, field] of fields.entries()) field.tabIndex = i === at ? 0 : -1;
    },
    tell: (text) => say(wrong, text && message('bench.matrix.wrong', { text })),
  };

  function build() {
    at = Math.min(at, matrix.values.length - 1);
    const inside = body.contains(document.activeElement);
    fields = matrix.values.map((_, i) => createField(grid, placeIn(matrix, i), i === at));
    body.replaceChildren(...rowElements(fields, matrix));
    body.style.setProperty('--columns', String(matrix.columns));
    sizes.show(matrix);
    if (inside) grid.lead(placeIn(matrix, at));
  }

  /** @param {Matrix} next */
  function take(next) {
    const { rows, columns } = matrix;
    matrix = next;
    if (next.rows !== rows || next.columns !== columns) build();
    return next;
  }
  /** @param {Matrix} next @param {Frame | null} [frame] */
  function show(next, frame = null) {
    take(next);
    for (const [i, field] of fields.entries()) {
      showNumber(field, matrix.values[i] ?? 0);
      const lit = frame !== null && holds(frame, placeIn(matrix, i));
      field.parentElement?.toggleAttribute('data-lit', lit);
    }
  }
  return { element: html('div', { class: 'matrix' }, head, body, wrong), show };
}

/** @param {readonly HTMLInputElement[]} fields @param {Matrix} matrix */
function rowElements(fields, { rows, columns }) {
  const cells = fields.map((field) => {
    return html('div', { class: 'matrix-cell', role: 'gridcell' }, field);
  });
  return Array.from({ length: rows }, (_, row) => {
    const own = cells.slice(row * columns, (row + 1) * columns);
    return html('div', { class: 'matrix-row', role: 'row' }, ...own);
  });
}

/** @param {Matrix} matrix @param {number} i @returns {Place} */
const placeIn = ({ columns }, i) => ({ row: Math.floor(i / columns), column: i % columns });

/** What is being typed stays as it is typed. @param {HTMLInputElement} field @param {number} value */
function showNumber(field, value) {
  const typing = field === document.activeElement && numberTyped(field.value) === value;
  const text = short(value);
  if (typing || field.ariaInvalid === 'true' || field.value === text) return;
  field.value = text;
}

/** @param {Frame} frame @param {Place} place */
function holds(frame, { row, column }) {
  const [down, right] = [row - frame.row, column - frame.column];
  return down >= 0 && down < frame.rows && right >= 0 && right < frame.columns;
}

/**
 * @param {Grid} grid
 * @param {Place} place
 * @param {boolean} first the tab key leads here
 */
function createField({ options, now, give, lead, entered, tell }, place, first) {
  const { row, column } = place;
  const field = html('input', {
    ...{ type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false' },
    ...{ 'aria-label': message('bench.matrix.cell', { matrix: options.name, row, column }) },
    tabindex: first ? 0 : -1,
  });
  const value = () => now().values[row * now().columns + column] ?? 0;
  /** @param {number} next */
  const put = (next) => next === value() || give(withValue(now(), row, column, next));

  function judge(/** @type {boolean} */ good) {
    field.ariaInvalid = good ? null : 'true';
    tell(good ? '' : field.value);
  }
  field.addEventListener('input', () => {
    const typed = numberTyped(field.value);
    judge(typed !== null);
    if (typed !== null) put(typed);
  });
  field.addEventListener('focus', () => {
    entered(place);
    options.point?.(row, column);
  });
  field.addEventListener('blur', () => {
    judge(true);
    field.value = short(value());
  });
  field.addEventListener('pointerenter', () => options.point?.(row, column));
  field.addEventListener('paste', (event) => {
    const block = rowsTyped(event.clipboardData?.getData('text') ?? '');
    if (!block || block.flat().length < 2) return; // one number is a text like any other
    event.preventDefault();
    give(withBlock(now(), place, block, options.most));
  });
  keyNumber(field, {
    value,
    change(next) {
      judge(true);
      put(next);
      field.value = short(next);
      field.select();
    },
    go: (right, down) => lead({ row: row + down, column: column + right }),
    end: (last) => lead({ row, column: last ? now().columns - 1 : 0 }),
  });
  dragNumber(field, value, (next) => {
    judge(true);
    put(next); // the next frame shows it
  });
  return field;
}

/** Rows that are pasted at the first number are the new matrix; elsewhere they are put into it. */
/** @param {Matrix} matrix @param {Place} place @param {readonly (readonly number[])[]} block @param {number} most */
function withBlock(matrix, { row, column }, block, most) {
  const small = block.length <= most && (block[0]?.length ?? 0) <= most;
  const whole = row === 0 && column === 0 && block.length > 1 && small;
  return whole ? matrixOf(block) : pasted(matrix, row, column, block);
}

/**
 * Rows and columns, each one more or one fewer.
 *
 * @param {string} name of the matrix
 * @param {number} most
 * @param {(rows: number, columns: number) => void} resize
 */
function createSizes(name, most, resize) {
  const now = { rows: 0, columns: 0 };
  const sides = /** @type {const} */ (['rows', 'columns']).map((side) => {
    const number = html('output');
    const step = (/** @type {'more' | 'fewer'} */ how, /** @type {string} */ sign) => {
      const label = message(`bench.matrix.${side}.${how}`, { matrix: name });
      const attributes = { class: 'matrix-size', 'aria-label': label, title: label };
      return button({ ...attributes, onclick: () => grow(how === 'more' ? 1 : -1) }, sign);
    };
    const [fewer, more] = [step('fewer', '\u2212'), step('more', '+')];
    /** @param {number} by */
    function grow(by) {
      const next = { ...now, [side]: Math.min(most, Math.max(1, now[side] + by)) };
      resize(next.rows, next.columns);
    }
    function show() {
      say(number, String(now[side]));
      fewer.disabled = now[side] <= 1;
      more.disabled = now[side] >= most;
    }
    return { element: html('span', { class: 'matrix-sizes' }, fewer, number, more), show };
  });
  const [rows, columns] = sides.map(({ element }) => element);
  return {
    elements: /** @type {Node[]} */ ([rows, html('span', { 'aria-hidden': true }, '×'), columns]),
    /** @param {Matrix} matrix */
    show(matrix) {
      Object.assign(now, { rows: matrix.rows, columns: matrix.columns });
      for (const side of sides) side.show();
    },
  };
}

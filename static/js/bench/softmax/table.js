// The scores in a table, a row each: dragged on sliders or typed, one of them chosen for the SVM, and
// what each way makes of them, as the server says.

import { message } from '../../text/messages.js';
import { number } from '../../text/numbers.js';
import { html, say } from '../../ui/dom.js';
import { createNumber } from '../../ui/hands.js';
import { signOf } from '../../ui/receipt/shade.js';
import { BY_SQUARES, BY_SUM, HINGE, SCORES, SOFTMAX } from './graph.js';

/** @import { Tensors } from '../../geometry/types.d.ts' */

/** made: not given by hand; target: its row; shown: what the server says of them, and of other scores. @typedef {{ made: boolean, count: number, target: number, shown: Tensors | null, others: Tensors | null }} How */

/** Of the sliders, and of what is typed. */
const SLIDES = { min: -10, max: 10, step: 0.1 };
const LARGEST = 1000;
const DECIMALS = 3;

/** Shares, which have a bar, in the order of the columns. */
const SHARES = [SOFTMAX, BY_SUM, BY_SQUARES];

/**
 * @param {(row: number, score: number) => void} change
 * @param {(row: number) => void} aim the SVM's target
 */
export function createScores(change, aim) {
  const heads = [
    message('bench.softmax.head.unit'),
    message('bench.softmax.head.score'),
    message('bench.softmax.head.softmax'),
    message('bench.softmax.head.by_sum'),
    message('bench.softmax.head.by_squares'),
    message('bench.softmax.head.hinge'),
    message('bench.softmax.head.target'),
  ].map((head) => html('th', { scope: 'col' }, head));
  const body = html('tbody');
  const table = html(
    'table',
    { class: 'scores' },
    html('thead', {}, html('tr', {}, ...heads)),
    body,
  );
  const element = html('div', { class: 'scores-place' }, table);
  /** @type {ReturnType<typeof createRow>[]} */
  let rows = [];

  /**
   * @param {readonly number[]} scores that were given
   * @param {How} how
   */
  function show(scores, how) {
    if (rows.length !== how.count) {
      rows = Array.from({ length: how.count }, (_, row) => createRow(row, change, aim));
      body.replaceChildren(...rows.map((one) => one.element));
    }
    for (const [row, one] of rows.entries()) one.show(scores[row] ?? 0, how);
  }
  return { element, show };
}

/** @param {number} row @param {(row: number, score: number) => void} change @param {(row: number) => void} aim */
function createRow(row, change, aim) {
  const name = message('place.unit', { channel: row });
  const of = message('bench.softmax.of', { row });
  const field = createNumber({
    name: of,
    least: -LARGEST,
    most: LARGEST,
    change: (score) => change(row, score),
  });
  const slider = html('input', {
    type: 'range',
    ...SLIDES,
    'aria-label': message('bench.softmax.slide', { row }),
  });
  slider.addEventListener('input', () => change(row, Number(slider.value)));
  const given = html('div', { class: 'scores-given' }, field.element, slider);
  const made = html('span');
  const columns = [...SHARES, HINGE].map((layer) => ({ layer, cell: createCell() }));
  const radio = html('input', {
    type: 'radio',
    name: 'svm-target',
    'aria-label': message('bench.softmax.aim', { row }),
  });
  radio.addEventListener('change', () => aim(row));
  const element = html(
    'tr',
    {},
    html('th', { scope: 'row' }, name),
    html('td', {}, given, made),
    ...columns.map(({ cell }) => cell.element),
    html('td', {}, radio),
  );

  /** @param {number} score @param {How} how */
  function show(score, { made: isMade, target, shown, others }) {
    field.show(score);
    slider.value = String(score);
    given.hidden = isMade;
    made.hidden = !isMade;
    radio.checked = target === row;
    say(made, textOf(shown?.get(SCORES)?.data[row]));
    const rival = row < target ? row : row - 1;
    columns.forEach(({ layer, cell }) => {
      const at = layer === HINGE ? rival : row;
      const read = (/** @type {Tensors | null} */ tensors) => tensors?.get(layer)?.data[at];
      const nobody = layer === HINGE && row === target;
      cell.show(nobody ? [] : [read(shown), read(others)], layer !== HINGE);
    });
  }
  return { element, show };
}

/** A number, a bar of its size where it is a share, and below it that of the other scores. */
function createCell() {
  const [text, other, bar] = [html('b'), html('span'), html('i', { class: 'scores-bar' })];
  const element = html('td', {}, text, other, bar);
  return {
    element,
    /** @param {readonly (number | undefined)[]} values @param {boolean} isShare */
    show([value, after], isShare) {
      say(text, value === undefined ? '' : textOf(value));
      say(
        other,
        after === undefined ? '' : message('bench.softmax.then', { value: textOf(after) }),
      );
      bar.hidden = !isShare || !Number.isFinite(value ?? NaN);
      bar.className = `scores-bar ${signOf(value ?? 0)}`;
      const share = Math.round(100 * Math.min(1, Math.abs(value ?? 0))) / 100;
      bar.style.inlineSize = `calc(${share} * (100% - 2 * var(--space-2)))`; // it meets no other
    },
  };
}

/** @param {number | undefined} value */
const textOf = (value) => (value === undefined ? '' : number(value, DECIMALS));

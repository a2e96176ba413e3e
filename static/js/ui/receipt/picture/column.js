// One column of a convolution's equation: a heading, up to three blocks of cells, and a number.

import { html, say } from '../../dom.js';
import { createPlane } from '../plane.js';
import { signOf } from '../shade.js';

/** @import { Plane } from '../plane.js' */

/** @typedef {ReturnType<typeof finish>} Column */

/**
 * Of a map: window, kernel, products. The heading chooses it.
 *
 * @param {string} operator before its number
 * @param {{ rows: number, columns: number, cell: number }} size of each block, and of a cell
 * @param {(column: Column) => void} onChoose
 * @param {(column: Column, index: number) => void} onCell of its window
 */
export function createMapColumn(operator, { rows, columns, cell }, onChoose, onCell) {
  const head = html('button', { type: 'button', class: 'column-head' });
  const planes = [0, 1, 2].map(() => createPlane(columns, rows, cell));
  const column = finish(head, planes, amountOf(operator));
  head.addEventListener('click', () => onChoose(column));
  planes.forEach((plane, i) =>
    plane.element.addEventListener('click', (event) => {
      if (i === 0) onCell(column, plane.at(event));
      else onChoose(column);
    }),
  );
  return column;
}

/**
 * Of anything else: bias, several maps in one, rounding, the result.
 *
 * @param {string} operator before its number
 * @param {number} side of its only block, px; 0 for none
 * @param {string} role
 */
export function createLoneColumn(operator, side, role) {
  const head = html('div', { class: `column-head lone ${role}` });
  const plane = side ? createPlane(1, 1, side) : null;
  plane?.element.classList.add('lone');
  if (role === 'total') plane?.element.classList.add('chosen');
  return finish(head, [null, null, plane], amountOf(operator, role));
}

/**
 * @param {string} operator
 * @param {string} [role]
 */
function amountOf(operator, role = '') {
  const sign = operator && html('span', { class: 'operator' }, operator);
  return html('div', { class: `amount ${role}` }, sign, html('b'));
}

/**
 * @param {HTMLElement} head
 * @param {readonly (Plane | null)[]} planes
 * @param {HTMLElement} sum
 */
function finish(head, planes, sum) {
  const blank = () => html('div', { class: 'blank', 'aria-hidden': true });
  const blocks = planes.map((plane) => plane?.element ?? blank());
  const elements = [head, ...blocks, sum];
  const amount = sum.querySelector('b');
  const plain = ['total', 'rounding'].some((role) => sum.classList.contains(role));

  return {
    elements,
    planes,

    /**
     * @param {string} label
     * @param {string} text
     * @param {number} value
     */
    say(label, text, value) {
      say(head, label);
      if (!amount) return;
      say(amount, text);
      amount.className = plain ? '' : signOf(value);
    },

    /** @param {string} label */
    rename: (label) => say(head, label),

    /** @param {boolean} hidden */
    hide(hidden) {
      for (const element of elements) element.hidden = hidden;
    },

    /** @param {boolean} chosen its terms are shown */
    choose(chosen) {
      head.setAttribute('aria-pressed', String(chosen));
      for (const block of blocks) block.classList.toggle('chosen', chosen);
    },

    remove() {
      for (const element of elements) element.remove();
    },
  };
}

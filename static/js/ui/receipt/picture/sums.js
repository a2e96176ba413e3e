// A convolution's equation in columns, kept from cell to cell: a heading, up to three blocks of cells,
// and a number each.

import { pixel } from '../../../render/brush.js';
import { html, say } from '../../dom.js';
import { createPlane } from '../plane.js';
import { own, signOf } from '../shade.js';

/** @import { ConvReceipt, Item } from '../../../kinds/receipt.d.ts' */
/** @import { Plane } from '../plane.js' */
/** @import { Means, Told } from '../types.d.ts' */

/** @typedef {ReturnType<typeof createColumn>} Column */

const BIAS = 24;
const RESULT = 46;
const SMALL = 30;

/**
 * @param {object} options
 * @param {HTMLElement} options.grid
 * @param {{ rows: number, columns: number, cell: number }} options.size of the block of one map
 * @param {Means} options.means
 * @param {(map: number) => void} options.choose
 */
export function createSums({ grid, size, means, choose }) {
  /** Of each item, of a rounding (hidden while nothing is rounded), of the result. @type {Column[]} */
  let columns = [];
  let built = '';
  /** @type {Told<ConvReceipt> | null} */
  let present = null;
  const { narrow, slim = false, jump } = means;
  /** Signs stand with the numbers instead of between them. */
  const tight = narrow || slim;

  /** @param {number} column */
  const mapOf = (column) => present?.receipt.equation?.items[column]?.index ?? -1;

  /** @param {number} column @param {number} tap of its window */
  function follow(column, tap) {
    const from = present?.receipt.cellAt(mapOf(column), tap);
    if (from) jump(from);
  }

  /** @param {readonly Item['role'][]} roles */
  function build(roles) {
    for (const { elements } of columns) for (const element of elements) element.remove();
    const items = [...roles, /** @type {const} */ ('rounding')].map((role, i) => {
      const operator = i === 0 || tight ? '' : '+';
      if (role !== 'map') return createLoneColumn(operator, role === 'bias' ? BIAS : 0, role);
      return createMapColumn(
        operator,
        size,
        () => choose(mapOf(i)),
        (tap) => follow(i, tap),
      );
    });
    const result = createLoneColumn(narrow ? '' : '=', slim ? SMALL : RESULT, 'total');
    columns = [...items, result];
    grid.append(...columns.flatMap(({ elements }) => elements));
  }

  /**
   * @param {Told<ConvReceipt>} told
   * @param {number} map whose terms are shown
   */
  function show(told, map) {
    present = told;
    const { equation, made } = told.receipt;
    if (!equation) return;
    const items = equation.items.filter(({ role }) => role !== 'rounding');
    const roles = items.map(({ role }) => role);
    if (built !== roles.join()) build(roles);
    built = roles.join();
    const all = [...items, equation.items[items.length] ?? null, equation.total];
    all.forEach((item, i) => {
      const column = columns[i];
      column?.hide(!item);
      if (!column || !item) return;
      const total = item.role === 'total';
      const label = total && narrow ? made : labelOf(item);
      const text = tight && !total ? item.sign + item.text : item.signedText;
      column.say(slim ? item.short[0] : label, text, item.shown);
      paint(column, item, told);
      if (item.role === 'map') column.choose(item.index === map);
    });
  }

  return { show };
}

/** @param {Item} item */
function labelOf({ role, short, label }) {
  return role === 'rounding' ? short.join(' ') : label;
}

/**
 * @param {Column} column
 * @param {Item} item
 * @param {Told<ConvReceipt>} told
 */
function paint({ planes }, { role, index, value }, { receipt, colours, span }) {
  const { values, kernel, products, largest, source, taps, channels, cell } = receipt;
  const parts = own(largest.product);
  if (role === 'bias') planes[2]?.paint(() => pixel(colours, value, parts));
  if (role === 'total') {
    const stage = span(cell.layer, cell.channel);
    planes[2]?.paint(() => pixel(colours, receipt.value, stage));
  }
  if (role !== 'map') return;
  const from = index * taps;
  const stage = span(source, channels[index] ?? 0);
  const weights = own(largest.kernel);
  planes[0]?.paint((i) => pixel(colours, values[from + i] ?? 0, stage));
  planes[1]?.paint((i) => pixel(colours, kernel[from + i] ?? 0, weights));
  planes[2]?.paint((i) => pixel(colours, products[from + i] ?? 0, parts));
}

/**
 * Of a map: window, kernel, products. The heading chooses it.
 *
 * @param {string} operator before its number
 * @param {{ rows: number, columns: number, cell: number }} size of each block, and of a cell
 * @param {() => void} choose
 * @param {(tap: number) => void} follow to a cell of its window
 */
function createMapColumn(operator, { rows, columns, cell }, choose, follow) {
  const head = html('button', { type: 'button', class: 'column-head' });
  const planes = [0, 1, 2].map(() => createPlane(columns, rows, cell));
  for (const element of [head, ...planes.slice(1).map((plane) => plane.element)])
    element.addEventListener('click', choose);
  planes[0]?.element.addEventListener('click', (event) => follow(planes[0]?.at(event) ?? 0));
  return createColumn(head, planes, operator, '');
}

/**
 * Of anything else: bias, several maps in one, rounding, the result.
 *
 * @param {string} operator before its number
 * @param {number} side of its only block, px; 0 for none
 * @param {string} role
 */
function createLoneColumn(operator, side, role) {
  const head = html('div', { class: `column-head lone ${role}` });
  const plane = side ? createPlane(1, 1, side) : null;
  plane?.element.classList.add('lone');
  if (role === 'total') plane?.element.classList.add('chosen');
  return createColumn(head, [null, null, plane], operator, role);
}

/**
 * @param {HTMLElement} head
 * @param {readonly (Plane | null)[]} planes
 * @param {string} operator
 * @param {string} role
 */
function createColumn(head, planes, operator, role) {
  const blank = () => html('div', { class: 'blank', 'aria-hidden': true });
  const blocks = planes.map((plane) => plane?.element ?? blank());
  const amount = html('b');
  const sign = operator && html('span', { class: 'operator' }, operator);
  const elements = [head, ...blocks, html('div', { class: `amount ${role}` }, sign, amount)];
  const plain = role === 'total' || role === 'rounding';

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
      say(amount, text);
      amount.className = plain ? '' : signOf(value);
    },

    /** @param {boolean} hidden */
    hide(hidden) {
      for (const element of elements) element.hidden = hidden;
    },

    /** @param {boolean} chosen its terms are shown */
    choose(chosen) {
      head.setAttribute('aria-pressed', String(chosen));
      for (const block of blocks) block.classList.toggle('chosen', chosen);
    },
  };
}

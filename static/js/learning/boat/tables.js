// The tables of the boat: the error term by term, both gradients, and how that of the squares comes
// through softmax's matrix. What is added up is added up as it is shown.

import { draft, factorsOf, sumEquation } from '../../kinds/parts/equation.js';
import { message } from '../../text/messages.js';
import { bracketed, number, short } from '../../text/numbers.js';
import { html, say } from '../../ui/dom.js';
import { choiceOf } from '../../ui/effect.js';

/** @import { ScoreMoment } from '../../wire/types.d.ts' */

const DECIMALS = 4;
/** Of the essay's shares, and of a half of their squares. */
const FEW = 3;
/** Decimals of a sum at most. */
const FINEST = 9;
const NAMES = /** @type {const} */ (['dog', 'cat', 'boat', 'bird']);

const names = () => NAMES.map((name) => message(`learning.boat.${name}`));
const written = (/** @type {number | undefined} */ value) => number(value ?? NaN, DECIMALS);

/** @param {Parameters<typeof message>[0]} caption @param {readonly string[]} heads @param {readonly HTMLElement[][]} rows @param {HTMLElement[]} [foot] */
function tableOf(caption, heads, rows, foot) {
  const head = html('tr', {}, ...heads.map((text) => html('th', { scope: 'col' }, text)));
  const line = (/** @type {HTMLElement[]} */ cells, /** @type {string} */ name) =>
    html('tr', {}, html('th', { scope: 'row' }, name), ...cells);
  const table = html(
    'table',
    {},
    html('caption', {}, message(caption)),
    html('thead', {}, head),
    html('tbody', {}, ...rows.map((cells, row) => line(cells, names()[row] ?? ''))),
    foot ? html('tfoot', {}, line(foot, message('learning.boat.sum'))) : null,
  );
  const label = { role: 'group', tabindex: 0, 'aria-label': message(caption) };
  return html('div', { class: 'boat-table', ...label }, table);
}

/** @template T @param {(row: number) => T} make @returns {T[]} */
const each = (make) => NAMES.map((_, row) => make(row));

/** @param {number} target */
export function createError(target) {
  const columns = [0, 1].map(() => ({
    shares: each(() => html('td')),
    terms: each(() => html('td')),
    total: html('td', { class: 'strong' }),
  }));
  const heads = ['class', 'target', 'output', 'term', 'later', 'term'];
  const said = heads.map((head) => message(/** @type {any} */ (`learning.boat.${head}`)));
  const rows = each((row) => [
    html('td', {}, short(Number(row === target))),
    ...columns.flatMap(({ shares, terms }) => [shares[row], terms[row]]),
  ]);
  const foot = [html('td'), ...columns.flatMap(({ total }) => [html('td'), total])];
  return {
    element: tableOf('learning.boat.error', said, /** @type {HTMLElement[][]} */ (rows), foot),
    /** @param {number} column 0 before, 1 later @param {ScoreMoment} moment */
    show(column, { shares, squares, losses }) {
      const place = columns[column];
      if (!place) return;
      const { items, total } = summed(squares, losses['squared_error'] ?? NaN, FEW);
      items.forEach(({ text }, row) => {
        say(/** @type {Element} */ (place.terms[row]), text);
        say(/** @type {Element} */ (place.shares[row]), short(shares[row] ?? NaN));
      });
      say(place.total, total.signedText);
    },
  };
}

/** @param {readonly number[]} terms @param {number} total @param {number} decimals */
function summed(terms, total, decimals) {
  const items = terms.map((term) => draft('term', '', term));
  const digits = { decimals, exponent: 0 };
  return sumEquation({ role: 'value', items, total: draft('total', '', total) }, digits);
}

/** With so many digits that it adds up by itself, if a few do. @param {readonly number[]} terms @param {number} total */
function addingUp(terms, total) {
  for (let decimals = DECIMALS; decimals <= FINEST; decimals++) {
    const equation = summed(terms, total, decimals);
    if (equation.items.length === terms.length) return equation;
  }
  return summed(terms, total, DECIMALS);
}

/** @param {number} target */
export function createGradients(target) {
  const cells = each(() => ({
    score: html('td'),
    share: html('td', { class: 'boat-share' }),
    bar: html('i', { class: 'boat-bar', 'aria-hidden': true }),
    difference: html('td'),
    squares: html('td'),
  }));
  const heads = ['class', 'score', 'share', 'difference', 'squares'];
  const said = heads.map((head) => message(/** @type {any} */ (`learning.boat.head.${head}`)));
  const rows = cells.map(({ score, share, difference, squares }) => [
    score,
    share,
    difference,
    squares,
  ]);
  return {
    element: tableOf('learning.boat.gradients', said, rows),
    /** @param {ScoreMoment} moment */
    show({ scores, shares, gradients }) {
      const { cross_entropy: entropy = [], squared_error: squared = [] } = gradients;
      cells.forEach(({ score, share, bar, difference, squares }, row) => {
        const part = shares[row] ?? NaN;
        say(score, written(scores[row]));
        share.replaceChildren(html('b', {}, written(part)), bar);
        bar.style.inlineSize = `${Math.round(100 * part)}%`;
        const gaps = { share: written(part), target: short(Number(row === target)) };
        const gradient = written(entropy[row]);
        say(difference, message('learning.boat.less', { ...gaps, gradient }));
        say(squares, written(squared[row]));
      });
    },
  };
}

/** @param {(unit: number) => void} choose of which score the sum is told */
export function createMatrix(choose) {
  const choice = choiceOf(Object.fromEntries(names().map((name, i) => [`${i}`, name])), (unit) =>
    choose(Number(unit)),
  );
  const starts = each(() => html('td'));
  const cells = each(() => each(() => html('td')));
  const sums = each(() => html('td', { class: 'strong' }));
  const rows = cells.map((row, j) => [/** @type {HTMLElement} */ (starts[j]), ...row]);
  const heads = ['learning.boat.class', 'learning.boat.by_share'].map((key) =>
    message(/** @type {any} */ (key)),
  );
  const scores = names().map((name) => message('learning.boat.by_score', { name }));
  const table = tableOf('learning.boat.matrix', [...heads, ...scores], rows, [html('td'), ...sums]);
  const [products, sum] = [html('p', { class: 'boat-sum' }), html('p', { class: 'boat-sum' })];
  const legend = html('legend', {}, message('learning.boat.choose'));
  const field = html('fieldset', { class: 'boat-field' }, legend, choice.element);
  return {
    element: html('div', {}, table, field, products, sum),
    /** @param {ScoreMoment} moment @param {number} chosen */
    show({ by_shares: slopes, matrix, products: parts, gradients }, chosen) {
      choice.choose(`${chosen}`);
      const totals = gradients['squared_error'] ?? [];
      for (const [j, row] of cells.entries()) {
        say(/** @type {Element} */ (starts[j]), written(slopes[j]));
        for (const [k, cell] of row.entries()) {
          say(cell, written(matrix[j]?.[k]));
          cell.classList.toggle('chosen', k === chosen);
        }
      }
      const terms = parts.map((row) => row[chosen] ?? NaN);
      const total = totals[chosen] ?? NaN;
      const equation = addingUp(terms, total);
      const pairs = slopes.map(
        (slope, j) => /** @type {const} */ ([slope, matrix[j]?.[chosen] ?? 0]),
      );
      const factors = factorsOf(pairs, equation.digits).map(
        ({ input, weight, negative }) =>
          `${bracketed(input, negative.input)} · ${bracketed(weight, negative.weight)}`,
      );
      sums.forEach((place, k) => {
        say(place, written(totals[k]));
        place.classList.toggle('chosen', k === chosen);
      });
      say(products, factors.join(' + '));
      say(sum, message('learning.boat.equals', { text: equation.text }));
    },
  };
}

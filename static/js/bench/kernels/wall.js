// The wall: every kernel with its name, its numbers, what it answers to, and what it made of the picture.

import { message } from '../../text/messages.js';
import { button, html } from '../../ui/dom.js';
import { own, tint } from '../../ui/receipt/shade.js';
import { sameMatrix } from '../../geometry/matrix.js';
import { kernelsIn } from './named.js';
import { createResult } from './result.js';

/** @import { Matrix } from '../../geometry/matrix.js' */
/** @import { Cell, Tensors } from '../../geometry/types.d.ts' */
/** @import { Colours } from '../../render/brush.js' */
/** @import { Kernel } from './named.js' */

/**
 * @typedef {object} Seen
 * @property {Tensors} trace
 * @property {Tensors} weights
 * @property {Matrix} kernel that is in hand
 * @property {number} bias of it
 * @property {Cell | null} cell that is accounted for
 */

/**
 * @param {object} options
 * @param {string} options.many the layer of those that have a name
 * @param {string} options.learnt the layer of the others
 * @param {() => Colours} options.colours
 * @param {(cell: Cell) => void} options.point
 * @param {(kernel: Matrix, bias: number) => void} options.take
 */
export function createWall({ many, learnt, colours, point, take }) {
  const element = html('div', { class: 'wall' });
  /** @type {ReturnType<typeof createCard>[]} */
  let cards = [];
  /** @type {unknown} */
  let built = null;

  /** @param {Seen} seen */
  function show(seen) {
    const weight = seen.weights.get(`${learnt}.weight`);
    if (built !== (weight ?? element)) {
      built = weight ?? element;
      cards = kernelsIn(seen.weights, many, learnt).map((kernel) =>
        createCard(kernel, colours, point, take),
      );
      element.replaceChildren(...cards.map((card) => card.element));
    }
    for (const card of cards) card.show(seen);
  }
  return { element, show };
}

/** @param {Kernel} kernel @param {() => Colours} colours @param {(cell: Cell) => void} point @param {(kernel: Matrix, bias: number) => void} take */
function createCard(kernel, colours, point, take) {
  const { name, does, divided, matrix, bias, layer, channel } = kernel;
  const results = [false, true].map((clipped) => createResult(clipped, point, { still: true }));
  const label = message('bench.kernels.take.one', { name });
  const taken = { class: 'action', 'aria-label': label, onclick: () => take(matrix, bias) };
  const own = button(taken, message('bench.kernels.take'));
  const numbers = createNumbers(kernel);
  const more = divided && html('span', { class: 'kernel-more' }, divided);
  const words = html('div', {}, html('h3', {}, name), html('p', {}, does), own, more);
  const head = html('div', { class: 'kernel-head' }, numbers.element, words);
  const pair = html('div', { class: 'kernel-results' }, ...results.map((one) => one.element));

  /** @param {Seen} seen */
  function show({ trace, kernel: now, bias: nowBias, cell }) {
    const pressed = String(sameMatrix(matrix, now) && bias === nowBias);
    if (own.ariaPressed !== pressed) own.ariaPressed = pressed;
    numbers.show(colours());
    const tensor = trace.get(layer);
    if (tensor) for (const one of results) one.show({ layer, channel }, tensor, colours(), cell);
  }
  return { element: html('article', { class: 'kernel-card' }, head, pair), show };
}

/** @param {Kernel} kernel its numbers, in the colours of their signs */
function createNumbers({ name, written, matrix }) {
  const cells = written.map((row) => row.map((text) => html('td', {}, text)));
  const rows = cells.map((row) => html('tr', {}, ...row));
  const element = html('table', { class: 'kernel-numbers', 'aria-label': name }, ...rows);
  const span = own(Math.max(...matrix.values.map(Math.abs)));
  /** @type {Colours | null} */
  let known = null;

  /** @param {Colours} colours */
  function show(colours) {
    if (colours === known) return;
    known = colours;
    for (const [i, cell] of cells.flat().entries())
      tint(cell, colours, matrix.values[i] ?? 0, span);
  }
  return { element, show };
}

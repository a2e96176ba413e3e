// A convolution as one equation: for each map window × kernel = products, then bias, then the cell.

import { productTexts } from '../../../kinds/parts/equation.js';
import { message, pieces } from '../../../text/messages.js';
import { scaleText } from '../../../text/numbers.js';
import { html, say } from '../../dom.js';
import { createFollowing } from '../curve.js';
import { cellFor } from '../plane.js';
import { createRoving } from '../roving.js';
import { own, tint } from '../shade.js';
import { createSums } from './sums.js';

/** @import { Cell, ConvReceipt } from '../../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from '../types.d.ts' */

/** Room for the block of one map, and for its cells at most, px. */
const WIDE = /** @type {const} */ ({ width: 92, height: 66, most: 20 });
const NARROW = /** @type {const} */ ({ width: 64, height: 44, most: 12 });
const SLIM = /** @type {const} */ ({ width: 40, height: 40, most: 8 });

/**
 * @param {ConvReceipt} like
 * @param {Means} means
 * @returns {FormView}
 */
export function createConvPicture(like, means) {
  const { width, height, most } = roomOf(means);
  const cell = cellFor(like.columns, like.rows, width, height, most);
  const labels = createLabels(like.taps);
  const grid = html('div', { class: 'conv' }, ...labels.elements);
  const terms = createTerms(like.rows, like.columns, means.jump);
  const following = createFollowing(means.narrow);
  const element = html('div', { class: 'picture' }, grid, following.element, terms.element);
  grid.style.setProperty('--most', `${cell}px`);
  grid.style.setProperty('--rows', String(like.rows));
  const size = { rows: like.rows, columns: like.columns, cell };
  const sums = createSums({ grid, size, means, choose });
  /** @type {{ map: number, of: string } | null} the map that was asked for, and of which map of cells */
  let chosen = null;
  /** @type {Told<ConvReceipt> | null} */
  let present = null;

  /** @param {number} map */
  function choose(map) {
    if (!present) return;
    chosen = { map, of: present.receipt.title };
    show(present);
  }

  /** @param {Told} told */
  function show(told) {
    const { receipt } = (present = /** @type {Told<ConvReceipt>} */ (told));
    const map = chosen?.of === receipt.title ? chosen.map : receipt.strongest;
    labels.show(receipt);
    sums.show(present, map);
    terms.show(present, map);
    following.show(told, receipt.after);
  }

  return { element, show };
}

/** @param {Means} means */
function roomOf({ narrow, slim }) {
  if (narrow) return NARROW;
  return slim ? SLIM : WIDE;
}

/** @param {number} taps */
function createLabels(taps) {
  const times = html('span');
  const kernel = html('small');
  const products = html('small');
  const elements = [
    html('div', { class: 'row-label top' }),
    html('div', { class: 'row-label' }, message('conv.window')),
    html('div', { class: 'row-label' }, times, kernel),
    html('div', { class: 'row-label' }, message('conv.products'), products),
    html('div', { class: 'row-label end' }, html('span', {}, message('conv.sum', { taps }))),
  ];
  return {
    elements,
    /** @param {ConvReceipt} receipt */
    show({ largest, shared }) {
      say(times, message(shared ? 'conv.weight' : 'conv.kernel'));
      say(kernel, scaleText(largest.kernel));
      say(products, scaleText(largest.product));
    },
  };
}

/**
 * The terms of one map as numbers, each on the colour of its product: value × weight = product.
 *
 * @param {number} rows
 * @param {number} columns
 * @param {(cell: Cell) => void} jump
 */
function createTerms(rows, columns, jump) {
  const name = html('b');
  const tiles = Array.from({ length: rows * columns }, createTile);
  const grid = html('div', { class: 'terms-grid' }, ...tiles.map(({ element }) => element));
  grid.style.setProperty('--columns', String(columns));
  const stops = () => tiles.map((tile) => tile.element);
  const cellAt = (/** @type {number} */ tap) => present?.receipt.cellAt(present.map, tap);
  const roving = createRoving(grid, columns, stops, cellAt, jump);
  const title = html('h2', {}, ...pieces('terms.title', { map: name }));
  const element = html('div', { class: 'terms' }, title, grid);
  /** @type {{ receipt: ConvReceipt, map: number } | null} */
  let present = null;

  /**
   * @param {Told<ConvReceipt>} told
   * @param {number} map
   */
  function show({ receipt, colours }, map) {
    present = { receipt, map };
    const { values, kernel, products, inside, taps, largest } = receipt;
    const scale = own(largest.product);
    say(name, receipt.labelOf(map));
    tiles.forEach(({ element: tile, value, weight, product }, tap) => {
      const at = map * taps + tap;
      const texts = productTexts(values[at] ?? 0, kernel[at] ?? 0);
      say(value, inside[tap] ? texts.input : message('padding'));
      say(weight, `×${texts.weight}`);
      say(product, texts.product);
      tint(tile, colours, products[at] ?? 0, scale);
    });
    roving.refresh();
  }

  return { element, show };
}

function createTile() {
  const value = html('span');
  const weight = html('span');
  const product = html('b');
  const attributes = { type: 'button', class: 'term', tabindex: -1 };
  return { element: html('button', attributes, value, weight, product), value, weight, product };
}

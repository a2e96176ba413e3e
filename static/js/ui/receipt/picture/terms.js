// The terms of one map as numbers, each on the colour of its product: value × weight = product.

import { productTexts } from '../../../kinds/parts/equation.js';
import { message, pieces } from '../../../text/messages.js';
import { html, say } from '../../dom.js';
import { createRoving } from '../roving.js';
import { own, tint } from '../shade.js';

/** @import { Cell, ConvReceipt } from '../../../kinds/receipt.d.ts' */
/** @import { Told } from '../types.d.ts' */

/**
 * @param {number} rows
 * @param {number} columns
 * @param {(cell: Cell) => void} jump
 */
export function createTerms(rows, columns, jump) {
  const name = html('b');
  const tiles = Array.from({ length: rows * columns }, createTile);
  const grid = html('div', { class: 'terms-grid' }, ...tiles.map(({ element }) => element));
  grid.style.setProperty('--columns', String(columns));
  const roving = createRoving(
    grid,
    columns,
    () => tiles.map((tile) => tile.element),
    (tap) => Boolean(present?.receipt.inside[tap]),
  );
  const title = html('h2', {}, ...pieces('terms.title', { map: name }));
  const element = html('div', { class: 'terms' }, title, grid);
  /** @type {{ receipt: ConvReceipt, map: number } | null} */
  let present = null;

  grid.addEventListener('click', ({ target }) => {
    const at = tiles.findIndex((tile) => target instanceof Node && tile.element.contains(target));
    const cell = at < 0 ? null : present?.receipt.cellAt(present.map, at);
    if (cell) jump(cell);
  });

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

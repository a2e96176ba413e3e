// Numbers on tiles of their own colour: candidates of a window, parts of a sum, a result.

import { html, say } from '../dom.js';
import { createRoving } from './roving.js';
import { tint } from './shade.js';

/** @import { Colours, Span } from '../../render/brush.js' */
/** @import { Cell } from '../../kinds/receipt.d.ts' */
/** @import { Means, Told } from './types.d.ts' */

/**
 * @typedef {object} Tile
 * @property {string} text
 * @property {number} value
 * @property {Span} span
 * @property {Cell | null} cell that a click leads to
 * @property {boolean} strong the winner
 */

const GAP = 3;
/** Sizes of the numbers, px; and how wide a tile is against one of its digits. */
const SMALLEST = 12;
const LARGEST = 28;
const FIT = 1.4;
/** Digits that are so much too large are cut off: it is better to show none. */
const LOOSE = 3;

/**
 * @param {number} rows
 * @param {number} columns
 * @param {number} height px of all
 * @param {number} most px of one
 * @param {(cell: Cell) => void} jump
 */
export function createTiles(rows, columns, height, most, jump) {
  const size = Math.max(22, Math.min(most, Math.floor((height - GAP * (rows - 1)) / rows)));
  /** @type {readonly Tile[]} */
  let shown = [];
  let type = -1;
  const tiles = Array.from({ length: rows * columns }, () =>
    html('button', { type: 'button', class: 'tile', tabindex: -1 }),
  );
  const element = html('div', { class: 'tiles' }, ...tiles);
  element.style.gridTemplateColumns = `repeat(${columns}, ${size}px)`;
  element.style.gridAutoRows = `${size}px`;
  const stops = () => tiles;
  const roving = createRoving(element, columns, stops, (i) => shown[i]?.cell, jump);

  /** @param {number} length of the longest number, which must fit its tile */
  function setType(length) {
    const fitting = Math.min(LARGEST, Math.floor((size * FIT) / length));
    const wanted = fitting < SMALLEST - LOOSE ? 0 : Math.max(SMALLEST, fitting);
    if (wanted !== type) element.style.fontSize = `${wanted}px`;
    type = wanted;
  }

  /**
   * @param {readonly Tile[]} wanted
   * @param {Colours} colours
   */
  function show(wanted, colours) {
    shown = wanted;
    setType(Math.max(1, ...wanted.map(({ text }) => text.length)));
    tiles.forEach((tile, i) => {
      const told = wanted[i];
      tile.disabled = !told?.cell;
      tile.classList.toggle('strong', told?.strong ?? false);
      say(tile, told?.text ?? '');
      if (told) tint(tile, colours, told.value, told.span);
    });
    roving.refresh();
  }

  return { element, show };
}

/**
 * A block under its title.
 *
 * @param {...(HTMLElement | SVGElement)} content
 */
export function titled(...content) {
  const name = html('b');
  const rest = html('span');
  const element = html('div', { class: 'titled' }, html('h2', {}, name, ' ', rest), ...content);

  /**
   * @param {string} strong
   * @param {string} [more]
   */
  function title(strong, more = '') {
    say(name, strong);
    say(rest, more);
  }

  return { element, title };
}

/**
 * What a picture ends in: the cell itself, large.
 *
 * @param {number} side px
 * @param {Means['jump']} jump
 */
export function createMade(side, jump) {
  const tile = createTiles(1, 1, side, side, jump);
  const { element, title } = titled(tile.element);
  element.classList.add('made');

  /**
   * @param {Told} told
   * @param {string} name
   */
  function show({ receipt, colours, span }, name) {
    const { valueText: text, value, cell } = receipt;
    const scale = span(cell.layer, cell.channel);
    tile.show([{ text, value, span: scale, cell: null, strong: false }], colours);
    title(name);
  }

  return { element, show };
}

// The values written into cells that are large enough: which cells are in sight, and what they say.

import { MINUS, fitting } from '../text/numbers.js';

/** @import { Cell, Tensors } from '../geometry/types.d.ts' */
/** @import { FontRole, Layout, LayerBox, Measure, Rect } from './types.d.ts' */

/** Cells smaller than this hold no number, CSS pixels at plain text size. */
const LEAST_CELL = 28;
/** Least and largest size of the digits. */
const LEAST = 12;
const LARGEST = 20;
const SHARE = 0.3;
/** Between a number and the edges of its cell, both together. */
const AIR = 3;
/** A cell that cannot hold this would have to call small numbers 0. */
const SHORTEST = `${MINUS}0.0`;
/** Signs as narrow as a point. */
const NARROW = new Set(['.', ',', '\u202f']);
/** The role that digits are measured in, which is LEAST px large. @type {FontRole} */
const MEASURED = 'legend';

/** @typedef {{ digit: number, minus: number, point: number }} Widths of characters */

/** @typedef {(box: LayerBox, channel: number, row: number, column: number, text: string, value: number) => void} Say */

/**
 * Calls for every number in sight.
 * @param {Layout} layout
 * @param {Tensors} trace
 * @param {Say} say
 */
export function eachNumber(layout, trace, say) {
  const { sight } = layout;
  if (!sight) return; // the fitted picture is there to be overlooked
  for (const box of layout.boxes) {
    const size = sizeIn(layout, box);
    const data = trace.get(box.layer)?.data;
    if (!size || !data) continue;
    const widths = widthsOf(layout.measure, size);
    for (let k = 0; k < box.channels.length; k++) inTile(box, k, sight, data, widths, say);
  }
}

/**
 * @param {LayerBox} box
 * @param {number} k place among the shown maps
 * @param {Rect} sight
 * @param {ArrayLike<number | bigint>} data
 * @param {Widths} widths
 * @param {Say} say
 */
function inTile(box, k, sight, data, widths, say) {
  const channel = box.channels[k] ?? 0;
  const rows = stretch(box.y[k] ?? 0, box.cell, box.rows, sight.y, sight.height);
  const columns = stretch(box.x[k] ?? 0, box.cell, box.columns, sight.x, sight.width);
  for (let row = rows.first; row < rows.end; row++)
    for (let column = columns.first; column < columns.end; column++) {
      const value = Number(data[(channel * box.rows + row) * box.columns + column]);
      const text = cellText(value, box.cell - AIR, widths);
      if (text !== '') say(box, channel, row, column, text, value);
    }
}

/**
 * @param {Layout} layout
 * @param {LayerBox} box
 * @returns {number} CSS px of the digits in its cells; 0 where they hold none
 */
export function sizeIn({ text, measure }, { look, cell }) {
  if (look === 'bars' || cell < LEAST_CELL * text) return 0;
  if (cell - AIR < measure(SHORTEST, MEASURED) * text) return 0;
  return Math.max(LEAST * text, Math.min(LARGEST * text, Math.round(cell * SHARE)));
}

/**
 * Everything that stands in cells, to be read by scripts.
 * @param {Layout} layout
 * @param {Tensors} trace
 * @returns {(Cell & { text: string })[]}
 */
export function numbersOf(layout, trace) {
  /** @type {(Cell & { text: string })[]} */
  const found = [];
  eachNumber(layout, trace, ({ layer }, channel, row, column, text) =>
    found.push({ layer, channel, row, column, text }),
  );
  return found;
}

/** @typedef {(value: number, cell: number) => string} Figure what stands in a cell of so many px; '' where nothing does */

/**
 * For cells of panels, whose digits are LEAST px large.
 * @param {Measure} measure
 * @returns {Figure}
 */
export function figuresBy(measure) {
  const widths = widthsOf(measure, LEAST);
  return (value, cell) => (cell < LEAST_CELL ? '' : cellText(value, cell - AIR, widths));
}

/** @param {Measure} measure @param {number} size @returns {Widths} */
function widthsOf(measure, size) {
  const width = (/** @type {string} */ text) => (measure(text, MEASURED) * size) / LEAST;
  return { digit: width('0'), minus: width(MINUS), point: width('.') };
}

/**
 * @param {number} value
 * @param {number} room
 * @param {Widths} widths
 * @returns {string} '' where nothing of it fits
 */
export function cellText(value, room, widths) {
  return fitting(value, (text) => widthOf(text, widths) <= room);
}

/** @param {string} text @param {Widths} widths */
function widthOf(text, { digit, minus, point }) {
  let width = 0;
  for (const sign of text) width += sign === MINUS ? minus : NARROW.has(sign) ? point : digit;
  return width;
}

/**
 * The cells of one row or column that are in sight, at least in part.
 * @param {number} start
 * @param {number} cell
 * @param {number} count
 * @param {number} from
 * @param {number} length
 */
function stretch(start, cell, count, from, length) {
  const first = Math.max(0, Math.floor((from - start) / cell));
  const end = Math.min(count, Math.ceil((from + length - start) / cell));
  return { first, end };
}

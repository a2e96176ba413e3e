// The values written into cells that are large enough: which cells are in sight, and what they say.

import { MINUS, fitting, short } from '../text/numbers.js';

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

/**
 * A number in its cell.
 * @typedef {object} Written
 * @property {LayerBox} box
 * @property {number} channel
 * @property {number} row
 * @property {number} column
 * @property {number} x middle of the cell
 * @property {number} y
 * @property {number} size of its digits
 * @property {number} value
 * @property {string} text
 */

/**
 * All numbers in sight.
 * @param {Layout} layout
 * @param {Tensors} trace
 * @returns {Written[]} none in the fitted picture, which is there to be overlooked
 */
export function numbersIn(layout, trace) {
  const { sight, boxes, few = false } = layout;
  if (!sight) return [];
  return boxes.flatMap((box) => {
    const data = trace.get(box.layer)?.data;
    const size = sizeIn(layout, box);
    if (!size || !data) return [];
    const said = saidBy(layout.measure, size, few);
    return [...box.channels.keys()].flatMap((k) =>
      cellsInSight(box, k, sight).flatMap((cell) => {
        const value = Number(
          data[(cell.channel * box.rows + cell.row) * box.columns + cell.column],
        );
        const text = Number.isNaN(value) ? '' : said(value, box.cell);
        return text === '' ? [] : { ...cell, box, size, value, text };
      }),
    );
  });
}

/**
 * @param {LayerBox} box
 * @param {number} k place among the shown maps
 * @param {Rect} sight
 */
function cellsInSight({ channels, rows, columns, cell, ...box }, k, sight) {
  const [x, y] = [box.x[k] ?? 0, box.y[k] ?? 0];
  const across = stretch(x, cell, columns, sight.x, sight.width);
  return stretch(y, cell, rows, sight.y, sight.height).flatMap((row) =>
    across.map((column) => ({
      ...{ channel: channels[k] ?? 0, row, column },
      ...{ x: x + (column + 0.5) * cell, y: y + (row + 0.5) * cell },
    })),
  );
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
  return numbersIn(layout, trace).map(({ box: { layer }, channel, row, column, text }) => ({
    ...{ layer, channel, row, column, text },
  }));
}

/** @typedef {(value: number, cell: number) => string} Figure what stands in a cell of so many px; '' where nothing does */

/**
 * For cells of panels, whose digits are LEAST px large.
 * @param {Measure} measure
 * @returns {Figure}
 */
export function figuresBy(measure) {
  const said = saidBy(measure, LEAST);
  return (value, cell) => (cell < LEAST_CELL ? '' : said(value, cell));
}

/** @param {Measure} measure @param {number} size of the digits @param {boolean} [plain] whole numbers are written without decimals @returns {Figure} */
function saidBy(measure, size, plain = false) {
  const widths = widthsOf(measure, size);
  return (value, cell) => {
    const whole = plain && Number.isInteger(value) ? short(value) : '';
    const fits = whole !== '' && widthOf(whole, widths) <= cell - AIR;
    return fits ? whole : cellText(value, cell - AIR, widths);
  };
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
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}

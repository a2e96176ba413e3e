// Where on the pad a cell of the image lies: preprocessing the other way round.

import { at } from './data.js';

/** @import { Cell, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { InputReceipt, PadRect } from '../receipt.d.ts' */

/**
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {InputReceipt['picture']} picture
 * @returns {(cell: Cell) => PadRect | null} for cells of the image; null of its border
 */
export function padRects(graph, trace, picture) {
  const { border } = graph.spec.input;
  const { rows, columns } = graph.size(graph.input);
  const side = { rows: rows - 2 * border, columns: columns - 2 * border };
  const preprocess = preprocessOf(trace, side);
  return (cell) => {
    const pixel = pixelOf(cell, border, side);
    return pixel && preprocess && padOf(pixel, preprocess, side, picture);
  };
}

/** @param {Cell} cell @param {number} border @param {InputReceipt['side']} side @returns {InputReceipt['pixel']} */
export function pixelOf({ row, column }, border, { rows, columns }) {
  const pixel = { row: row - border, column: column - border };
  const inside = (/** @type {number} */ at, /** @type {number} */ size) => at >= 0 && at < size;
  return inside(pixel.row, rows) && inside(pixel.column, columns) ? pixel : null;
}

/** @param {Tensors} trace @param {InputReceipt['side']} side @returns {InputReceipt['preprocess']} */
export function preprocessOf(trace, { columns }) {
  const of = (/** @type {string} */ name) => trace.get(`preprocess.${name}`)?.data;
  const [crop, scales, centre, shift] = [of('crop'), of('scale'), of('centre'), of('shift')];
  if (!crop || !scales || !centre || !shift) return null;
  const scale = at(scales, 0);
  const moved = { x: at(shift, 0), y: at(shift, 1) };
  return {
    crop: { left: at(crop, 0), top: at(crop, 1), right: at(crop, 2), bottom: at(crop, 3) },
    scale,
    centre: { x: at(centre, 0), y: at(centre, 1) },
    shift: moved,
    // As it stands, the whole pad is the whole image: one side of it for the other.
    centred: scale !== columns || moved.x !== 0 || moved.y !== 0,
    blank: scale === 0,
  };
}

/**
 * The inverse of preprocessing: a point (x, y) of the pad lies at
 * middle + shift + ((x, y) − middle of crop) · scale of the image; as it stands, about the pad's
 * middle. Of a picture, x and y count in its longer side, and crop and result in its own sides.
 * @param {NonNullable<InputReceipt['pixel']>} pixel
 * @param {NonNullable<InputReceipt['preprocess']>} preprocess
 * @param {InputReceipt['side']} side
 * @param {InputReceipt['picture']} picture
 * @returns {PadRect | null} null for a blank
 */
export function padOf(
  { row, column },
  { crop, scale, shift, centred },
  { rows, columns },
  picture,
) {
  if (scale === 0) return null;
  const { width, height } = picture ?? { width: 1, height: 1 };
  const longest = Math.max(width, height);
  const middle = centred
    ? { x: (crop.left + crop.right) / 2, y: (crop.top + crop.bottom) / 2 }
    : { x: 0.5, y: 0.5 };
  const x = (/** @type {number} */ edge) =>
    middle.x + (((edge - columns / 2 - shift.x) / scale) * longest) / width;
  const y = (/** @type {number} */ edge) =>
    middle.y + (((edge - rows / 2 - shift.y) / scale) * longest) / height;
  return { left: x(column), top: y(row), right: x(column + 1), bottom: y(row + 1) };
}

// The receipt of an image cell: which ink it is, and which part of the pad became it.

import { inkOf } from '../values.js';
import { digitsFor, short } from '../../text/numbers.js';
import { factorsOf, passEquation, sumEquation } from './equation.js';
import { at, totalDraft } from './shared.js';

/** @import { Cell, Tensors } from '../../geometry/types.d.ts' */
/** @import { InputReceipt, PadRect } from './types.d.ts' */
/** @import { Asked, Found } from './shared.js' */
/** @import { Draft } from './equation.js' */

/** @param {Omit<Asked, 'layer' | 'weights'>} asked @returns {Found<InputReceipt>} */
export function inputReceipt(asked) {
  const { graph, trace, cell, value, picture = null } = asked;
  const { border, scaling } = graph.spec.input;
  const { rows, columns } = graph.size(cell.layer);
  const side = { rows: rows - 2 * border, columns: columns - 2 * border };
  const pixel = pixelOf(cell, border, side);
  const ink = inkOf(value, scaling);
  const preprocess = preprocessOf(trace, side);
  const equation = equationOf(asked, ink, pixel !== null);
  return {
    kind: 'input',
    ...{ ink, scaling, border, pixel, side, preprocess },
    picture,
    pad: pixel && preprocess && padOf(pixel, preprocess, side, picture),
    ...{ equation, equations: [equation], rounding: null },
    check: equation.text,
    why: null,
  };
}

/** @param {Cell} cell @param {number} border @param {InputReceipt['side']} side @returns {InputReceipt['pixel']} */
function pixelOf({ row, column }, border, { rows, columns }) {
  const pixel = { row: row - border, column: column - border };
  const inside = (/** @type {number} */ at, /** @type {number} */ size) => at >= 0 && at < size;
  return inside(pixel.row, rows) && inside(pixel.column, columns) ? pixel : null;
}

/** Ink · scale + offset; ink alone where the network takes it as it is. */
/** @param {Omit<Asked, 'layer' | 'weights'>} asked @param {number} ink @param {boolean} inside */
function equationOf(asked, ink, inside) {
  const { scale, offset } = asked.graph.spec.input.scaling;
  const label = inside ? 'ink' : 'paper';
  /** @type {Draft} */
  const total = totalDraft(asked);
  if (scale === 1 && offset === 0)
    return passEquation({ role: 'ink', label, value: ink }, total, digitsFor(asked.value));
  const digits = digitsFor(asked.value, Math.max(Math.abs(ink * scale), Math.abs(offset)));
  const [factors] = factorsOf([[ink, scale]], digits);
  /** @type {Draft[]} */
  const items = [
    {
      ...{ role: 'ink', label: `${label} × ${short(scale)}`, value: ink * scale },
      factors: factors ?? null,
    },
    { role: 'offset', label: 'offset', value: offset },
  ];
  return sumEquation({ role: 'value', items, total }, digits);
}

/** @param {Tensors} trace @param {InputReceipt['side']} side @returns {InputReceipt['preprocess']} */
function preprocessOf(trace, { columns }) {
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
function padOf({ row, column }, { crop, scale, shift, centred }, { rows, columns }, picture) {
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

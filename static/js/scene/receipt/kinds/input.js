// A cell of the image written down: how much ink it is, and where on the pad that comes from.

import { indexed, mi, mo } from '../mathml.js';
import { ascii, read } from './lines.js';

/** @import { InputReceipt, Writing } from '../types.d.ts' */

/** @type {Writing<InputReceipt>} */
export const input = {
  code({ graph, cell, scaling, border, pixel, preprocess, picture }) {
    const { scale, offset } = scaling;
    const lines = [
      `value = np.float64(${read(graph, cell)})`,
      `ink = (value - ${ascii(offset)}) / ${ascii(scale)}  # 0 is paper, 1 is ink`,
    ];
    if (!pixel)
      return [...lines, `# the cell lies in the border of ${border}, which is always paper`];
    const onPad = preprocess?.centred && !preprocess.blank;
    return onPad
      ? [...lines, '', ...padLines(pixel, graph.size(cell.layer), border, picture)]
      : lines;
  },

  symbols({ pixel, scaling }) {
    const ink = pixel ? indexed('ink', pixel.row, pixel.column) : mi('paper');
    if (scaling.scale === 1 && scaling.offset === 0) return [ink];
    return [ink, mo('·'), mi('scale'), mo('+'), mi('offset')];
  },
};

/**
 * Where on the pad the middle of a pixel lies: preprocessing the other way round.
 * @param {NonNullable<InputReceipt['pixel']>} pixel
 * @param {{ rows: number, columns: number }} size
 * @param {number} border
 * @param {InputReceipt['picture']} picture
 */
function padLines({ row, column }, { rows, columns }, border, picture) {
  const [down, across] = [rows / 2 - border, columns / 2 - border];
  const ground = picture ? 'picture' : 'pad';
  const one = picture ? 'the longer side' : 'one side';
  const size = picture ? `${picture.width}, ${picture.height}` : '1, 1';
  return [
    `left, top, right, bottom = data["preprocess.crop"]  # the ink's box, parts of the ${ground}`,
    `columns, rows = data["preprocess.shift"]  # moved by so many pixels`,
    `pixels = data["preprocess.scale"]  # for ${one} of the ${ground}`,
    `wide, high = ${size}  # the ${ground}`,
    `across = (${column} + 0.5 - ${across} - columns) / pixels * max(wide, high) / wide`,
    `down = (${row} + 0.5 - ${down} - rows) / pixels * max(wide, high) / high`,
    `x, y = (left + right) / 2 + across, (top + bottom) / 2 + down`,
    `print(f"from the ${ground} at {x:.3f} across, {y:.3f} down")`,
  ];
}

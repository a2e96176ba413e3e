// Writes values into the cells of the still picture, where they are large enough to hold them.

import { eachNumber, sizeIn } from '../scene/numbers.js';
import { pixel } from './colours.js';
import { inkOn } from './luminance.js';

/** @import { Layout, LayerBox, Quantity, Tensors } from '../scene/types.d.ts' */
/** @import { Brush } from './brush.js' */
/** @import { Colours } from './colours.js' */

/** From the middle of a cell down to the line its digits stand on, by their size. */
const DROP = 0.36;

/**
 * @param {Brush} brush
 * @param {Layout} layout
 * @param {Tensors} tensors of the layers that are written on
 * @param {Quantity['ranges']} ranges
 * @param {Colours} colours
 */
export function paintNumbers({ context, theme }, layout, tensors, ranges, colours) {
  /** @type {LayerBox | null} */
  let present = null;
  let size = 0;
  let ink = '';
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  eachNumber(layout, tensors, (box, channel, row, column, text, value) => {
    const range = ranges.get(box.layer);
    if (!range) return;
    if (box !== present) {
      present = box;
      size = sizeIn(layout, box);
      context.font = `400 ${size}px ${theme.tokens.font}`;
    }
    const on = inkOn(pixel(colours, value, range, range.limits?.[channel] ?? range.limit));
    if (on !== ink) context.fillStyle = ink = on;
    const { cell } = box;
    const at = box.place[channel] ?? 0;
    const x = (box.x[at] ?? 0) + (column + 0.5) * cell;
    const y = (box.y[at] ?? 0) + (row + 0.5) * cell + size * DROP;
    context.fillText(text, x, y);
  });
}

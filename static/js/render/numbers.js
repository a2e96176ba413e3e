// Writes values into the cells of the still picture, where they are large enough to hold them.

import { numbersIn } from '../scene/numbers.js';
import { limitOf } from '../scene/quantities/scale.js';
import { pixel } from './brush.js';
import { inkOn } from './luminance.js';

/** @import { Layout, Quantity, Tensors } from '../scene/types.d.ts' */
/** @import { Brush, Colours } from './brush.js' */

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
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  let present = 0;
  for (const { box, channel, x, y, size, text, value } of numbersIn(layout, tensors)) {
    const range = ranges.get(box.layer);
    if (!range) continue;
    if (size !== present) context.font = `400 ${size}px ${theme.tokens.font}`;
    present = size;
    context.fillStyle = inkOn(pixel(colours, value, range, limitOf(range, channel)));
    context.fillText(text, x, y + size * DROP);
  }
}

// The dashed box on the pad: what preprocessing cut out, as the trace says.

import { contained } from '../input/strokes.js';
import { percentage } from './dom.js';

/** @import { Tensor } from '../geometry/types.d.ts' */

/**
 * @param {HTMLElement} box
 * @param {Tensor | undefined} crop left, top, right, bottom; of the pad, or of the image
 * @param {{ width: number, height: number } | null} image
 */
export function showCrop(box, crop, image) {
  if (box.hidden !== !crop) box.hidden = !crop;
  if (!crop) return;
  const [left = 0, top = 0, right = 0, bottom = 0] = crop.data;
  const within = image ? contained(image) : { left: 0, top: 0, width: 1, height: 1 };
  const { style } = box;
  style.left = percentage(within.left + left * within.width);
  style.top = percentage(within.top + top * within.height);
  style.width = percentage((right - left) * within.width);
  style.height = percentage((bottom - top) * within.height);
}

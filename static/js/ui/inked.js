// Where on the pad paths begin: a cell of ink is marked as strongly as it counts.

import { contained } from '../input/strokes.js';
import { html } from './dom.js';

/** @import { PadRect } from '../kinds/receipt.d.ts' */

/** Canvas pixels a side: the pad is a square. */
const SIDE = 448;
/** Of the largest; what is weaker is not seen. */
const LEAST = 0.05;

/** @typedef {{ readonly rect: PadRect, readonly share: number }} Inked `share` of the largest, -1..1 */

/** @param {HTMLElement} pad over which it lies */
export function createInked(pad) {
  const canvas = html('canvas', { class: 'pad-paths', width: SIDE, height: SIDE });
  canvas.setAttribute('aria-hidden', 'true');
  canvas.hidden = true;
  pad.append(canvas);
  const context = canvas.getContext('2d');

  return {
    /**
     * @param {readonly Inked[]} cells
     * @param {{ width: number, height: number } | null} picture that lies on the pad
     * @param {{ pos: string, neg: string }} colours
     */
    show(cells, picture, { pos, neg }) {
      canvas.hidden = cells.length === 0;
      context?.clearRect(0, 0, SIDE, SIDE);
      if (!context) return;
      const within = contained(picture ?? { width: 1, height: 1 });
      for (const { rect, share } of cells) {
        if (Math.abs(share) < LEAST) continue;
        context.globalAlpha = 0.25 + 0.75 * Math.abs(share);
        context.fillStyle = share < 0 ? neg : pos;
        const left = (within.left + rect.left * within.width) * SIDE;
        const top = (within.top + rect.top * within.height) * SIDE;
        const right = (within.left + rect.right * within.width) * SIDE;
        const bottom = (within.top + rect.bottom * within.height) * SIDE;
        context.fillRect(left, top, right - left, bottom - top);
      }
    },
  };
}

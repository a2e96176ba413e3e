// Two clicks or taps on a map enlarge it.

/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { Feature, Page } from './types.d.ts' */

const DOUBLE = 450; // ms between two clicks or taps on the same map

/** @type {Feature} */
export const doubles = { name: 'doubles', open };

/**
 * The first may have moved the picture (a phone's sheet comes), so it alone says which map is meant.
 *
 * @param {Page} page
 */
function open({ store, opening, stage: { canvas, view } }) {
  /** @type {{ cell: Cell, time: number, x: number, y: number } | null} */
  let last = null;
  canvas.addEventListener('click', (event) => {
    const { timeStamp: time, clientX: x, clientY: y } = event;
    const near = last && time - last.time < DOUBLE && Math.hypot(x - last.x, y - last.y) < 12;
    if (last && near) {
      const { cell } = last;
      last = null;
      store.set({ pinned: cell });
      return opening.open('map', { layer: cell.layer, channel: cell.channel });
    }
    const cell = view.pick(event.offsetX, event.offsetY);
    last = cell && { cell, time, x, y };
  });
}

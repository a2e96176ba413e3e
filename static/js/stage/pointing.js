// Lets hands and keys point at the cells of a stage, which keeps what is pointed at in sight.

import { createPointing } from '../input/pointing.js';
import { keepInSight } from './sight.js';

/** @import { Ground, PointingOptions } from '../input/pointing.js' */
/** @import { Stage } from './stage.js' */

/** @typedef {(canvas: HTMLCanvasElement, ground: Ground) => void} Point lets one point at what shows the stage */

/**
 * @param {Stage} stage
 * @param {Partial<Pick<PointingOptions, 'onPoint' | 'onPin'>>} [on] instead of what keeps it in the stage's state
 * @returns {Point} for the picture in space
 */
export function openPointing(stage, on) {
  const { canvas, view, store, signal } = stage;

  /** @type {Point} */
  function point(canvas, ground) {
    createPointing({
      ...{ canvas, ground, signal, present: store.get },
      onPoint: (pointed, _, walking) => store.set({ pointed, walking }),
      onPin: (pinned) => store.set({ pinned }),
      ...on,
    });
  }

  point(canvas, view);
  keepInSight(stage);
  return point;
}

// A pen that keys carry over the pad: arrows move it, Space puts it down and lifts it.

import { ARROWS } from './listening.js';

/** @import { Point } from './strokes.js' */

/** Of the pad, with one press; with Shift a small one. */
const STEP = 0.04;
const SMALL = 0.01;
const START = /** @type {const} */ ([0.5, 0.2]);

/**
 * @typedef {object} Moved
 * @property {(point: Point, down: boolean) => void} place where the pen is
 * @property {(point: Point, time: number) => void} begin it was put down
 * @property {(point: Point, time: number) => void} extend it moved while it was down
 * @property {() => void} leave the pad is no longer in focus
 */

/**
 * @param {HTMLElement} pad
 * @param {Moved} on
 */
export function createPen(pad, on) {
  /** @type {Point} */
  let point = START;
  let down = false;
  /** Arrow keys that are held: two of them move it along the diagonal. @type {Set<string>} */
  const held = new Set();

  /** @param {boolean} next @param {number} time */
  function put(next, time) {
    down = next;
    if (down) on.begin(point, time);
    on.place(point, down);
  }

  /** @param {KeyboardEvent} event */
  function move({ shiftKey, timeStamp }) {
    const step = shiftKey ? SMALL : STEP;
    const by = (/** @type {0 | 1} */ axis) =>
      [...held].reduce((sum, key) => sum + (ARROWS[key]?.[axis] ?? 0), 0) * step;
    const clipped = (/** @type {number} */ at) =>
      Math.round(Math.min(1, Math.max(0, at)) * 1e4) / 1e4;
    point = [clipped(point[0] + by(0)), clipped(point[1] + by(1))];
    if (down) on.extend(point, timeStamp);
    on.place(point, down);
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { key, timeStamp } = event;
    if (key === ' ') {
      if (!event.repeat) put(!down, timeStamp);
    } else if (key === 'Escape' && down) {
      put(false, timeStamp);
    } else if (key in ARROWS) {
      held.add(key);
      move(event);
    } else return;
    event.preventDefault();
  }

  pad.addEventListener('keydown', press);
  pad.addEventListener('keyup', ({ key }) => void held.delete(key));
  pad.addEventListener('focus', () => on.place(point, down));
  pad.addEventListener('blur', () => {
    held.clear();
    down = false;
    on.leave();
  });
}

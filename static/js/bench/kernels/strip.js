// A strip of pictures side by side: one stroke, turned a little further in each.

import { floats } from '../arrays.js';

/** @import { Given } from '../types.d.ts' */

/** Rows and columns of each picture. */
export const SIDE = 24;
/** From one picture to the next, degrees; the last one is the first again. */
export const TURN = 10;
export const PICTURES = 180 / TURN + 1;
/** Of the stroke, in cells. */
const WIDTH = 3;
const HALF = 8;

/** @type {Given | null} */
let drawn = null;

/** @returns {Given} 0 is paper and 1 is ink; at 0° it is level, at 90° upright */
export function strokes() {
  return (drawn ??= draw());
}

function draw() {
  const columns = PICTURES * SIDE;
  const values = Array.from({ length: SIDE * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return inkAt(Math.floor(column / SIDE) * TURN, row, column % SIDE);
  });
  return floats([1, SIDE, columns], values);
}

/** @param {number} degrees @param {number} row @param {number} column @returns {number} how much of a cell is covered, at its edge by its distance from the middle line */
function inkAt(degrees, row, column) {
  const angle = (degrees * Math.PI) / 180;
  const [x, y] = [column - (SIDE - 1) / 2, (SIDE - 1) / 2 - row];
  const [right, up] = [Math.cos(angle), Math.sin(angle)];
  const along = Math.max(-HALF, Math.min(HALF, x * right + y * up));
  const away = Math.hypot(x - along * right, y - along * up);
  return Math.max(0, Math.min(1, WIDTH / 2 + 0.5 - away));
}

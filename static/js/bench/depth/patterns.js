// Maps and kernels of small whole numbers, in any size, so that sums can be followed by heart.

import { floats } from '../arrays.js';

/** @import { Given } from '../types.d.ts' */

/** Whether a cell of a square has a 1 in it. @typedef {(row: number, column: number, size: number) => number | boolean} Pattern */

/** A diagonal band, a frame, a chessboard, rows, columns, a corner. @type {readonly Pattern[]} */
const MAPS = [
  (row, column) => Math.abs(row - column) <= 1,
  (row, column, size) => [row, column].some((at) => at === 0 || at === size - 1),
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 2 === 0,
  (row, column, size) => row + column >= size,
];

/** From left to right, from top to bottom, all, along the diagonal. @type {readonly Pattern[]} */
const SLICES = [
  (_, column, size) => side(column, size),
  (row, _, size) => side(row, size),
  () => 1,
  (row, column) => row === column,
];

/** @param {number} at @param {number} size @returns {number} −1 before the middle, 1 behind it; 1 where there is only one cell */
function side(at, size) {
  return size === 1 ? 1 : Math.sign(at - (size - 1) / 2);
}

/** @param {Pattern | undefined} pattern @param {number} size @returns {number[]} row by row */
function drawn(pattern, size) {
  return Array.from({ length: size * size }, (_, i) =>
    Number(pattern?.(Math.floor(i / size), i % size, size) ?? 0),
  );
}

/** @param {number} maps @param {number} size rows and columns @returns {Given} */
export function mapsOf(maps, size) {
  const values = Array.from({ length: maps }, (_, map) => drawn(MAPS[map % MAPS.length], size));
  return floats([maps, size, size], values.flat());
}

/** @param {number} kernels @param {number} maps that each of them reads @param {number} size rows and columns @returns {Given} each slice another one than its neighbours */
export function kernelsOf(kernels, maps, size) {
  const slices = Array.from({ length: kernels * maps }, (_, i) => {
    const which = Math.floor(i / maps) + (i % maps);
    return drawn(SLICES[which % SLICES.length], size);
  });
  return floats([kernels, maps, size, size], slices.flat());
}

// A block of cells in the account: one pixel a cell, enlarged by the style sheet, painted in place.

import { html } from '../dom.js';

/**
 * @typedef {object} Plane
 * @property {HTMLElement} element
 * @property {number} columns
 * @property {number} rows
 * @property {(colour: (index: number) => number) => void} paint row-major; packed, 0 for a gap
 * @property {(event: MouseEvent) => number} at which cell was clicked
 */

/**
 * @param {number} columns
 * @param {number} rows
 * @param {number} cell px of one at most; in a low account the style sheet makes them smaller
 * @returns {Plane}
 */
export function createPlane(columns, rows, cell) {
  const canvas = html('canvas', { width: columns, height: rows, 'aria-hidden': true });
  const element = html('span', { class: 'plane' }, canvas);
  element.style.setProperty('--most', `${cell}px`);
  element.style.setProperty('--columns', String(columns));
  element.style.setProperty('--rows', String(rows));
  const context = canvas.getContext('2d');
  const data = new ImageData(columns, rows);
  const pixels = new Uint32Array(data.data.buffer);

  return {
    element,
    columns,
    rows,
    paint(colour) {
      for (let i = 0; i < pixels.length; i++) pixels[i] = colour(i);
      context?.putImageData(data, 0, 0);
    },
    at({ offsetX, offsetY }) {
      const cell = element.offsetWidth / columns;
      const column = Math.min(columns - 1, Math.max(0, Math.floor(offsetX / cell)));
      const row = Math.min(rows - 1, Math.max(0, Math.floor(offsetY / cell)));
      return row * columns + column;
    },
  };
}

/**
 * The largest cell with which a block keeps within its place.
 *
 * @param {number} columns
 * @param {number} rows
 * @param {number} width
 * @param {number} height
 * @param {number} most px of a cell
 */
export function cellFor(columns, rows, width, height, most) {
  return Math.max(3, Math.min(most, Math.floor(width / columns), Math.floor(height / rows)));
}

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
 * @param {{ still?: boolean }} [how] still: it is painted once and stays
 * @returns {Plane}
 */
export function createPlane(columns, rows, cell, { still = false } = {}) {
  const sheet = (still ? createImage : createCanvas)(columns, rows);
  const element = html('span', { class: 'plane' }, sheet.element);
  element.style.setProperty('--most', `${cell}px`);
  element.style.setProperty('--columns', String(columns));
  element.style.setProperty('--rows', String(rows));
  const data = new ImageData(columns, rows);
  const pixels = new Uint32Array(data.data.buffer);

  return {
    element,
    columns,
    rows,
    paint(colour) {
      for (let i = 0; i < pixels.length; i++) pixels[i] = colour(i);
      sheet.put(data);
    },
    at({ clientX, clientY }) {
      const { left, top, width } = element.getBoundingClientRect(); // offsets know nothing of zoom
      const cell = width / columns;
      const column = Math.min(columns - 1, Math.max(0, Math.floor((clientX - left) / cell)));
      const row = Math.min(rows - 1, Math.max(0, Math.floor((clientY - top) / cell)));
      return row * columns + column;
    },
  };
}

/** @param {number} columns @param {number} rows */
function createCanvas(columns, rows) {
  const element = html('canvas', { width: columns, height: rows, 'aria-hidden': true });
  const context = element.getContext('2d');
  return { element, put: (/** @type {ImageData} */ data) => context?.putImageData(data, 0, 0) };
}

/** Of canvases the browser makes a picture anew in every frame, of an image once: a wall of them costs nothing. */
/** @param {number} columns @param {number} rows */
function createImage(columns, rows) {
  const plain = { alt: '', draggable: 'false' }; // without a text it is an ornament
  const element = html('img', { width: columns, height: rows, ...plain });
  const sheet = new OffscreenCanvas(columns, rows);
  const context = sheet.getContext('2d');
  let latest = 0;

  /** @param {ImageData} data */
  async function show(data) {
    const turn = ++latest;
    element.dataset['coming'] = ''; // not aria-busy: of an ornament nothing is announced
    context?.putImageData(data, 0, 0);
    const address = URL.createObjectURL(await sheet.convertToBlob());
    if (turn === latest) {
      element.src = address;
      await element.decode().catch(() => {}); // a later picture took its place
    }
    URL.revokeObjectURL(address);
    if (turn === latest) delete element.dataset['coming'];
  }
  return { element, put: (/** @type {ImageData} */ data) => void show(data) };
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

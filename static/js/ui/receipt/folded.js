// Numbers of a unit's terms, folded back into the maps they read: one block of cells, gaps between.

import { createPlane } from './plane.js';

/** @import { DenseReceipt } from '../../scene/receipt/types.d.ts' */

/** Cells at most, px. */
const MOST = 14;

/**
 * @param {DenseReceipt['folded']} folded
 * @param {number} side px of the square that it should keep to
 */
export function createFolded({ channels, rows, columns }, side) {
  const gap = rows * columns > 1 ? 1 : 0;
  const across = mapsAcross(channels, rows + gap, columns + gap);
  const down = Math.ceil(channels / across);
  const wide = across * (columns + gap) - gap;
  const high = down * (rows + gap) - gap;
  const cell = Math.max(2, Math.min(MOST, Math.floor(side / Math.max(wide, high))));
  const plane = createPlane(wide, high, cell);
  const terms = termsOf();
  plane.element.classList.add('jumps');

  /** Which term a cell of the plane shows; -1 for a gap. */
  function termsOf() {
    const found = new Int32Array(wide * high).fill(-1);
    for (let term = 0; term < channels * rows * columns; term++) {
      const channel = Math.floor(term / (rows * columns));
      const row = Math.floor(term / columns) % rows;
      const y = Math.floor(channel / across) * (rows + gap) + row;
      const x = (channel % across) * (columns + gap) + (term % columns);
      found[y * wide + x] = term;
    }
    return found;
  }

  return {
    element: plane.element,
    /** @param {(term: number) => number} colour packed */
    paint(colour) {
      plane.paint((i) => {
        const term = terms[i] ?? -1;
        return term < 0 ? 0 : colour(term);
      });
    },
    /** @param {MouseEvent} event */
    termAt(event) {
      const term = terms[plane.at(event)] ?? -1;
      return term < 0 ? null : term;
    },
  };
}

/**
 * As nearly a square as whole maps make.
 *
 * @param {number} channels
 * @param {number} rows
 * @param {number} columns
 */
function mapsAcross(channels, rows, columns) {
  return Math.max(1, Math.round(Math.sqrt((channels * rows) / columns)));
}

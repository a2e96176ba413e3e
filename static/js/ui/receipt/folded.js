// Numbers of a unit's terms, folded back into the maps they read: one block of cells, gaps between.

import { foldedBlock } from '../../kinds/parts/weights.js';
import { createPlane } from './plane.js';

/** @import { DenseReceipt } from '../../kinds/receipt.d.ts' */

/** Cells at most, px. */
const MOST = 14;

/**
 * @param {DenseReceipt['folded']} folded
 * @param {number} side px of the square that it should keep to
 */
export function createFolded(folded, side) {
  const { wide, high, terms } = foldedBlock(folded);
  const cell = Math.max(2, Math.min(MOST, Math.floor(side / Math.max(wide, high))));
  const plane = createPlane(wide, high, cell);
  plane.element.classList.add('jumps');

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

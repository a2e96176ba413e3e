// The way the reader took from pinned cell to pinned cell: back along it, and forth again.

import { createHistory } from '../core/history.js';
import { sameCell } from '../geometry/regions.js';

/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { AccountStore } from './state.js' */

/** @typedef {ReturnType<typeof createJourney>} Journey */

/** @param {Pick<AccountStore, 'get' | 'set' | 'subscribe'>} store */
export function createJourney(store) {
  /** @type {import('../core/history.js').History<Cell>} */
  let history = createHistory();
  /** The newest cell that was pinned, also after its release. @type {Cell | null} */
  let present = store.get().pinned;
  let travelling = false;

  store.subscribe((state, changed) => {
    if ('graph' in changed) {
      history = createHistory();
      present = null;
    }
    const { pinned, play } = state;
    if (!('pinned' in changed) || !pinned) return;
    if (!travelling && !play && present && !beside(present, pinned)) history.remember(present);
    present = pinned;
  });

  /** @param {Cell | null} cell */
  function go(cell) {
    if (!cell) return;
    travelling = true;
    store.set({ pinned: cell, pointed: null, walking: false });
    travelling = false;
  }

  return {
    /** @param {Cell} cell the term's, in the layer before */
    jump: (cell) => store.set({ pinned: cell, pointed: null, walking: false }),
    back: () => go(present && history.undo(present)),
    forth: () => go(present && history.redo(present)),
    canBack: () => history.canUndo(),
    canForth: () => history.canRedo(),
  };
}

/**
 * A step to a neighbour is part of a walk: the way back leads past all of it at once.
 *
 * @param {Cell} a
 * @param {Cell} b
 */
function beside(a, b) {
  if (sameCell(a, b)) return true;
  const steps =
    Math.abs(a.channel - b.channel) + Math.abs(a.row - b.row) + Math.abs(a.column - b.column);
  return a.layer === b.layer && steps === 1;
}

// What a stage's cells show, what pointing means on it, and who paints both.

import { paintNumbers } from '../render/numbers.js';
import { paintOverlay } from '../render/overlay.js';
import { flatMarks } from '../scene/marks/flat.js';
import { marksOf } from '../scene/marks/marks.js';
import { withNotes } from '../scene/marks/notes.js';
import { withQuantity } from '../scene/marks/over.js';
import { struckWords } from '../scene/words.js';
import { createShown } from './shown.js';
import { viewOf } from './state.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Layout, Marks, OverlayItem, Quantity } from '../scene/types.d.ts' */
/** @import { StageState } from './state.js' */

/** @typedef {typeof MARKS} Painting what is loaded after the first picture */

export const MARKS = {
  items: overlayFor,
  createShown,
  numbers: paintNumbers,
  overlay: paintOverlay,
  words: struckWords,
};

/**
 * At a weight, at a cell, or at nothing while paths are shown; numbers on the parts are about a cell
 * of their own while none is selected.
 *
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Readonly<StageState>} state
 * @param {Quantity} quantity
 * @returns {Marks}
 */
export function marksFor(layout, graph, state, quantity) {
  const { pinned, walking, notes, kernel: weight, paths, path, spot } = state;
  const focus = walking ? state.pointed : null;
  const pointed = state.pointed ?? (pinned ? null : (notes?.cell ?? null));
  const { tensors } = quantity.under ?? quantity;
  const view = { ...viewOf(state), trace: state.trace && tensors };
  const pointing = {
    pointed,
    pinned,
    focus,
    weight,
    paths,
    path,
    spot,
    fills: state.play !== null,
  };
  const plain = marksOf(layout, graph, view, pointing);
  const marks = notes ? withNotes(graph, notes.notes, plain) : plain;
  return weight ? marks : withQuantity(layout, graph, quantity, marks);
}

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Readonly<StageState>} state
 * @param {Quantity} quantity
 * @returns {readonly OverlayItem[]} in painting order
 */
function overlayFor(layout, graph, state, quantity) {
  return flatMarks(layout, graph, marksFor(layout, graph, state, quantity));
}

// What a stage's cells show, what pointing means on it, and who paints both.

import { paintNumbers } from '../render/numbers.js';
import { flatMarks } from '../scene/marks/flat.js';
import { marksOf } from '../scene/marks/marks.js';
import { withQuantity } from '../scene/marks/over.js';
import { struckWords } from '../scene/words.js';
import { createShown } from './shown.js';
import { viewOf } from './state.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Layout, Marks, OverlayItem, Quantity } from '../scene/types.d.ts' */
/** @import { StageState } from './state.js' */

/** @typedef {typeof MARKS} Painting what is loaded after the first picture */

export const MARKS = { items: overlayFor, createShown, numbers: paintNumbers, words: struckWords };

/**
 * At a weight, at a cell, or at nothing while lines lead to the first guess.
 *
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Readonly<StageState>} state
 * @param {Quantity} quantity
 * @returns {Marks}
 */
export function marksFor(layout, graph, state, quantity) {
  const { pointed, pinned, walking, links, answers, kernel: weight } = state;
  const [focus, guess] = [walking ? pointed : null, links === 'guess' ? answers.derivatives : null];
  const { tensors } = quantity.under ?? quantity;
  const view = { ...viewOf(state), trace: state.trace && tensors };
  const marks = marksOf(layout, graph, view, { pointed, pinned, focus, weight, guess });
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

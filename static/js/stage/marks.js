// What pointing means on the flat picture, and who paints it.

import { createHeat } from '../render/heat.js';
import { paintNumbers } from '../render/numbers.js';
import { withEffect } from '../scene/effect.js';
import { guessItems } from '../scene/guess.js';
import { overlayItems } from '../scene/overlay.js';
import { weightItems } from '../scene/weight.js';
import { struckWords } from '../scene/words.js';
import { selection, viewOf } from './state.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Layout, OverlayItem } from '../scene/types.d.ts' */
/** @import { StageState } from './state.js' */

/** @typedef {typeof MARKS} Marks */

export const MARKS = { items, heat: createHeat, numbers: paintNumbers, words: struckWords };

/**
 * At a weight, at nothing while lines lead to the first guess, or at a cell.
 *
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Readonly<StageState>} state
 * @returns {readonly OverlayItem[]}
 */
function items(layout, graph, state) {
  const { pointed, pinned, walking, kernel, links, derivatives, effect } = state;
  const view = viewOf(state);
  if (kernel) return weightItems(layout, graph, view, kernel, selection(state), pinned !== null);
  const known = view.trace && derivatives;
  if (known && links === 'guess' && !selection(state))
    return guessItems(layout, graph, view, known);
  const found = overlayItems(layout, graph, view, pointed, pinned, walking ? pointed : null);
  return known && pinned && effect ? withEffect(layout, graph, known, found, pinned) : found;
}

// Influence: how much the pinned cell changes with those before it, and those after it with the cell.

import { sameCell } from '../../geometry/regions.js';
import { message } from '../../text/messages.js';
import { codeName, derivativeText, influenceText, influenced } from './influence_words.js';

/** @import { QuantityKind } from '../types.d.ts' */

/** @type {QuantityKind} */
export const derivative = {
  get word() {
    return message('effect.influence');
  },
  asks: 'derivatives',
  about: influenced,
  says: (graph, answer, pinned, pointed) =>
    pointed && !sameCell(pointed, pinned)
      ? derivativeText(graph, answer, pointed)
      : influenceText(graph, answer, pinned),
  formula(graph, pinned) {
    const name = codeName(graph, influenced(graph, pinned));
    return message('effect.formula', { cell: name });
  },
};

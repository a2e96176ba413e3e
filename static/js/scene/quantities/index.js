// What a stage can show, a file each. A further quantity is a line here.

import { message } from '../../text/messages.js';
import { own } from '../../text/numbers.js';
import { aboutCell } from './about_cell.js';
import { codeName, derivative } from './derivative.js';
import { difference } from './difference.js';
import { gradient } from './gradient.js';
import { value } from './scale.js';

/** @import { Cell, Graph } from '../../geometry/types.d.ts' */
/** @import { Answer, Quantity, QuantityKind, Sources } from '../types.d.ts' */

/** In the order in which a visitor is offered them. @type {Readonly<Record<string, QuantityKind>>} */
export const QUANTITIES = {
  value,
  derivative,
  difference,
  gradient,
};

/**
 * @param {Graph} graph
 * @param {string} name
 * @param {Sources} sources
 * @returns {Quantity} values while what is named cannot be shown
 */
export function quantityOf(graph, name, sources) {
  const kind = QUANTITIES[name] ?? value;
  const found = kind.of?.(graph, sources) ?? aboutCell(graph, sources, kind, name);
  return found ?? sources.value;
}

/**
 * What is said of an answer in the account of the pinned cell.
 * @param {Graph} graph
 * @param {QuantityKind} kind
 * @param {Answer} answer
 * @param {Cell} pinned
 * @param {Cell | null} pointed
 * @returns {string}
 */
export function sentenceOf(graph, kind, answer, pinned, pointed) {
  if (kind.says) return kind.says(graph, answer, pinned, pointed);
  const cell = pointed ?? pinned;
  const number = answer.tensors.get(cell.layer)?.data[graph.offset(cell)];
  return number === undefined
    ? ''
    : message('quantity.of', {
        ...{ quantity: kind.word, cell: codeName(graph, cell), value: own(Number(number)) },
      });
}

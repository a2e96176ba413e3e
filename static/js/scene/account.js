// Whom the account is about: a cell, the answer, nothing yet. Data; whoever shows it renders it.
// What a cell says beyond its name and value is a receipt (receipt/), or sentences without a trace.

import { message } from '../text/messages.js';
import { answerAccount } from './answer.js';
import { placeName } from '../kinds/names.js';
import { own } from '../text/numbers.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Account, CellAccount, EmptyAccount, View } from './types.d.ts' */

/** @typedef {'' | 'away' | 'busy'} Unread why what is drawn is not read yet, if it is not */

/** @param {Unread} unread @returns {EmptyAccount} */
function emptyAccount(unread) {
  const state = unread || 'nothing';
  return {
    kind: 'empty',
    title: message(unread ? 'empty.unread' : 'empty.nothing'),
    lead: message(`empty.lead.${state}`),
    steps: /** @type {const} */ (['draw', 'point', 'ask']).map((step) => ({
      title: message(`empty.${step}`),
      text: message(`empty.${step}.how`),
    })),
    line: message(`empty.line.${state}`),
  };
}

/**
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell | null} cell the selection
 * @param {Unread} [unread]
 * @returns {Account}
 */
export function account(graph, view, cell, unread = '') {
  if (cell && graph.valid(cell)) return cellAccount(graph, view, cell);
  if (!view.trace) return emptyAccount(unread);
  return answerAccount(graph, view.trace, view.note ?? '');
}

/** @param {Graph} graph @param {View} view @param {Cell} cell @returns {CellAccount} */
function cellAccount(graph, { trace }, cell) {
  const value = trace?.get(cell.layer)?.data[graph.offset(cell)] ?? null;
  return {
    kind: 'cell',
    cell,
    title: cell.layer,
    place: placeName(graph, cell),
    value,
    valueText: value === null ? '' : own(value),
  };
}

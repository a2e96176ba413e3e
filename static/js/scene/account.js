// Whom the account is about: a cell, the answer, nothing yet. Data; whoever shows it renders it.
// What a cell says beyond its name and value is a receipt (receipt/), or sentences without a trace.

import { answerAccount } from './answer.js';
import { placeName } from '../kinds/names.js';
import { own } from '../text/numbers.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Account, CellAccount, EmptyAccount, View } from './types.d.ts' */

/** @type {EmptyAccount} */
const EMPTY = {
  kind: 'empty',
  title: 'Nothing is drawn yet',
  lead:
    'Every square here is one number. Draw, then point at any of them to see how it was computed, ' +
    'and what it changes further on.',
  steps: [
    { title: 'Draw', text: 'The network reads while you draw. No button to press.' },
    {
      title: 'Point',
      text: 'Frames show what the square is computed from. A click keeps it in place.',
    },
    {
      title: 'Ask why',
      text: 'Down here stands how the number was computed. Thicker lines gave more to it.',
    },
  ],
  line: 'Nothing is drawn yet. Draw a digit, then point at any square.',
};

/** @typedef {'' | 'away' | 'busy'} Unread why what is drawn is not read yet, if it is not */

/** @type {Readonly<Record<Exclude<Unread, ''>, Pick<EmptyAccount, 'title' | 'lead' | 'line'>>>} */
const UNREAD = {
  away: {
    title: 'Not read yet',
    lead: 'The server does not answer. Your drawing is kept, and read as soon as the server is back.',
    line: 'Not read yet: the server does not answer. Your drawing is kept.',
  },
  busy: {
    title: 'Not read yet',
    lead: 'The server takes a little longer. Your drawing is kept.',
    line: 'Not read yet: the server takes a little longer.',
  },
};

/**
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell | null} cell the selection
 * @param {Unread} [unread]
 * @returns {Account}
 */
export function account(graph, view, cell, unread = '') {
  if (cell && graph.valid(cell)) return cellAccount(graph, view, cell);
  if (!view.trace) return unread ? { ...EMPTY, ...UNREAD[unread] } : EMPTY;
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

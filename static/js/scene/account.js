// What the account says: of a cell, of the answer, of nothing. Data; whoever shows it renders it.

import { answerAccount } from './answer.js';
import { cellSentences, strongParts } from './sentences.js';
import { cellName, number, placeName } from './format.js';
import { limitOf, ranges } from './values.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Account, CellAccount, EmptyAccount, Layout, Swatch, View } from './types.d.ts' */

/** @type {EmptyAccount} */
const EMPTY = {
  kind: 'empty',
  title: 'Nothing is drawn yet',
  lead:
    'Every square here is one number. Draw, and each of them will tell you where it came from, ' +
    'what it touches, and why it has that value.',
  steps: [
    { title: 'Draw', text: 'The network reads while you draw. No button to press.' },
    {
      title: 'Point',
      text: 'Any square shows its window, its receptive field and its value. A click pins it.',
    },
    {
      title: 'Ask why',
      text: 'The account says what a number is made of, and the lines show how much each part gave.',
    },
  ],
  line: 'Nothing is drawn yet. Draw a digit, and every square here explains itself.',
};

/**
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell | null} cell the selection
 * @param {Layout | null} [layout] says which layers are folded; without it nothing is
 * @returns {Account}
 */
export function account(graph, view, cell, layout = null) {
  if (cell && graph.valid(cell)) return cellAccount(graph, view, cell, layout);
  if (!view.trace) return EMPTY;
  return answerAccount(graph, view.trace);
}

/** @param {Graph} graph @param {View} view @param {Cell} cell @param {Layout | null} layout @returns {CellAccount} */
function cellAccount(graph, view, cell, layout) {
  const { trace } = view;
  const value = trace?.get(cell.layer)?.data[graph.offset(cell)] ?? null;
  const valueText = value === null ? '' : number(value, 3);
  const sentences = cellSentences(graph, view, cell, layout);
  const said = sentences.find(
    ({ role }) => role === 'winner' || role === 'reads' || role === 'ink',
  );
  return {
    kind: 'cell',
    cell,
    title: cell.layer,
    place: placeName(graph, cell),
    value,
    valueText,
    swatch: value === null || !trace ? null : swatch(graph, view, cell, value),
    sentences,
    ...strongParts(graph, view, cell),
    line: `${cellName(graph, cell)}${valueText && ` = ${valueText}`}. ${said?.text ?? ''}`.trim(),
  };
}

/** @param {Graph} graph @param {View} view @param {Cell} cell @param {number} value @returns {Swatch | null} */
function swatch(graph, { trace, scale }, { layer, channel }, value) {
  const range = trace && ranges(graph, trace, scale).get(layer);
  if (!range) return null;
  const { image, low, high } = range;
  return { value, layer, channel, limit: limitOf(range, channel), image, low, high };
}

// The image: it reads nothing, and says how much ink lies on each of its cells.

import { message } from '../text/messages.js';
import { short } from '../text/numbers.js';
import { percent } from '../text/shares.js';
import { account, inkOf } from './image/account.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const input = {
  reads: () => [],
  feeds: () => [],
  contributions: () => null,
  influences: () => [],
  title: () => message('image.image'),
  does: () => message('image.does'),
  is: (graph, _, cell, trace) => ink(graph, trace, cell),
  account,
};

/** @param {Graph} graph @param {Tensors | null} trace @param {Cell} cell */
function ink({ spec, ...graph }, trace, cell) {
  const value = trace?.get(cell.layer)?.data[graph.offset(cell)];
  const { rows, columns } = graph.size(cell.layer);
  const edge = Math.min(cell.row, cell.column, rows - 1 - cell.row, columns - 1 - cell.column);
  const { scale, offset } = spec.input.scaling;
  const [paper, full] = [short(offset), short(offset + scale)];
  if (edge < spec.input.border) return message('image.always-paper', { paper });
  if (value === undefined) return message('image.cell', { paper, full });
  const share = inkOf(value, spec.input.scaling);
  if (share <= 0) return message('image.no-ink');
  return share >= 1
    ? message('image.full-ink')
    : message('image.some-ink', { share: percent(share), paper, full });
}

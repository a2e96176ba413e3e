// A receipt as a table in reading order: where from, the numbers, what they add up to.

import { columnsOf, itemRow, row } from '../../kinds/parts/rows.js';
import { message } from '../../text/messages.js';

/** @import { Receipt, Table } from '../../kinds/receipt.d.ts' */

/**
 * @param {Receipt} receipt
 * @param {number} [most] rows of single terms; the others stand together as "k more"
 * @returns {Table}
 */
export function table(receipt, most = Infinity) {
  return receipt.account.table?.(receipt, most) ?? itemsTable(receipt);
}

/** @param {Receipt} receipt @returns {Table} activation, add, flatten, concat, and what still loads */
function itemsTable({ equation, name, check, valueText }) {
  const columns = columnsOf('from', ['value']);
  if (!equation)
    return { caption: `${name}: ${check}`, columns, rows: [row('total', name, [valueText])] };
  const caption =
    equation.how === 'function'
      ? message('table.function', { name, function: equation.name })
      : message('table.reads', { name });
  const rows = [...equation.items, equation.total].map((item) => itemRow(item));
  return { caption, columns, rows };
}

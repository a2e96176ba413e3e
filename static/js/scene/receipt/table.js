// A receipt as a table in reading order: where from, the numbers, what they add up to.

import { columnsOf, figure, head, roleOf, row, totalRow } from '../../kinds/parts/rows.js';
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
    return {
      caption: `${name}: ${check}`,
      columns,
      rows: [row('total', [head(name), figure(valueText)])],
    };
  const rows = equation.items.map((item) =>
    row(roleOf(item), [head(item.label, item.cell), figure(item.signedText)]),
  );
  const end = totalRow(equation, 'total', 0);
  const caption =
    equation.how === 'function'
      ? message('table.function', { name, function: equation.name })
      : message('table.reads', { name });
  return { caption, columns, rows: [...rows, end] };
}

// The account as a table, in the order in which it is read; every term leads to its cell.

import { table } from '../../scene/receipt/table.js';
import { message } from '../../text/messages.js';
import { html } from '../dom.js';

/** @import { TableCell, TableRow } from '../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from './types.d.ts' */

/** Rows of terms while pointing; all of them once the cell is pinned. */
const POINTED = 24;

/**
 * @param {Means} means
 * @returns {FormView}
 */
export function createTable({ jump }) {
  const caption = html('caption');
  const head = html('tr');
  const body = html('tbody');
  const foot = html('tfoot');
  const element = html(
    'div',
    { class: 'table', tabindex: 0, role: 'group', 'aria-label': message('table.label') },
    html('table', {}, caption, html('thead', {}, head), body, foot),
  );

  /** @param {TableCell} told */
  function cellOf({ text, header, numeric, cell }) {
    const attributes = { class: numeric ? 'numeric' : '', ...(header ? { scope: 'row' } : {}) };
    const place = html(header ? 'th' : 'td', attributes);
    if (!cell) place.append(text);
    else {
      const button = html('button', { type: 'button', class: 'jump' }, text);
      button.addEventListener('click', () => jump(cell));
      place.append(button);
    }
    return place;
  }

  /** @param {TableRow} row */
  const rowOf = ({ role, strong, cells }) =>
    html('tr', { 'data-role': role, class: strong ? 'strong' : '' }, ...cells.map(cellOf));

  return {
    element,
    /** @param {Told} told */
    show({ receipt, pinned }) {
      const told = table(receipt, pinned ? undefined : POINTED);
      caption.textContent = told.caption;
      head.replaceChildren(
        ...told.columns.map(({ text, numeric }) =>
          html('th', { scope: 'col', class: numeric ? 'numeric' : '' }, text),
        ),
      );
      const last = (/** @type {TableRow} */ { role }) => role === 'total';
      body.replaceChildren(...told.rows.filter((row) => !last(row)).map(rowOf));
      foot.replaceChildren(...told.rows.filter(last).map(rowOf));
    },
  };
}

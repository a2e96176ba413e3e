// A receipt in plain words, as a table and as code: complete, and adding up as it is read.

import { read } from '../../kinds/parts/lines.js';
import { columnsOf, itemRow, row } from '../../kinds/parts/rows.js';
import { paragraph, strong } from '../../kinds/parts/runs.js';
import { traitsOf } from '../../kinds/traits.js';
import { message } from '../../text/messages.js';
import { python } from '../../text/numbers.js';
import { field, goes } from '../sentences.js';

/** @import { Paragraph, Receipt, Table } from '../../kinds/receipt.d.ts' */

/**
 * What matters of it. An activation that is folded into what it reads goes on from there.
 *
 * @param {Receipt} receipt
 * @returns {Paragraph[]}
 */
export function gist(receipt) {
  const { origin } = receipt;
  if (!origin || receipt.diagram !== 'curve') return receipt.account.gist(receipt);
  return gist({ ...origin, after: [receipt, ...receipt.after] });
}

/**
 * @param {Receipt} receipt
 * @returns {Paragraph[]}
 */
export function words(receipt) {
  const before = receipt.origin ? words(receipt.origin) : [];
  const origin = before.filter(({ role }) => role !== 'why' && role !== 'field');
  const own = receipt.account.words(receipt);
  const after = receipt.after.map(({ sentence }) => sentence).join(' ');
  const why = receipt.why && [strong(receipt.why.title), ` ${receipt.why.text}`];
  return [
    ...origin,
    ...own,
    ...(receipt.rounding ? [paragraph('rounding', roundingPieces(receipt))] : []),
    ...(after ? [paragraph('after', [after])] : []),
    ...(receipt.diagram === 'gradient' ? [] : reach(receipt)),
    ...(why ? [paragraph('why', why)] : []),
  ];
}

/** What it sees of the image, and who reads it. */
/** @param {Receipt} receipt @returns {Paragraph[]} */
function reach({ graph, cell, after }) {
  const seen = cell.layer === graph.input ? null : field(graph, cell);
  const read = goes(graph, after.at(-1)?.cell ?? cell);
  const said = [seen, read].filter((text) => text !== null).join(' ');
  return said ? [paragraph('field', [said])] : [];
}

/** @param {Receipt} receipt */
function roundingPieces({ rounding, graph, cell, equation }) {
  const { bends } = traitsOf(graph.layer(cell.layer));
  const does = bends || equation?.how === 'function' ? 'works' : 'adds';
  if (!rounding?.value) return [message(`rounding.${does}.exact`)];
  return [message(`rounding.${does}`, { difference: rounding.text })];
}

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

const FILE = 'trace.npz';

/**
 * @param {Receipt} receipt
 * @returns {string} it loads trace.npz: the trace by layer names, weights as "conv1.weight"
 */
export function code(receipt) {
  return [
    `# ${receipt.name}`,
    'import numpy as np',
    '',
    `data = np.load("${FILE}")  # ${message('code.data')}`,
    ...(receipt.account.files?.() ?? []),
    ...receipt.account.code(receipt),
    '',
    ...(receipt.account.printed?.(receipt) ?? printed(receipt)),
    '',
  ].join('\n');
}

/**
 * What is worked out here, and what the engine has: its float32 adds with a rounding of its own,
 * which shows in the sixth digit where large terms cancel.
 *
 * @param {Receipt} receipt
 */
function printed({ graph, cell, value, rounding }) {
  if (!rounding)
    return ['print(f"{value:.9g}")', `# ${message('code.expected', { value: python(value) })}`];
  return [
    `engine = np.float64(${read(graph, cell)})  # ${message('code.float32')}`,
    `print(f"${message('code.here')}")`,
    `print(f"${message('code.engine')}")`,
    `# ${message('code.expected.both', { exact: python(rounding.exact), value: python(value) })}`,
  ];
}

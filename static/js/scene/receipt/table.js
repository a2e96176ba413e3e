// A receipt as a table in reading order: where from, the numbers, what they add up to.

import { counted } from '../../text/counts.js';
import { digitsFor, listed, number } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { sumEquation } from './equation.js';
import { blank, columnsOf, figure, head, roleOf, row, totalRow } from './rows.js';
import { at } from './shared.js';
import { convTable, denseTable } from './table_terms.js';

/** @import { InputReceipt, PoolReceipt, Receipt, SoftmaxReceipt, Table, TableRow } from './types.d.ts' */

/**
 * @param {Receipt} receipt
 * @param {number} [most] rows of single terms; the others stand together as "k more"
 * @returns {Table}
 */
export function table(receipt, most = Infinity) {
  switch (receipt.kind) {
    case 'conv':
      return convTable(receipt, most);
    case 'dense':
      return denseTable(receipt, most);
    case 'softmax':
      return softmaxTable(receipt, most);
    case 'pool':
      return poolTable(receipt);
    case 'input':
      return inputTable(receipt);
    default:
      return itemsTable(receipt);
  }
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
  const how = equation.how === 'function' ? `${equation.name} of what it reads` : 'what it reads';
  return { caption: `${name}: ${how}`, columns, rows: [...rows, end] };
}

/** Candidates and the largest; or addends, their sum, what it is divided by, the mean. */
/** @param {PoolReceipt} receipt @returns {Table} */
function poolTable({ equations, name, mode, winner }) {
  const [first, mean] = equations;
  const rows = (first?.items ?? []).map((item) => {
    const won = mode === 'max' && item.index === winner;
    const label = won ? `${item.label}, the largest` : item.label;
    const text = mode === 'max' && item.role === 'more' ? '' : item.signedText;
    return row(roleOf(item), [head(label, item.cell), figure(text)], won);
  });
  const ends = [];
  if (first) ends.push(totalRow(first, mean ? 'subtotal' : 'total', 0));
  if (mean) {
    const others = mean.items.slice(1);
    for (const item of others)
      ends.push(row(roleOf(item), [head(divided(item.label)), figure(item.signedText)]));
    ends.push(totalRow(mean, 'total', 0));
  }
  const what = {
    max: 'the largest of its window',
    sum: 'the sum of its window',
    average: 'the mean of its window',
  };
  return {
    caption: `${name}: ${what[mode]}`,
    columns: columnsOf('from', ['value']),
    rows: [...rows, ...ends],
  };
}

/** @param {string} label */
function divided(label) {
  return label === 'rounding' ? label : `divided by the number of ${label}`;
}

/** @param {SoftmaxReceipt} receipt @param {number} most @returns {Table} */
function softmaxTable(receipt, most) {
  const { rows, exponentials, sum, equations, unit, name } = receipt;
  const all = rows().toSorted((a, b) => a.rank - b.rank);
  const chosen = all
    .filter((one, i) => i < most || one.unit === unit)
    .toSorted((a, b) => a.unit - b.unit);
  const rest = all.length - chosen.length;
  const digits = equations[2]?.digits ?? digitsFor(sum);
  const shown = chosen.map((one) => ({ ...one, value: at(exponentials, one.unit) }));
  const drafts = shown.map(({ name: label, value }) => ({
    role: /** @type {const} */ ('exponential'),
    label,
    value,
  }));
  const hidden = sum - shown.reduce((total, { value }) => total + value, 0);
  if (rest) drafts.push({ role: 'exponential', label: `${rest} more`, value: hidden });
  const added = sumEquation(
    { role: 'sum', items: drafts, total: { role: 'total', label: 'sum', value: sum } },
    digits,
  );
  const body = added.items.map((item, i) => {
    const one = chosen[i];
    const cells = one
      ? [
          figure(one.scoreText),
          figure(one.differenceText),
          figure(item.signedText),
          figure(one.probabilityText),
        ]
      : [...blank(2), figure(item.signedText), ...blank(1)];
    return row(roleOf(item), [head(item.label, one?.cell), ...cells], one?.unit === unit);
  });
  const end = row('total', [head('sum'), ...blank(2), figure(added.total.signedText), ...blank(1)]);
  return {
    caption: `${name}: each score, its exponential, and its share of their sum`,
    columns: columnsOf('class', ['score', 'score − largest', 'e to that', 'share']),
    rows: [...body, ...changes(receipt), end],
  };
}

/** @param {SoftmaxReceipt} receipt @returns {TableRow[]} */
function changes({ whatIf, names, unit }) {
  return whatIf.map(({ deltaText, probabilityText }) => {
    const label = `share of ${names[unit]} with its score at ${deltaText}`;
    return row('fact', [head(label), ...blank(3), figure(probabilityText)]);
  });
}

/** @param {InputReceipt} receipt @returns {Table} */
function inputTable(receipt) {
  const { equation, name, ink, preprocess, pad, pixel, side, picture } = receipt;
  const ground = picture ? 'picture' : 'pad';
  /** @type {[string, string][]} */
  const facts = [['share of ink', percent(ink)]];
  if (pixel)
    facts.push([`pixel of the ${side.rows} × ${side.columns}`, `${pixel.row}, ${pixel.column}`]);
  if (preprocess)
    facts.push(
      [`crop box of the ${ground}: left, top, right, bottom`, edges(preprocess.crop)],
      [
        `scale, pixels ${picture ? 'the longer side' : 'a side'} of the ${ground}`,
        number(preprocess.scale, 2),
      ],
      ['centre of mass, across and down', pair(preprocess.centre, 2)],
      ['moved by columns, rows', pair(preprocess.shift, 0)],
    );
  if (pad) facts.push([`part of the ${ground}: left, top, right, bottom`, edges(pad)]);
  const rows = facts.map(([label, text]) => row('fact', [head(label), figure(text)]));
  if (!equation) return { caption: name, columns: columnsOf('what', ['value']), rows };
  const items = equation.items.map((item) =>
    row(roleOf(item), [head(item.label), figure(item.signedText)]),
  );
  return {
    caption: `${name}: how the drawing became ${counted(1, 'number')}`,
    columns: columnsOf('what', ['value']),
    rows: [...rows, ...items, totalRow(equation, 'total', 0)],
  };
}

/** @param {NonNullable<InputReceipt['pad']>} rect */
function edges({ left, top, right, bottom }) {
  return listed([left, top, right, bottom].map((edge) => number(edge, 4)));
}

/** @param {{ x: number, y: number }} point @param {number} digits */
function pair({ x, y }, digits) {
  return listed([number(x, digits), number(y, digits)]);
}

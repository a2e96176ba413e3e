// The columns of a convolution's equation, kept from cell to cell, and what each of them shows.

import { pixel } from '../../../render/colours.js';
import { own } from '../shade.js';
import { createLoneColumn, createMapColumn } from './column.js';

/** @import { ConvReceipt, Item } from '../../../kinds/receipt.d.ts' */
/** @import { Means, Told } from '../types.d.ts' */
/** @import { Column } from './column.js' */

const BIAS = 24;
const RESULT = 46;
const SMALL = 30;

/**
 * @param {object} options
 * @param {HTMLElement} options.grid
 * @param {{ rows: number, columns: number, cell: number }} options.size of the block of one map
 * @param {Means} options.means
 * @param {(map: number) => void} options.choose
 */
export function createSums({ grid, size, means, choose }) {
  /** @type {Column[]} */
  let columns = [];
  /** @type {Column | null} */
  let result = null;
  let built = '';
  /** @type {Told<ConvReceipt> | null} */
  let present = null;
  const { narrow, slim = false, jump } = means;
  /** Signs stand with the numbers instead of between them. */
  const tight = narrow || slim;

  /** @param {readonly Item[]} items */
  function build(items) {
    for (const column of columns) column.remove();
    result?.remove();
    columns = items.map(({ role }, i) => {
      const operator = i === 0 || tight ? '' : '+';
      if (role !== 'map') return createLoneColumn(operator, role === 'bias' ? BIAS : 0, role);
      return createMapColumn(operator, size, onChoose, onCell);
    });
    result = createLoneColumn(narrow ? '' : '=', slim ? SMALL : RESULT, 'total');
    grid.append(...[...columns, result].flatMap(({ elements }) => elements));
  }

  /** @param {Column} column */
  function mapOf(column) {
    return present?.receipt.equation?.items[columns.indexOf(column)]?.index ?? -1;
  }

  /** @param {Column} column */
  function onChoose(column) {
    const map = mapOf(column);
    if (map >= 0) choose(map);
  }

  /**
   * @param {Column} column
   * @param {number} tap
   */
  function onCell(column, tap) {
    const map = mapOf(column);
    const from = map < 0 ? null : present?.receipt.cellAt(map, tap);
    if (from) jump(from);
  }

  /**
   * @param {Told<ConvReceipt>} told
   * @param {number} map
   */
  function show(told, map) {
    present = told;
    const { receipt, colours } = told;
    if (!receipt.equation) return;
    const { items, total } = receipt.equation;
    const roles = items.map(({ role }) => role).filter((role) => role !== 'rounding');
    const all = roles.length === items.length ? [...items, ROUNDING] : items;
    if (built !== roles.join()) build(all);
    built = roles.join();
    all.forEach((item, i) => {
      const column = columns[i];
      if (!column) return;
      showItem(column, item, told, tight);
      if (slim) column.rename(item.short[0]);
      if (item.role === 'map') column.choose(item.index === map);
    });
    result?.say(narrow ? receipt.made : total.label, total.signedText, 0);
    if (slim) result?.rename(total.short[0]);
    const span = told.span(receipt.cell.layer, receipt.cell.channel);
    result?.planes[2]?.paint(() => pixel(colours, receipt.value, span));
  }

  return { show };
}

/**
 * @param {Column} column
 * @param {Item} item
 * @param {Told<ConvReceipt>} told
 * @param {boolean} signed
 */
function showItem(column, item, told, signed) {
  column.hide(item === ROUNDING);
  const label = item.role === 'rounding' ? item.short.join(' ') : item.label;
  column.say(label, signed ? item.sign + item.text : item.signedText, item.shown);
  if (item.role === 'map') paintMap(column, told, item.index);
  if (item.role !== 'bias') return;
  const scale = own(told.receipt.largest.product);
  column.planes[2]?.paint(() => pixel(told.colours, item.value, scale));
}

/**
 * @param {Column} column
 * @param {Told<ConvReceipt>} told
 * @param {number} map
 */
function paintMap({ planes }, { receipt, colours, span }, map) {
  const { values, kernel, products, largest, source, taps, channels } = receipt;
  const from = map * taps;
  const stage = span(source, channels[map] ?? 0);
  const weights = own(largest.kernel);
  const parts = own(largest.product);
  planes[0]?.paint((i) => pixel(colours, values[from + i] ?? 0, stage));
  planes[1]?.paint((i) => pixel(colours, kernel[from + i] ?? 0, weights));
  planes[2]?.paint((i) => pixel(colours, products[from + i] ?? 0, parts));
}

/** Stands in where nothing had to be rounded. @type {Item} */
const ROUNDING = {
  ...{ role: 'rounding', label: '', short: ['', ''], value: 0, shown: 0, units: 0 },
  ...{ sign: '+', text: '', signedText: '', from: 0, to: 0, cell: null, region: null },
  ...{ index: -1, factors: null, strong: false, count: 1 },
};

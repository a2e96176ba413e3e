// Pooling: the candidates of the window, what their activation made of them, and what is kept.

import { message } from '../../../text/messages.js';
import { writtenNear } from '../../../text/numbers.js';
import { html, say } from '../../dom.js';
import { createCurve } from '../curve.js';
import { createTiles, titled } from '../tiles.js';

/** @import { PoolReceipt } from '../../../kinds/receipt.d.ts' */
/** @import { Tile } from '../tiles.js' */
/** @import { FormView, Means, Told } from '../types.d.ts' */

const WIDE = /** @type {const} */ ({ height: 160, most: 80, result: 120 });
const NARROW = /** @type {const} */ ({ height: 131, most: 64, result: 96 });
const CURVE = 150;
/** Up to so many candidates the line above says all there is to the maximum. */
const FEW = 4;

/**
 * @param {PoolReceipt} like
 * @param {Means} means
 * @returns {FormView}
 */
export function createPoolPicture(like, means) {
  const { height, most, result: side } = means.narrow ? NARROW : WIDE;
  const after = createTiles(like.rows, like.columns, height, most, means.jump);
  const result = createTiles(1, 1, side, side, means.jump);
  const before = createBefore(like, means);
  const window = titled(after.element);
  const whole = titled(result.element);
  const sum = html('div', { class: 'sum-line' });
  const arrow = html('div', { class: 'arrow' }, message(`pool.does.${like.mode}`));
  const goes = html('p', { class: 'beside' });
  const element = html('div', { class: 'picture pooling' }, ...before.elements);
  element.append(window.element, arrow, whole.element, goes, sum);
  whole.element.classList.add('made');

  /** @param {Told} told */
  function show(told) {
    const { receipt, said, colours, span } = told;
    if (receipt.diagram !== 'window') return;
    const values = tilesOf(receipt, told);
    after.show(values, colours);
    const scale = span(receipt.cell.layer, receipt.cell.channel);
    const made = { text: receipt.valueText, value: receipt.value, span: scale };
    result.show([{ ...made, cell: null, strong: false }], colours);
    window.title(`${receipt.source}${mapOf(receipt)}`, receipt.remark);
    whole.title(`${receipt.title}${mapOf(receipt)}`);
    before.show(told, receipt, values);
    say(goes, said.goes);
    const plain = receipt.mode === 'max' && receipt.values.length <= FEW;
    say(sum, plain ? '' : receipt.equations.map(({ text }) => text).join('\n'));
  }

  return { element, show };
}

/**
 * What the candidates were before their activation, and its curve.
 *
 * @param {PoolReceipt} like
 * @param {Means} means
 */
function createBefore(like, means) {
  const { height, most } = means.narrow ? NARROW : WIDE;
  const tiles = createTiles(like.rows, like.columns, height, most, means.jump);
  const curve = createCurve(CURVE, height);
  const window = titled(tiles.element);
  const graph = titled(curve.element);
  const elements = [window.element, graph.element];

  /**
   * @param {Told} told
   * @param {PoolReceipt} receipt
   * @param {readonly Tile[]} values
   */
  function show({ colours, span }, receipt, values) {
    const { before, inside, winner, cell } = receipt;
    for (const element of elements) element.hidden = !before;
    if (!before) return;
    const scale = span(before.layer, cell.channel);
    const wanted = values.map((tile, i) => {
      const value = before.values[i] ?? 0;
      const from = tile.cell && { ...tile.cell, layer: before.layer };
      const text = inside[i] ? writtenNear(value, receipt.digits) : '';
      return { text, value, span: scale, cell: from, strong: false };
    });
    tiles.show(wanted, colours);
    const points = wanted.map(({ value }, i) => ({
      ...{ before: value, after: receipt.values[i] ?? 0, strong: i === winner },
    }));
    const real = points.filter((_, i) => inside[i]);
    curve.show(before.curve, real, colours, scale);
    window.title(
      `${before.layer}${mapOf(receipt)}`,
      message('pool.before', { activation: before.activation }),
    );
    graph.title(before.activation);
  }

  return { elements, show };
}

/**
 * @param {PoolReceipt} receipt
 * @param {Told} told
 * @returns {Tile[]}
 */
function tilesOf(receipt, { span }) {
  const { values, inside, winner, source, cell } = receipt;
  const scale = span(source, cell.channel);
  return [...values].map((value, i) => ({
    text: inside[i] ? writtenNear(value, receipt.digits) : message('padding'),
    ...{ value, span: scale, cell: receipt.cellAt(i), strong: i === winner },
  }));
}

/** @param {PoolReceipt} receipt */
function mapOf({ cell }) {
  return ` [${cell.channel}]`;
}

// Pictures of tiles: the candidates of a window and what is kept; the parts of a sum and what they make.

import { message } from '../../../text/messages.js';
import { writtenNear } from '../../../text/numbers.js';
import { html, say } from '../../dom.js';
import { createCurve } from '../curve.js';
import { createMade, createTiles, titled } from '../tiles.js';

/** @import { PoolReceipt, Receipt } from '../../../kinds/receipt.d.ts' */
/** @import { Tile } from '../tiles.js' */
/** @import { FormView, Means, Told } from '../types.d.ts' */

const WIDE = /** @type {const} */ ({ height: 160, most: 80, result: 120 });
const NARROW = /** @type {const} */ ({ height: 131, most: 64, result: 96 });
const CURVE = 150;
/** A part of a sum, px. */
const PART = 120;
/** Up to so many candidates the line above says all there is to the maximum. */
const FEW = 4;

/**
 * Pooling: the candidates of the window, what their activation made of them, and what is kept.
 *
 * @param {PoolReceipt} like
 * @param {Means} means
 * @returns {FormView}
 */
export function createPoolPicture(like, means) {
  const { height, most, result: side } = means.narrow ? NARROW : WIDE;
  const after = createTiles(like.rows, like.columns, height, most, means.jump);
  const before = createBefore(like, means);
  const window = titled(after.element);
  const made = createMade(side, means.jump);
  const sum = html('div', { class: 'sum-line' });
  const arrow = html('div', { class: 'arrow' }, message(`pool.does.${like.mode}`));
  const goes = html('p', { class: 'beside' });
  const element = html('div', { class: 'picture pooling' }, ...before.elements);
  element.append(window.element, arrow, made.element, goes, sum);

  /** @param {Told} told */
  function show(told) {
    const { receipt, said, colours } = told;
    if (receipt.diagram !== 'window') return;
    const values = tilesOf(receipt, told);
    after.show(values, colours);
    window.title(`${receipt.source}${mapOf(receipt)}`, receipt.remark);
    made.show(told, `${receipt.title}${mapOf(receipt)}`);
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

/**
 * Whatever has few parts: the values that are added, joined or passed on, and what they make.
 *
 * @param {Receipt} like
 * @param {Means} means
 * @returns {FormView}
 */
export function createPartsPicture(like, means) {
  const items = like.equation?.items ?? [];
  const tiles = items.map(() => createTiles(1, 1, PART, PART, means.jump));
  const made = createMade(PART, means.jump);
  const blocks = tiles.map(({ element }) => titled(element));
  const curve = createCurve(160, 160);
  const name = like.equation?.name ?? '';
  const quotient = like.equation?.how === 'quotient';
  const signBefore = (/** @type {number} */ i) => i > 0 && sign(quotient && i === 1 ? '÷' : '+');
  const row = blocks.flatMap(({ element }, i) => [signBefore(i), element]);
  const sentence = html('p', { class: 'beside' });
  const sum = html('div', { class: 'sum-line' });
  const element = html(
    'div',
    { class: 'picture pooling' },
    ...row.filter((part) => part !== false),
    like.diagram === 'curve' && curve.element,
    ...[sign(name || '='), made.element, sentence, sum],
  );

  /** @param {Told} told */
  function show(told) {
    const { receipt, colours, span } = told;
    const { equation } = receipt;
    equation?.items.forEach((item, i) => {
      const { signedText: text, value } = item;
      const cell = item.cell ?? (receipt.diagram === 'curve' ? receipt.source : null);
      const { layer, channel } = cell ?? receipt.cell;
      const tile = { text, value, span: span(layer, channel), cell, strong: false };
      tiles[i]?.show([tile], colours);
      blocks[i]?.title(item.label);
    });
    made.show(told, receipt.title);
    say(sum, receipt.equations.map(({ text }) => text).join('\n'));
    if (receipt.diagram !== 'curve') return;
    const from = span(receipt.source.layer, receipt.source.channel);
    const point = { before: receipt.before, after: receipt.afterValue, strong: true };
    curve.show(receipt.curve, [point], colours, from);
    say(sentence, receipt.sentence);
  }

  return { element, show };
}

/** @param {string} text */
function sign(text) {
  return html('div', { class: text.length > 1 ? 'arrow' : 'arrow plain' }, text);
}

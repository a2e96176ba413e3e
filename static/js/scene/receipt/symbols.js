// The symbolic line of each kind's formula: indices are those of the arrays in NumPy.

import {
  cellMath,
  indexOf,
  indexed,
  list,
  math,
  mfrac,
  mi,
  mn,
  mo,
  mrow,
  msub,
  msup,
  munder,
  shifted,
  sumOver,
} from './mathml.js';

/** @import { ActivationReceipt, AddReceipt, ConvReceipt, DenseReceipt, InputReceipt, MathNode, PassReceipt, PoolReceipt, Receipt, SoftmaxReceipt } from './types.d.ts' */

/** @param {Receipt} receipt @returns {MathNode | null} null where nothing is worked out */
export function symbolic(receipt) {
  const right = rightSide(receipt);
  return right && math(cellMath(receipt.graph, receipt.cell), mo('='), ...right);
}

/** @param {Receipt} receipt @returns {MathNode[] | null} */
function rightSide(receipt) {
  switch (receipt.kind) {
    case 'conv':
      return conv(receipt);
    case 'dense':
      return dense(receipt);
    case 'pool':
      return pool(receipt);
    case 'activation':
      return activation(receipt);
    case 'softmax':
      return softmax(receipt);
    case 'pass':
      return [cellMath(receipt.graph, receipt.source)];
    case 'add':
      return add(receipt);
    case 'input':
      return input(receipt);
    default:
      return null;
  }
}

/** First row and column of a window, negative in the padding. */
/** @param {ConvReceipt | PoolReceipt} receipt */
export function cornerOf({ graph, cell }) {
  const { stride, padding } = graph.layer(cell.layer);
  return { top: cell.row * stride[0] - padding[0], left: cell.column * stride[1] - padding[1] };
}

/** @param {ConvReceipt} receipt */
function conv(receipt) {
  const { source, maps, rows, columns, cell } = receipt;
  const { top, left } = cornerOf(receipt);
  const map = maps > 1 ? 'i' : 0;
  return [
    ...(maps > 1 ? [sumOver('i', maps - 1)] : []),
    ...[sumOver('a', rows - 1), sumOver('b', columns - 1)],
    ...[indexed(source, map, shifted(top, 'a'), shifted(left, 'b')), mo('·')],
    ...[msub(mi('w'), list(cell.channel, map, 'a', 'b')), mo('+'), msub(mi('b'), mn(cell.channel))],
  ];
}

/** @param {DenseReceipt} receipt */
function dense({ folded, source, count, cell, graph }) {
  const weight = msub(mi('w'), list(cell.channel, 'j'));
  const maps = graph.size(source).unit ? source : `flat(${source})`;
  const name = folded.layer === source ? maps : source;
  return [
    ...[sumOver('j', count - 1), indexed(name, 'j'), mo('·'), weight],
    ...[mo('+'), msub(mi('b'), mn(cell.channel))],
  ];
}

/** @param {PoolReceipt} receipt */
function pool(receipt) {
  const { mode, source, rows, columns, cell, divisor } = receipt;
  const { top, left } = cornerOf(receipt);
  const read = indexed(source, cell.channel, shifted(top, 'a'), shifted(left, 'b'));
  if (mode === 'max') {
    const range = (/** @type {string} */ name, /** @type {number} */ end) => [
      ...[mn(0), mo('≤'), mi(name), mo('<'), mn(end)],
    ];
    return [munder(mo('max'), mrow(...range('a', rows), mo(','), ...range('b', columns))), read];
  }
  const sums = [sumOver('a', rows - 1), sumOver('b', columns - 1), read];
  return divisor === 1 ? sums : [mfrac(mn(1), mn(divisor)), ...sums];
}

/** @param {ActivationReceipt} receipt */
function activation({ function: name, source, graph }) {
  const read = cellMath(graph, source);
  if (name === 'relu') return [mo('max'), mo('('), mn(0), mo(','), read, mo(')')];
  if (name === 'tanh') return [mi('tanh'), mo('('), read, mo(')')];
  const power = msup(mi('e'), mrow(mo('−'), read));
  return [mfrac(mn(1), mrow(mn(1), mo('+'), power))];
}

/** @param {SoftmaxReceipt} receipt */
function softmax({ source, unit, graph, cellAt, scores }) {
  const power = (/** @type {MathNode} */ score) => msup(mi('e'), mrow(score, mo('−'), mi('m')));
  const own = cellMath(graph, cellAt(unit));
  const all = mrow(sumOver('j', scores.length - 1), power(indexed(source, 'j')));
  const largest = mrow(munder(mo('max'), mi('j')), indexed(source, 'j'));
  return [mfrac(power(own), all), mo(','), mi('m'), mo('='), largest];
}

/** @param {AddReceipt} receipt */
function add({ parts, graph }) {
  return parts.flatMap(({ cell }, i) => {
    const read = indexed(cell.layer, ...indexOf(graph, cell));
    return i ? [mo('+'), read] : [read];
  });
}

/** @param {InputReceipt} receipt */
function input({ pixel, scaling }) {
  const ink = pixel ? indexed('ink', pixel.row, pixel.column) : mi('paper');
  if (scaling.scale === 1 && scaling.offset === 0) return [ink];
  return [ink, mo('·'), mi('scale'), mo('+'), mi('offset')];
}

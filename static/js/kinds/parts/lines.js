// Lines of NumPy that several kinds of layer need: names, indices, the window in what is read.

import { pairText, bracketed } from '../../text/numbers.js';
import { message } from '../../text/messages.js';
import { sentences } from '../../text/sentences.js';
import { channelNoun } from '../traits.js';
import { indexOf } from './mathml.js';

/** @import { Cell, Graph } from '../receipt.d.ts' */

/** @param {Graph} graph @param {Cell} cell @returns {string} the cell in the trace: data["conv2"][7, 7, 3] */
export function read(graph, cell) {
  return `data[${quoted(cell.layer)}][${indexOf(graph, cell).join(', ')}]`;
}

/** @param {string} layer @returns {string} all its cells, in float64 */
export function readAll(layer) {
  return `data[${quoted(layer)}].astype(np.float64)`;
}

/** @param {string} name a layer's, or a parameter's @returns {string} */
export function quoted(name) {
  return JSON.stringify(name);
}

/** @param {Graph} graph @param {string} layer @returns {string} what makes one row of its maps */
export function flat(graph, layer) {
  return graph.layer(layer).shape.length === 1 ? '' : '.ravel()';
}

/** @param {number} value @returns {string} as Python reads it inside a formula */
export function ascii(value) {
  return bracketed(String(value), value < 0);
}

/**
 * The layer that it reads, with padding, and where the window begins in it.
 * @param {Graph} graph
 * @param {Cell} cell
 * @param {string} source
 * @param {string} [around] of the padding, as NumPy writes it
 */
export function windowLines(graph, cell, source, around = '0') {
  const { kernel, stride, padding, dilation } = graph.layer(cell.layer);
  const [high, wide] = padding;
  const { channels, rows, columns } = graph.size(source);
  const reads = { channels, noun: channelNoun(graph, source), size: pairText([rows, columns]) };
  const pad =
    high || wide
      ? [
          `x = np.pad(x, ((0, 0), (${high}, ${high}), (${wide}, ${wide})), constant_values=${around})  # ${message('padding')}`,
        ]
      : [];
  return [
    `x = ${readAll(source)}  # ${sentences().codeReads(reads)}`,
    ...pad,
    `channel, row, column = ${cell.channel}, ${cell.row}, ${cell.column}`,
    `rows, columns = ${kernel[0]}, ${kernel[1]}  # ${message('code.of-window')}`,
    `top, left = row * ${stride[0]}, column * ${stride[1]}  # ${message('code.stride', { stride: stride.join(', ') })}`,
    ...(dilation.some((apart) => apart > 1)
      ? [
          `down, across = ${dilation.join(', ')}  # ${message('code.dilation', { dilation: dilation.join(', ') })}`,
        ]
      : []),
  ];
}

/**
 * @param {string} maps as NumPy indexes them
 * @param {readonly [number, number]} [apart] how far its cells lie apart
 * @returns {string} the window that `windowLines` prepared, in those maps
 */
export function windowCode(maps, apart = [1, 1]) {
  return apart.some((far) => far > 1)
    ? `x[${maps}, top : top + rows * down : down, left : left + columns * across : across]`
    : `x[${maps}, top : top + rows, left : left + columns]`;
}

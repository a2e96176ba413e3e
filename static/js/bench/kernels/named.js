// The kernels that have a name: those of the essay's table, Sobel's two, and one that embosses.

import { matrixOf, rowsOf } from '../../geometry/matrix.js';
import { message } from '../../text/messages.js';
import { number, short } from '../../text/numbers.js';
import { floats } from '../arrays.js';

/** @import { Matrix } from '../../geometry/matrix.js' */
/** @import { Tensors } from '../../geometry/types.d.ts' */
/** @import { Given } from '../types.d.ts' */

/**
 * @typedef {object} NamedKernel
 * @property {'identity' | 'corners' | 'four' | 'eight' | 'sharpen' | 'box' | 'gauss' | 'upright' | 'level' | 'emboss'} name
 * @property {readonly (readonly number[])[]} rows whole numbers
 * @property {number} by what all of them are divided by
 */

/**
 * A kernel as it is shown: its words, its numbers, and which map it makes.
 *
 * @typedef {object} Kernel
 * @property {string} name
 * @property {string} does
 * @property {string} divided
 * @property {readonly (readonly string[])[]} written
 * @property {Matrix} matrix
 * @property {number} bias
 * @property {string} layer
 * @property {number} channel
 */

/** @type {readonly NamedKernel[]} */
// prettier-ignore
export const NAMED = [
  { name: 'identity', by: 1, rows: [[0, 0, 0], [0, 1, 0], [0, 0, 0]] },
  { name: 'corners', by: 1, rows: [[1, 0, -1], [0, 0, 0], [-1, 0, 1]] },
  { name: 'four', by: 1, rows: [[0, 1, 0], [1, -4, 1], [0, 1, 0]] },
  { name: 'eight', by: 1, rows: [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]] },
  { name: 'sharpen', by: 1, rows: [[0, -1, 0], [-1, 5, -1], [0, -1, 0]] },
  { name: 'box', by: 9, rows: [[1, 1, 1], [1, 1, 1], [1, 1, 1]] },
  { name: 'gauss', by: 16, rows: [[1, 2, 1], [2, 4, 2], [1, 2, 1]] },
  { name: 'upright', by: 1, rows: [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]] },
  { name: 'level', by: 1, rows: [[-1, -2, -1], [0, 0, 0], [1, 2, 1]] },
  { name: 'emboss', by: 1, rows: [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]] },
];

/** @param {NamedKernel} kernel */
export function weightsOf({ rows, by }) {
  return matrixOf(rows.map((row) => row.map((value) => value / by)));
}

/** @returns {Given} the weights of all of them, for one layer */
export function namedWeights() {
  return floats([NAMED.length, 1, 3, 3], NAMED.map((one) => weightsOf(one).values).flat());
}

/**
 * All that a section shows: those with a name, and behind them those that a network has learnt.
 *
 * @param {Tensors} weights
 * @param {string} many the layer of those with a name
 * @param {string} learnt the layer of the others
 * @returns {Kernel[]}
 */
export function kernelsIn(weights, many, learnt) {
  return [...namedKernels(many), ...learntKernels(weights, learnt)];
}

/** @param {string} layer @returns {Kernel[]} */
function namedKernels(layer) {
  return NAMED.map((one, channel) => ({
    name: message(`bench.kernels.${one.name}`),
    does: message(`bench.kernels.${one.name}.does`),
    divided: one.by === 1 ? '' : message('bench.kernels.divided', { by: one.by }),
    written: one.rows.map((row) => row.map(short)),
    ...{ matrix: weightsOf(one), bias: 0, layer, channel },
  }));
}

/** @param {Tensors} weights @param {string} layer @returns {Kernel[]} */
function learntKernels(weights, layer) {
  const [weight, bias] = ['weight', 'bias'].map((part) => weights.get(`${layer}.${part}`));
  const [count = 0, , rows = 0, columns = 0] = weight?.shape ?? [];
  return Array.from({ length: count }, (_, channel) => {
    const area = rows * columns;
    const values = Array.from(weight?.data.subarray(channel * area, (channel + 1) * area) ?? []);
    const matrix = { rows, columns, values };
    return {
      name: message('bench.kernels.learnt', { channel }),
      does: message('bench.kernels.learnt.does'),
      divided: message('bench.kernels.biased', { bias: number(bias?.data[channel] ?? 0, 3) }),
      written: rowsOf(matrix).map((row) => row.map((value) => number(value, 2))),
      ...{ matrix, bias: bias?.data[channel] ?? 0, layer, channel },
    };
  });
}

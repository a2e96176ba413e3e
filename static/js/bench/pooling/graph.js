// What the server is asked about pooling: maps, the same of the moved picture behind them, and how far
// those are from these.

import { floats } from '../arrays.js';

/** @import { Matrix } from '../../geometry/matrix.js' */
/** @import { Tensor } from '../../geometry/types.d.ts' */
/** @import { LayerBody, MoveBody } from '../../wire/types.d.ts' */
/** @import { Asked, Given as Array } from '../types.d.ts' */

/** @typedef {Asked['input']} Input */
/** @typedef {'max' | 'average' | 'sum' | 'l2'} Mode */
/** Rows down, columns to the right, degrees counter-clockwise, percent. @typedef {Record<'down' | 'right' | 'rotation' | 'scale', number>} Placed */
/** Kernels that read a single map. @typedef {{ weight: Array, bias: Array }} Kernels */

/** What the layers are called. */
const CONV = 'conv';
export const RELU = 'relu';
/** @type {readonly Mode[]} */
export const MODES = ['max', 'average', 'sum', 'l2'];
/** @param {Mode} mode @returns {string} */
export const poolOf = (mode) => `pool_${mode}`;
/** Shifts that are compared whatever else is done to the picture. */
export const SHIFTS = [1, 2, 3, 4, 5, 6];
/** @type {Readonly<Placed>} */
export const STILL = { down: 0, right: 0, rotation: 0, scale: 100 };

/** @param {Readonly<Placed>} given */
export function isMoved({ down, right, rotation, scale }) {
  return [down, right, rotation, scale - STILL.scale].some((one) => one !== 0);
}

/** @param {Readonly<Placed>} given @returns {MoveBody} */
function moveOf({ down, right, rotation, scale }) {
  return { down, right, rotation, scale: scale / 100 };
}

/** The picture as it is moved comes with what any graph of it gives. @param {Input} input @param {Readonly<Placed>} placed @returns {Asked} */
export function movedPicture(input, placed) {
  return { input, layers: [reluOf('input')], weights: {}, moves: [moveOf(placed)] };
}

/**
 * @param {object} options
 * @param {Input} options.input
 * @param {Tensor | null} options.moved the same, moved; null where it is not
 * @param {Kernels | null} options.kernels
 * @param {Readonly<Placed & { modes: readonly Mode[], window: number, stride: number }>} options.given
 * @returns {Asked}
 */
export function graphOf({ input, moved, kernels, given }) {
  const moves = [moveOf(given), ...SHIFTS.map((right) => ({ right }))];
  const whole = { input: moved ? joined(input, moved) : input, moves };
  if (!kernels) return { ...whole, layers: pools(given, 'input'), weights: {} };
  const layers = [convolution(kernels, moved !== null), reluOf(CONV), ...pools(given, RELU)];
  return { ...whole, layers, weights: weightsOf(kernels, moved !== null) };
}

/** One behind the other, bytes as shares of 255. @param {Input} input @param {Tensor} moved (1, channels, rows, columns) @returns {Array} */
function joined({ shape: [channels = 1, ...sides], data }, moved) {
  const whole = data instanceof Uint8Array ? 255 : 1;
  const before = Array.from(data, (value) => value / whole);
  return floats([2 * channels, ...sides], [...before, ...Array.from(moved.data)]);
}

/** @param {string} source @returns {LayerBody} */
const reluOf = (source) => ({ name: RELU, kind: 'relu', inputs: [source] });

/** Each kernel reads the picture, and then each the moved one. @param {Kernels} kernels @param {boolean} twice @returns {LayerBody} */
function convolution({ weight: { shape } }, twice) {
  const [count = 0, , rows = 1, columns = 1] = shape;
  const reads = [0, ...(twice ? [1] : [])];
  return {
    ...{ name: CONV, kind: 'conv', inputs: ['input'], channels: reads.length * count },
    ...{ kernel: [rows, columns], stride: [1, 1], padding: [0, 0] },
    ...(twice
      ? { connections: reads.flatMap((map) => Array.from({ length: count }, () => [map])) }
      : {}),
  };
}

/** Each kernel has a slice of zeros for the picture that it does not read. @param {Kernels} kernels @param {boolean} twice @returns {Asked['weights']} */
function weightsOf({ weight, bias }, twice) {
  if (!twice) return { [`${CONV}.weight`]: weight, [`${CONV}.bias`]: bias };
  const [count = 0, , rows = 1, columns = 1] = weight.shape;
  const area = rows * columns;
  const slices = new Float32Array(4 * count * area);
  for (let i = 0; i < 2 * count; i++) {
    const [kernel, map] = [i % count, Math.floor(i / count)];
    const slice = weight.data.subarray(kernel * area, (kernel + 1) * area);
    slices.set(slice, (2 * i + map) * area);
  }
  return {
    [`${CONV}.weight`]: floats([2 * count, 2, rows, columns], slices),
    [`${CONV}.bias`]: floats(
      [2 * count],
      Float32Array.from({ length: 2 * count }, (_, i) => bias.data[i % count] ?? 0),
    ),
  };
}

/** @param {Readonly<{ modes: readonly Mode[], window: number, stride: number }>} given @param {string} source @returns {LayerBody[]} */
function pools({ modes, window, stride }, source) {
  return modes.map((mode) => ({
    ...{ name: poolOf(mode), kind: 'pool', inputs: [source], mode },
    ...{ kernel: [window, window], stride: [stride, stride], padding: [0, 0] },
  }));
}

/** @param {readonly Matrix[]} kernels of one size @returns {Kernels} */
export function kernelsOf(kernels) {
  const [{ rows, columns } = { rows: 0, columns: 0 }] = kernels;
  const count = kernels.length;
  return {
    weight: floats(
      [count, 1, rows, columns],
      kernels.flatMap(({ values }) => values),
    ),
    bias: floats([count], new Float32Array(count)),
  };
}

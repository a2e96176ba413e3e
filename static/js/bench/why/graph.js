// What makes the maps of a convolution otherwise: each place with weights of its own, or every place
// reading everything, or both; run on the drawing made small, and described in full size.

import { parameterCount } from '../../kinds/traits.js';
import { rowsOf } from '../../geometry/matrix.js';
import { describedIn } from '../../wire/operations.js';
import { floats } from '../arrays.js';

/** @import { Matrix } from '../../geometry/matrix.js' */
/** @import { Tensor } from '../../geometry/types.d.ts' */
/** @import { Shown } from '../../stage/state.js' */
/** @import { GraphLayer, LayerBody } from '../../wire/types.d.ts' */
/** @import { Asked, Picture } from '../types.d.ts' */

/**
 * @typedef {object} Given
 * @property {Picture} drawing
 * @property {Matrix} kernel of what is run small
 * @property {number} maps of what is counted in full size
 * @property {number} size rows and columns of its kernel
 */

/** Local or not, shared or not: layers of what is run, and of what is described. */
export const CASES = /** @type {const} */ (['shared', 'local', 'wide', 'all']);
/** Cells of the drawing, on each side, that become one cell of what is run. */
const SMALLER = 3;
/** Weights far from the kernel's place are as before any training: at random, up to this. */
const FAR = 0.25;
/** Layers behind, as in LeNet: kernels, their rows and columns, units. */
const AFTER = { kernels: 16, size: 5, units: 120 };

/** @param {Readonly<Given>} given @param {Asked['input']} input @returns {Asked} */
export function graphOf({ kernel, maps, size }, input) {
  const [, rows = 0, columns = 0] = input.shape;
  const side = Math.floor(Math.min(rows, columns) / SMALLER);
  const made = side - kernel.rows + 1;
  const wide = side + made - 1;
  /** @param {(down: number, right: number, place: { row: number, column: number }) => number} weight from the place down and to the right */
  const dense = (weight) => {
    const all = places(made).flatMap((place) =>
      places(side).map(({ row, column }) => weight(row - place.row, column - place.column, place)),
    );
    return floats([made * made, side * side], all);
  };
  const here = (/** @type {{ row: number, column: number }} */ place) =>
    turned(kernel, 2 * Math.floor((2 * place.row) / made) + Math.floor((2 * place.column) / made));
  const weights = {
    shared: floats([1, 1, kernel.rows, kernel.columns], kernel.values),
    local: dense((down, right, place) => weightAt(here(place), down, right) ?? 0),
    wide: floats(
      [1, 1, wide, wide],
      places(wide).map(({ row, column }) => {
        const [down, right] = [row - made + 1, column - made + 1];
        return weightAt(kernel, down, right) ?? far(down, right, 0);
      }),
    ),
    all: dense(
      (down, right, place) =>
        weightAt(here(place), down, right) ?? far(down, right, place.row * made + place.column),
    ),
  };
  const square = (/** @type {number} */ one) => /** @type {[number, number]} */ ([one, one]);
  const sliding = (/** @type {number} */ k, /** @type {number} */ p) => ({
    ...{ kernel: square(k), padding: square(p), stride: square(1), channels: 1 },
  });
  return {
    input,
    describe: described({ maps, size, side: Math.min(rows, columns) }),
    layers: [
      {
        ...{ name: 'small', kind: 'pool', mode: 'average', inputs: ['input'] },
        ...{ kernel: square(SMALLER), stride: square(SMALLER), padding: square(0) },
      },
      { name: 'shared', kind: 'conv', inputs: ['small'], ...sliding(kernel.rows, 0) },
      { name: 'local', kind: 'dense', inputs: ['small'], channels: made * made },
      { name: 'wide', kind: 'conv', inputs: ['small'], ...sliding(wide, made - 1) },
      { name: 'all', kind: 'dense', inputs: ['small'], channels: made * made },
    ],
    weights: Object.fromEntries(
      Object.entries(weights).flatMap(([name, weight]) => [
        [`${name}.weight`, weight],
        [`${name}.bias`, floats([weight.shape[0] ?? 0], new Float32Array(weight.shape[0] ?? 0))],
      ]),
    ),
  };
}

/**
 * The layers that are counted: the four, and what stands behind the first one with pooling and without.
 *
 * @param {{ maps: number, size: number, side: number }} sizes
 * @returns {LayerBody[]}
 */
function described({ maps, size, side }) {
  const made = side - size + 1;
  const pair = (/** @type {number} */ one) => /** @type {[number, number]} */ ([one, one]);
  /** @param {string} name @param {string} reads @param {number} kernel @param {number} channels @param {number} [padding] @returns {LayerBody} */
  const sliding = (name, reads, kernel, channels, padding = 0) => ({
    ...{ name, kind: 'conv', inputs: [reads], channels, kernel: pair(kernel) },
    ...{ stride: pair(1), padding: pair(padding) },
  });
  const everything = /** @type {const} */ ({ kind: 'dense', channels: maps * made * made });
  const pools = /** @type {const} */ ({ kind: 'pool', padding: [0, 0] });
  const { kernels, units } = AFTER;
  return [
    sliding('shared', 'input', size, maps),
    // Of as many cells as a window has: what one unit reads.
    {
      ...{ ...pools, name: 'window', mode: 'average', inputs: ['input'] },
      ...{ kernel: pair(made), stride: pair(1) },
    },
    { ...everything, name: 'local', inputs: ['window'] },
    sliding('wide', 'input', side + made - 1, maps, made - 1),
    { ...everything, name: 'all', inputs: ['input'] },
    { ...pools, name: 'pooled', mode: 'max', inputs: ['shared'], kernel: [2, 2], stride: [2, 2] },
    sliding('next', 'pooled', AFTER.size, kernels),
    { name: 'units', kind: 'dense', inputs: ['next'], channels: units },
    sliding('next_whole', 'shared', AFTER.size, kernels),
    { name: 'units_whole', kind: 'dense', inputs: ['next_whole'], channels: units },
  ];
}

/** What the server says of them, by layer. @param {Shown} shown @returns {(name: string) => { parameters: number, multiplied: number }} */
export function countsIn(shown) {
  const layers = describedIn(shown)?.layers ?? [];
  return (name) => {
    const layer = layers.find((/** @type {GraphLayer} */ one) => one.name === name);
    return {
      parameters: layer ? parameterCount(layer) : 0,
      multiplied: layer?.multiply_adds ?? 0,
    };
  };
}

/** @param {number} size */
function places(size) {
  return Array.from({ length: size * size }, (_, i) => ({
    row: Math.floor(i / size),
    column: i % size,
  }));
}

/** @param {Matrix} kernel @param {number} down @param {number} right @returns {number | undefined} undefined beside it */
function weightAt({ rows, columns, values }, down, right) {
  if (down < 0 || right < 0 || down >= rows || right >= columns) return undefined;
  return values[down * columns + right];
}

/** @param {Matrix} kernel a square @param {number} quarters of a turn @returns {Matrix} */
function turned(kernel, quarters) {
  let rows = rowsOf(kernel);
  for (let turn = 0; turn < quarters; turn++)
    rows = rows.map((_, i) => rows.map((row) => row[row.length - 1 - i] ?? 0));
  return { ...kernel, values: rows.flat() };
}

/** The same weight for the same place, at random otherwise. @param {...number} places */
function far(...places) {
  let state = 2166136261;
  for (const place of places) state = Math.imul(state ^ (place + 1000), 16777619);
  state = Math.imul(state ^ (state >>> 15), 2246822507);
  return FAR * (((state ^ (state >>> 13)) >>> 0) / 2 ** 31 - 1);
}

// Activations as functions: their graph in data space, and what they make of one number.

import { times } from '../../text/numbers.js';
import { at, dataOf, largestOf } from './shared.js';

/** @import { AnyLayer, Tensors } from '../../geometry/types.d.ts' */
/** @import { Curve, FunctionName } from './types.d.ts' */

const SAMPLES = 65; // odd: one of them is 0

/**
 * @typedef {object} Scaled a function, times the first number, of what it reads times the second
 * @property {FunctionName} name
 * @property {(z: number) => number} compute
 * @property {string} formula
 * @property {number} low
 * @property {number} high Infinity where it has no bound
 * @property {readonly [outer: number, inner: number]} times
 */

const ONCE = /** @type {const} */ ([1, 1]);

/** @type {Record<FunctionName, (layer: AnyLayer) => Scaled>} */
const FUNCTIONS = {
  relu: () => ({
    ...{ name: 'relu', compute: (z) => Math.max(0, z), formula: 'max(0, z)' },
    ...{ low: 0, high: Infinity, times: ONCE },
  }),
  tanh: ({ amplitude = 1, slope = 1 }) => ({
    ...{ name: 'tanh', compute: (z) => amplitude * Math.tanh(slope * z) },
    formula: `${times(amplitude)}tanh(${times(slope)}z)`,
    ...{ low: -amplitude, high: amplitude, times: [amplitude, slope] },
  }),
  sigmoid: () => ({
    ...{ name: 'sigmoid', compute: (z) => 1 / (1 + Math.exp(-z)), formula: '1 / (1 + e⁻ᶻ)' },
    ...{ low: 0, high: 1, times: ONCE },
  }),
};

/** @param {AnyLayer} layer an activation @returns {Scaled} */
export function functionOf(layer) {
  return FUNCTIONS[/** @type {FunctionName} */ (layer.kind)](layer);
}

/** @param {AnyLayer['kind']} kind @returns {kind is FunctionName} */
export function isFunction(kind) {
  return kind in FUNCTIONS;
}

/**
 * @param {AnyLayer} layer an activation
 * @param {Tensors} trace
 * @param {string} source the layer that it reads: its largest magnitude is the limit
 * @returns {Curve}
 */
export function curveOf(layer, trace, source) {
  const limit = largestOf(dataOf(trace, source)) || 1;
  const { name, compute, formula, low, high } = functionOf(layer);
  const ends = name === 'relu' ? 3 : SAMPLES; // relu is two straight lines
  const x = Float64Array.from({ length: ends }, (_, i) => limit * ((2 * i) / (ends - 1) - 1));
  const y = x.map(compute);
  return { name, formula, x, y, limit, low, high: name === 'relu' ? at(y, 2) : high };
}

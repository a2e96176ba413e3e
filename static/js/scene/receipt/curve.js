// Activations as functions: their graph in data space, and what they make of one number.

import { at, dataOf, largestOf } from './shared.js';

/** @import { AnyLayer, Tensors } from '../../geometry/types.d.ts' */
/** @import { Curve, FunctionName } from './types.d.ts' */

const SAMPLES = 65; // odd: one of them is 0

/** @type {Record<FunctionName, { compute: (z: number) => number, formula: string, low: number }>} */
const FUNCTIONS = {
  relu: { compute: (z) => Math.max(0, z), formula: 'max(0, z)', low: 0 },
  tanh: { compute: Math.tanh, formula: 'tanh(z)', low: -1 },
  sigmoid: { compute: (z) => 1 / (1 + Math.exp(-z)), formula: '1 / (1 + e⁻ᶻ)', low: 0 },
};

/** @param {AnyLayer['kind']} kind @returns {kind is FunctionName} */
export function isFunction(kind) {
  return kind in FUNCTIONS;
}

/** @param {FunctionName} name @param {number} z */
export function applied(name, z) {
  return FUNCTIONS[name].compute(z);
}

/**
 * @param {FunctionName} name
 * @param {Tensors} trace
 * @param {string} source the layer that it reads: its largest magnitude is the limit
 * @returns {Curve}
 */
export function curveOf(name, trace, source) {
  const limit = largestOf(dataOf(trace, source)) || 1;
  const { compute, formula, low } = FUNCTIONS[name];
  const ends = name === 'relu' ? 3 : SAMPLES; // relu is two straight lines
  const x = Float64Array.from({ length: ends }, (_, i) => limit * ((2 * i) / (ends - 1) - 1));
  const y = x.map(compute);
  return { name, formula, x, y, limit, low, high: name === 'relu' ? at(y, 2) : 1 };
}

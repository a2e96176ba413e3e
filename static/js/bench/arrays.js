// What is given as arrays, as the server wants them.

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { Given } from './types.d.ts' */

/** @param {readonly number[]} shape @param {Iterable<number>} values @returns {Given} */
export function floats(shape, values) {
  return { dtype: 'F32', shape, data: Float32Array.from(values) };
}

/** @param {Matrix} matrix @returns {Given} a single map */
export function mapOf({ rows, columns, values }) {
  return floats([1, rows, columns], values);
}

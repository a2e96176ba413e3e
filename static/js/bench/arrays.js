// What is given as arrays, as the server wants them.

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { Tensors } from '../geometry/types.d.ts' */
/** @import { Asked, Given } from './types.d.ts' */

/** @param {readonly number[]} shape @param {Iterable<number>} values @returns {Given} */
export function floats(shape, values) {
  return { dtype: 'F32', shape, data: Float32Array.from(values) };
}

/** @param {Matrix} matrix @returns {Given} a single map */
export function mapOf({ rows, columns, values }) {
  return floats([1, rows, columns], values);
}

/** @param {Tensors} prepared @param {string} name of a field that is a picture @returns {Asked['input']} its maps */
export function pictureIn(prepared, name) {
  const tensor = prepared.get(name);
  if (!tensor || tensor.data instanceof Int32Array) throw new Error(`No picture ${name} was read.`);
  return /** @type {Asked['input']} */ (tensor); // the same object: it travels once
}

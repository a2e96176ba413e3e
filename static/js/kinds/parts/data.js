// Numbers of a trace and of the weights, and what many of them come to.

/** @import { AnyLayer, Cell, Graph, Tensors } from '../../geometry/types.d.ts' */

/** @param {ArrayLike<number>} data @param {number} index inside the data */
export function at(data, index) {
  return /** @type {number} */ (data[index]);
}

/** @param {Tensors} trace @param {string} name @returns {Float32Array} */
export function dataOf(trace, name) {
  const tensor = trace.get(name);
  if (!tensor) throw new Error(`The trace has no layer ${JSON.stringify(name)}.`);
  return /** @type {Float32Array} */ (tensor.data);
}

/** @param {{ graph: Graph, trace: Tensors }} asked @param {Cell} cell @returns {number} the engine's */
export function valueAt({ graph, trace }, cell) {
  return at(dataOf(trace, cell.layer), graph.offset(cell));
}

/** @param {{ weights: Tensors | null, layer: AnyLayer }} asked @returns {Float32Array | undefined} undefined before they are here */
export function weightOf({ weights, layer }) {
  return /** @type {Float32Array | undefined} */ (weights?.get(`${layer.name}.weight`)?.data);
}

/** @param {{ weights: Tensors | null, layer: AnyLayer, cell: Cell }} asked @returns {number} 0 where the layer has none */
export function biasOf({ weights, layer, cell }) {
  return weights?.get(`${layer.name}.bias`)?.data[cell.channel] ?? 0;
}

/** @param {ArrayLike<number>} data @returns {number} the largest magnitude */
export function largestOf(data) {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(at(data, i)));
  return largest;
}

/** @param {ArrayLike<number>} data @returns {number} Σ|values| */
export function magnitudeOf(data) {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(at(data, i));
  return sum;
}

/** @param {{ reduce(add: (a: number, b: number) => number, first: number): number }} data @param {number} [first] */
export function sumOf(data, first = 0) {
  return data.reduce((a, b) => a + b, first);
}

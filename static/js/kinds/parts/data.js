// Numbers of a trace and of weights, as the kinds look them up.

/** @import { AnyLayer, Cell, Tensor, Tensors } from '../../geometry/types.d.ts' */

/** @param {Tensors} trace @param {string} name @returns {Tensor['data']} */
export function dataOf(trace, name) {
  const tensor = trace.get(name);
  if (!tensor) throw new Error(`The trace has no layer ${JSON.stringify(name)}.`);
  return tensor.data;
}

/** @param {{ weights: Tensors | null, layer: AnyLayer }} asked @returns {Tensor['data'] | undefined} undefined before they are here */
export function weightOf({ weights, layer }) {
  return weights?.get(`${layer.name}.weight`)?.data;
}

/** @param {{ weights: Tensors | null, layer: AnyLayer, cell: Cell }} asked @returns {number} 0 where the layer has none */
export function biasOf({ weights, layer, cell }) {
  return weights?.get(`${layer.name}.bias`)?.data[cell.channel] ?? 0;
}

/** @param {ArrayLike<number>} data @param {number} index inside the data */
export function at(data, index) {
  return /** @type {number} */ (data[index]);
}

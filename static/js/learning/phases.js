// The phases of one step, and how far back the gradient has come in each.

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */

/** @typedef {{ name: 'forward' | 'loss' | 'backward' | 'update' | 'after', layer: string }} Phase layer: whose gradient has just come, '' in other phases */

/** @param {Graph} graph @returns {Phase[]} in their order; backward, one for each layer */
export function phasesOf({ names }) {
  const back = names
    .toReversed()
    .map((layer) => ({ name: /** @type {const} */ ('backward'), layer }));
  const alone = (/** @type {Phase['name']} */ name) => ({ name, layer: '' });
  return [alone('forward'), alone('loss'), ...back, alone('update'), alone('after')];
}

/** @param {Phase} phase @returns {boolean} whether the stage shows gradients */
export function isBack({ name }) {
  return name === 'backward' || name === 'update';
}

/** @param {readonly Phase[]} phases @param {number} at @returns {Phase} */
export function phaseAt(phases, at) {
  return phases[Math.min(at, phases.length - 1)] ?? { name: 'forward', layer: '' };
}

/** @param {readonly Phase[]} phases @param {number} at @param {Phase['name']} name @returns {number} where one goes to see a phase: its first, or where one is in it */
export function placeOf(phases, at, name) {
  return phaseAt(phases, at).name === name ? at : phases.findIndex((one) => one.name === name);
}

/**
 * The gradients of the layers that it has come to.
 *
 * @param {readonly Phase[]} phases
 * @param {number} at
 * @param {Tensors} step as the server says it
 * @returns {Map<string, import('../geometry/types.d.ts').Tensor>} by layer; none before it goes back
 */
export function reached(phases, at, step) {
  const layers = phases.slice(0, at + 1).flatMap(({ layer }) => (layer ? [layer] : []));
  return new Map(
    layers.flatMap((layer) => {
      const tensor = step.get(`gradient/${layer}`);
      return tensor ? [/** @type {const} */ ([layer, tensor])] : [];
    }),
  );
}

/** @param {Graph} graph @param {Tensors} gradients @param {string} layer @returns {Cell | null} the first of those with the largest gradient, whatever its sign */
export function loudestIn(graph, gradients, layer) {
  const data = gradients.get(layer)?.data;
  if (!data) return null;
  return graph.cellAt(layer, loudest(data));
}

/** @param {ArrayLike<number | bigint>} data @returns {number} where the largest is, whatever its sign; the first of them */
export function loudest(data) {
  let [best, most] = [0, -1];
  for (let i = 0; i < data.length; i++)
    if (Math.abs(Number(data[i])) > most) [best, most] = [i, Math.abs(Number(data[i]))];
  return best;
}

// Kernels that a network has learnt, over the API.

import { fetchModel, fetchModels, fetchWeights } from '../../wire/model.js';
import { decode } from '../../wire/safetensors.js';

/** @import { Given } from '../types.d.ts' */

/** A layer's kernels that read a single map. @typedef {{ layer: string, weight: Given, bias: Given }} Learnt */

/** @type {Promise<Learnt | null> | null} */
let asked = null;

/** @returns {Promise<Learnt | null>} of the network that is served first, what reads its image; null where that is not a single map */
export function loadLearnt() {
  asked ??= fetchLearnt().catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

async function fetchLearnt() {
  const [first] = await fetchModels();
  if (!first) return null;
  const { id, sha256, layers } = await fetchModel(first.id);
  const layer = layers.find(({ parameters }) => parameters['weight']?.[1] === 1)?.name ?? '';
  const { tensors } = decode(await fetchWeights(id, sha256));
  const [weight, bias] = ['weight', 'bias'].map((part) => tensors.get(`${layer}.${part}`));
  if (!weight || !bias) return null;
  return /** @type {Learnt} */ ({ layer, weight, bias });
}

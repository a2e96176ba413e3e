// A network to compare with: its spec and weights, fetched once, and its reading of each drawing.

import { graphOf } from '../../kinds/traits.js';
import { fetchModel, fetchWeights } from '../../wire/model.js';
import { decode } from '../../wire/safetensors.js';

/** @import { Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Model } from '../../wire/types.d.ts' */
/** @import { Page } from '../types.d.ts' */
/** @import { Trace } from '../state.js' */

/**
 * @typedef {object} Other
 * @property {string} id of the network
 * @property {Model} spec
 * @property {Graph} graph
 * @property {{ sha256: string, tensors: Tensors }} weights
 */

/**
 * @param {string} id
 * @returns {Promise<Other>}
 */
export async function fetchOther(id) {
  const spec = await fetchModel(id);
  const { tensors } = decode(await fetchWeights(id, spec.sha256));
  return { id, spec, graph: graphOf(spec), weights: { sha256: spec.sha256, tensors } };
}

/**
 * Reads whatever the page reads, a moment later.
 *
 * @param {Page} page
 * @param {Other} other
 * @param {() => Promise<unknown>} renew called when the server has other weights of it now
 * @param {(trace: Trace | null) => void} onTrace
 * @returns {() => void} ends it
 */
export function readAlong({ store, reader }, { id, weights }, renew, onTrace) {
  const network = { id, weights: () => weights.sha256, renew };
  const asker = reader.asker({
    onAnswer: (trace) => onTrace(trace.metadata['blank'] === 'true' ? null : trace),
    onRefused: () => onTrace(null), // the page's own reading says why
  });

  function ask() {
    const { trace, drawing, center } = store.get();
    const { moved } = trace ?? {};
    if (trace) return asker.ask({ network, what: 'trace', drawing, center, moved });
    asker.forget();
    onTrace(null);
  }
  const unsubscribe = store.subscribe((_, changed) => {
    if ('trace' in changed) ask();
  });
  ask();

  return () => {
    unsubscribe();
    asker.end();
  };
}

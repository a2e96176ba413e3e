// A network to compare with: its spec and weights, fetched once, and its reading of each drawing.

import { graphOf } from '../../kinds/traits.js';
import { createReader } from '../../wire/client.js';
import { fetchModel, fetchWeights } from '../../wire/model.js';
import { decode } from '../../wire/safetensors.js';

/** @import { Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Model } from '../../wire/types.d.ts' */
/** @import { Page } from '../types.d.ts' */
/** @import { Trace } from '../state.js' */

/**
 * @typedef {object} Other
 * @property {string} url of the network
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
  const url = `api/models/${encodeURIComponent(id)}`;
  return {
    url,
    spec,
    graph: graphOf(spec),
    weights: { sha256: spec.sha256, tensors },
  };
}

/**
 * Reads whatever the page reads, a moment later.
 *
 * @param {Page} page
 * @param {string} url
 * @param {(trace: Trace | null) => void} onTrace
 * @returns {() => void} ends it
 */
export function readAlong({ store, link }, url, onTrace) {
  const reader = createReader({
    url: () => `${url}/trace`,
    decode,
    link,
    onTrace: (trace) => onTrace(trace.metadata['blank'] === 'true' ? null : trace),
    onRefused: () => onTrace(null), // the page's own reading says why
  });

  function ask() {
    const { trace, drawing, center } = store.get();
    const tag = { sequence: 0, time: null };
    if (trace) return reader.read({ ...drawing, center, moved: trace.moved, tag });
    reader.forget();
    onTrace(null);
  }
  const unsubscribe = store.subscribe((_, changed) => {
    if ('trace' in changed) ask();
    if (changed.connection === 'ok') reader.resume();
  });
  ask();

  return () => {
    unsubscribe();
    reader.forget();
  };
}

// The network that is shown: fetches its spec, then its weights, and both anew when they change.

import { graphOf } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { errorText } from '../text/refusals.js';
import { fetchModel, fetchWeights } from '../wire/model.js';
import { Away, Refusal } from '../wire/refusal.js';
import { decode } from '../wire/safetensors.js';
import { preload, start } from '../wire/start.js';

/** @import { Link } from '../wire/link.js' */
/** @import { Model } from '../wire/types.d.ts' */
/** @import { PageStore, State } from './state.js' */

/**
 * @param {object} options
 * @param {PageStore} options.store
 * @param {Link} options.link
 * @param {string} options.id
 * @param {() => Promise<void>} options.painted resolves after the next frame
 * @param {() => void} options.onOther called when other weights are served than those of what is shown
 */
export function createNetwork({ store, link, id, painted, onOther }) {
  /** @type {Promise<void> | null} */
  let loading = null;
  /** Whether the spec has just come with the page. */
  let known = store.get().spec !== null;

  /** @param {unknown} error */
  function failed(error) {
    if (error instanceof Away || error instanceof TypeError) return link.lost();
    const why = errorText(error);
    const { loaded, spec } = store.get();
    if (loaded) return store.set({ notice: why });
    store.set({ broken: message('network.broken', { network: spec?.title ?? id, why }) });
    document.querySelector('#model')?.classList.add('instead'); // others beside it
    void import('./networks.js').then(({ offerOthers }) => offerOthers(store, id));
  }

  async function loadSpec() {
    const spec = await fetchModel(id);
    const { spec: old } = store.get();
    store.set(changesBy(spec, store.get()));
    if (old && old.sha256 !== spec.sha256) onOther();
  }

  async function loadWeights() {
    const { spec, weights } = store.get();
    if (!spec || weights) return;
    const weighed = fetchWeights(id, spec.sha256);
    preload(start().later);
    const [file, kit] = await Promise.all([
      weighed,
      import('./later.js'), // most of the page's code, and not needed to draw and be read
    ]);
    await kit.loadStyles('later'); // receipts and help are shown in their own clothes, never before
    if (store.get().spec?.sha256 === spec.sha256) {
      const { tensors } = decode(file);
      document.querySelector('#model')?.classList.remove('instead');
      store.set({ weights: { sha256: spec.sha256, tensors }, kit, loaded: true, broken: '' });
    }
  }

  /**
   * A page that the browser kept, to go back to, may know of weights that are served no more.
   *
   * @param {unknown} error
   */
  async function loadAnew(error) {
    if (!(error instanceof Refusal)) throw error;
    await loadSpec();
    return loadWeights();
  }

  /** Spec first; the weights and the receipts follow once the network stands on the stage. */
  function load() {
    loading ??= (known ? Promise.resolve() : loadSpec())
      .then(() => void painted().then(loadWeights).catch(loadAnew).catch(failed))
      .catch(failed)
      .finally(() => (loading = null));
    known = false;
    return loading;
  }

  return { id, weights: () => store.get().spec?.sha256, load, renew: load };
}

/** What is shown are values and weights of one moment. @param {Model} spec @param {Readonly<State>} state @returns {Partial<State>} */
function changesBy(spec, { graph, spec: old, weights }) {
  const same = graph && sorted(old?.layers) === sorted(spec.layers);
  const says = same && sorted(saidOf(old)) === sorted(saidOf(spec));
  return {
    spec,
    graph: says ? graph : graphOf(spec),
    weights: weights?.sha256 === spec.sha256 ? weights : null,
    ...(old?.sha256 === spec.sha256 ? {} : { trace: null }),
    ...(same ? {} : { pointed: null, pinned: null, trace: null }),
  };
}

/** What a graph says besides its layers. @param {Model | null} spec */
function saidOf(spec) {
  return [spec?.input, spec?.classes, spec?.energy_threshold];
}

/** The same text for the same facts: in what came with the page keys stand in another order. @param {unknown} facts */
function sorted(facts) {
  return JSON.stringify(facts, (_, part) =>
    part instanceof Object && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort())
      : part,
  );
}

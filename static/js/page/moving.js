// Puts the reading of a moved, turned or enlarged drawing on the stage, for as long as one points at
// it. Drawing and history know nothing of it.

import { errorText } from '../text/refusals.js';
import { createReader } from '../wire/client.js';
import { decode } from '../wire/safetensors.js';
import { unmoved } from './state.js';

/** @import { Moved } from '../wire/client.js' */
/** @import { Tensors } from '../geometry/types.d.ts' */
/** @import { Page } from './types.d.ts' */

/** How the drawing was placed before it was moved: no longer where a cell of the image comes from. */
const PLACES = new Set(['preprocess.scale', 'preprocess.centre', 'preprocess.shift']);

/** @param {Pick<Page, 'store' | 'url' | 'link'>} page */
export function createMoving({ store, url, link }) {
  /** @type {Moved | null} */
  let wanted = null;
  const reader = createReader({
    url: () => `${url}/trace`,
    decode,
    link,
    onTrace({ tensors, metadata }, { moved }) {
      const of = unmoved(store.get());
      // a server that restarted with other weights: the page's own reading renews them
      if (!of || !moved || metadata['weights'] !== store.get().spec?.sha256) return;
      const { size = null } = of;
      store.set({ trace: { tensors: unplaced(tensors), metadata, size, moved: { ...moved, of } } });
    },
    onRefused(error) {
      point(null);
      store.set({ notice: errorText(error) });
    },
  });

  /** @param {Moved | null} moved null for the drawing as it is */
  function point(moved) {
    if (moved?.query === wanted?.query) return;
    wanted = moved;
    if (moved) return ask(moved);
    reader.forget();
    store.set({ trace: unmoved(store.get()) });
  }

  /** @param {Moved} moved */
  function ask(moved) {
    const { drawing, center } = store.get();
    reader.read({ ...drawing, center, moved, tag: { sequence: 0, time: null } });
  }

  store.subscribe(({ panel, trace }, changed) => {
    if ('drawing' in changed || 'center' in changed) reader.forget();
    if (panel !== 'moves' || !trace) point(null);
    else if ('trace' in changed && !trace.moved && wanted) ask(wanted);
    if (changed.connection === 'ok') reader.resume();
  });
  return point;
}

/** @param {Tensors} tensors */
function unplaced(tensors) {
  return new Map([...tensors].filter(([name]) => !PLACES.has(name)));
}

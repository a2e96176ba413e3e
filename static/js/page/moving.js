// Puts the reading of a moved, turned or enlarged drawing on the stage, for as long as one points at
// it. Drawing and history know nothing of it.

import { errorText } from '../text/refusals.js';
import { unmoved } from './state.js';

/** @import { Moved } from '../wire/questions.js' */
/** @import { Tensors } from '../geometry/types.d.ts' */
/** @import { Page } from './types.d.ts' */

/** How the drawing was placed before it was moved: no longer where a cell of the image comes from. */
const PLACES = new Set(['preprocess.scale', 'preprocess.centre', 'preprocess.shift']);

/** @param {Page} page */
export function createMoving({ store, reader, network }) {
  /** @type {Moved | null} */
  let wanted = null;
  const asker = reader.asker({
    onAnswer({ tensors, metadata }, { moved }) {
      const of = unmoved(store.get());
      if (!of || !moved) return;
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
    asker.forget();
    store.set({ trace: unmoved(store.get()) });
  }

  /** @param {Moved} moved */
  function ask(moved) {
    const { drawing, center } = store.get();
    asker.ask({ network, what: 'trace', drawing, center, moved });
  }

  store.subscribe(({ panel, trace }, changed) => {
    if ('drawing' in changed || 'center' in changed) asker.forget();
    if (panel !== 'moves' || !trace) point(null);
    else if ('trace' in changed && !trace.moved && wanted) ask(wanted);
  });
  return point;
}

/** @param {Tensors} tensors */
function unplaced(tensors) {
  return new Map([...tensors].filter(([name]) => !PLACES.has(name)));
}

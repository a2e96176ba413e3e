// The annotated picture: while the words are explained, the parts of the network on the stage carry
// numbers, and lead to their entries.

import { annotated, exampleCell } from '../scene/terms.js';

/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { NoteItem } from '../scene/types.d.ts' */
/** @import { Explained } from './types.d.ts' */

/** What of the state decides which numbers there are. */
const READS = /** @type {const} */ (['panel', 'graph', 'folded', 'hidden', 'term']);
/** A finger is not as exact as a pointer, CSS px. */
const FINGER = 22;

/**
 * @param {Pick<Explained, 'store' | 'stage'>} page
 * @param {(id: string) => void} choose an entry
 * @returns {(id: string | null) => void} makes the numbers of an entry stand out
 */
export function openNumbered({ store, stage }, choose) {
  /** @type {string | null} */
  let lit = null;
  /** It stays while somebody draws. @type {Cell | null} */
  let cell = null;

  function show() {
    const { graph, panel, term, notes, ...state } = store.get();
    if (panel === 'glossary' && graph)
      store.set({ notes: annotated(graph, state, cell, lit ?? term) });
    else if (notes) store.set({ notes: null });
  }
  store.subscribe((state, changed) => {
    if (!READS.some((key) => key in changed)) return;
    const { graph, trace } = state;
    if (!('term' in changed)) cell = graph && exampleCell(graph, trace?.tensors ?? null, state);
    show();
  });
  show();

  /** @param {string | null} id */
  function light(id) {
    if (id === lit) return;
    lit = id;
    show();
  }
  listenToNumbers(stage, choose, light);
  return light;
}

/**
 * Before anybody else hears of it: what lies under a number is not meant.
 *
 * @param {Explained['stage']} stage
 * @param {(id: string) => void} choose
 * @param {(id: string | null) => void} light
 */
function listenToNumbers({ place, canvas, view, store, signal }, choose, light) {
  /** @param {MouseEvent} event @returns {string | null} the entry of the number that is pointed at */
  function entryAt(event) {
    const { notes, space } = store.get();
    if (!notes || space || event.target !== canvas) return null;
    const finger = event instanceof PointerEvent && event.pointerType === 'touch' ? FINGER : 0;
    const away = (/** @type {NoteItem} */ { x, y }) =>
      Math.hypot(event.offsetX - x, event.offsetY - y);
    const [near] = view.overlay
      .flatMap((item) => (item.kind === 'note' ? [item] : []))
      .filter((item) => away(item) <= Math.max(finger, item.radius))
      .sort((a, b) => away(a) - away(b));
    return near ? (notes.ids[Number(near.text) - 1] ?? null) : null;
  }
  const first = { capture: true, signal };
  place.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerType === 'touch') return;
      const id = entryAt(event);
      light(id);
      if (!id) return;
      canvas.style.cursor = 'pointer';
      event.stopPropagation();
    },
    first,
  );
  place.addEventListener('pointerleave', () => light(null), { signal });
  place.addEventListener(
    'click',
    (event) => {
      const id = entryAt(event);
      if (!id) return;
      event.stopPropagation();
      choose(id);
    },
    first,
  );
}

// The hands of the section: what is to be drawn is collected, drawn, kept, looked at and changed.

import * as own from '../../wire/handwriting.js';
import { createClasses } from './classes.js';
import { createHandPad } from './pad.js';
import { createShelf, shownOf } from './shelf.js';
import { MOST_BACK, nextOf } from './state.js';

/** @import { Shared } from '../page.js' */
/** @import { HandStore } from './state.js' */

/** What is drawn, and what was. @param {Shared} shared @param {HandStore} store @param {(act: () => Promise<unknown>) => Promise<void>} attempt @param {() => Promise<void>} look */
export function openHands(shared, store, attempt, look) {
  const after = (/** @type {Promise<unknown>} */ done) => done.then(look);
  /** The pad is free for the next one at once. */
  function keep() {
    const { drawing, writer } = store.get();
    const sign = nextOf(store.get());
    if (!sign || !drawing.strokes.length) return;
    const one = { label: sign.number, writer };
    store.set({ sent: [...store.get().sent, one], wanted: null });
    pad.clear();
    const strokes = drawing.strokes.map(({ points, ...rest }) => ({
      ...rest,
      points: points.map(([x, y]) => /** @type {const} */ ([x, y])),
    }));
    void attempt(async () => {
      const { id } = await own.keepDrawing({ ...one, strokes });
      const kept = [...store.get().kept, { id, label: one.label, drawing }].slice(-MOST_BACK);
      store.set({ kept, shown: one.label });
      await look();
    }).finally(() => {
      store.set({ sent: store.get().sent.filter((sent) => sent !== one) });
      if (store.get().refused && !store.get().drawing.strokes.length) void pad.open(drawing);
    });
  }
  const back = () =>
    attempt(async () => {
      const last = store.get().kept.at(-1);
      if (!last) return;
      await own.deleteDrawing(last.id);
      store.set({ kept: store.get().kept.slice(0, -1), wanted: last.label });
      await Promise.all([pad.open(last.drawing), look()]);
    });
  const pad = createHandPad(shared, store, { keep, back: () => void back() });
  const classes = createClasses({
    collect: (names) => void attempt(async () => store.set({ all: await own.collect(names) })),
    drop: (number) => void attempt(() => after(own.dropClass(number))),
    write: (wanted) => store.set({ wanted }),
    look: (shown) => store.set({ shown, picked: null }),
  });
  const shelf = createShelf(shared.theme, {
    pick: (picked) => store.set({ picked }),
    change: (id, to) => void attempt(() => after(own.changeDrawing(id, to))),
    remove: (id) => void attempt(() => after(own.deleteDrawing(id))),
  });
  fetchMissing(store, attempt);
  const renewed = { show: pad.renew };
  return {
    keep,
    elements: [pad.element, classes.element, shelf.element],
    parts: [renewed, pad, classes, shelf],
  };
}

/** The images of what is shown. @param {HandStore} store @param {(act: () => Promise<unknown>) => Promise<void>} attempt */
function fetchMissing(store, attempt) {
  let busy = false;
  async function fetchAll() {
    const missing = shownOf(store.get()).filter(({ id }) => !store.get().images.has(id));
    if (busy || !missing.length) return;
    busy = true;
    await attempt(async () => {
      const ids = missing.map(({ id }) => id);
      const found = await own.fetchImages(ids);
      const pairs = ids.map((id, i) => /** @type {const} */ ([id, found[i] ?? new Uint8Array()]));
      store.set({ images: new Map([...store.get().images, ...pairs]) });
    });
    busy = false;
  }
  store.subscribe((_, news) => {
    if ('all' in news || 'shown' in news) void fetchAll();
  });
}

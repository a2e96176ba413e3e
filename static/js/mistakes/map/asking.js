// What the map asks the server: the layout of a layer, and what is nearest to the drawing.

import { errorText } from '../../text/refusals.js';
import { fetchMap, findNearest } from '../../wire/map.js';
import { Away } from '../../wire/refusal.js';
import { WHOLE } from './plane.js';
import { NEAREST } from './state.js';

/** @import { Shared } from '../page.js' */
/** @import { MapStore } from './state.js' */

/** How soon it is asked again where a map is not there yet, ms. */
const AGAIN = 300;

/** @param {Shared} shared @param {MapStore} store */
export function openAsking({ model, of, lost }, store) {
  /** What was not answered. @type {Set<() => unknown>} */
  const missed = new Set();
  const failed = (/** @type {unknown} */ error, /** @type {() => unknown} */ again) => {
    if (!(error instanceof Away)) return store.set({ refused: errorText(error) });
    missed.add(again);
    lost();
  };
  const lay = latest(async (/** @type {() => boolean} */ stays) => {
    const { layer } = store.get();
    store.set({ refused: '' });
    const map = await fetchMap(model.id, of, layer, (progress) => {
      if (stays()) store.set({ progress });
    });
    if (stays()) store.set({ map, progress: null, camera: WHOLE, found: null });
  }, failed);
  const look = latest(async (stays) => {
    const { map, drawing } = store.get();
    if (!map || !drawing || !(drawing.file || drawing.strokes.length))
      return store.set({ found: null });
    const found = await findNearest(model.id, of, map.layer, NEAREST, drawing);
    if (stays() && found) store.set({ found, refused: '' });
    if (stays() && !found) setTimeout(look, AGAIN);
  }, failed);
  store.subscribe((_, changed) => {
    if ('layer' in changed) lay();
    if ('map' in changed || 'drawing' in changed) look();
  });
  return {
    lay,
    back() {
      for (const again of missed) again();
      missed.clear();
    },
  };
}

/**
 * One question under way at a time; of those that wait the latest is asked.
 *
 * @param {(stays: () => boolean) => Promise<void>} act is told whether its answer is still wanted
 * @param {(error: unknown, again: () => unknown) => void} failed
 */
export function latest(act, failed) {
  let [busy, waits] = [false, false];
  return async function ask() {
    waits = busy;
    if (busy) return;
    busy = true;
    try {
      await act(() => !waits);
    } catch (error) {
      if (!waits) failed(error, ask);
    }
    busy = false;
    if (waits) void ask();
  };
}

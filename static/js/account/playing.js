// The window of a convolution or a pooling slides over its map, cell by cell, and the map fills. What
// it shows at each cell is what a pinned cell shows; here is the hand that pins one after the other.

import { isStill } from '../core/viewport.js';
import { atPlace, cellsOfMap, paceFor, placeInMap, plays, slidingText } from '../scene/playing.js';
import { selection } from '../stage/state.js';

/** @import { Playing } from '../ui/play.js' */
/** @import { AccountState, AccountStore } from './state.js' */
/** @import { Explained, Offer } from './types.d.ts' */

export const playing = { name: 'playing', open };

/** @param {Pick<Explained, 'store'>} stand @returns {Offer} */
function open({ store }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  store.subscribe((_, changed) => {
    if (!holds(store) || !('play' in changed || 'pinned' in changed)) return;
    const { play } = store.get();
    clearTimeout(timer);
    if (play?.running) timer = setTimeout(() => goTo(store, 1), 1000 / play.pace);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && store.get().play?.running) pause(store);
  });
  return {
    keys: { r: () => toggle(store), '<': () => step(store, -1), '>': () => step(store, 1) },
  };
}

/** It ends with its pin, and stands while its strip or its numbers are away. @param {AccountStore} store @returns {boolean} whether nothing had to change */
function holds(store) {
  const { graph, trace, panel, play, pinned } = store.get();
  if (!play || !graph) return true;
  if (!pinned || !slidingCell(store.get())) store.set({ play: null });
  else if (play.running && (panel || !trace)) pause(store);
  else return true;
  return false;
}

/** The cell that is explained, where a window slides over its map. @param {Readonly<AccountState>} state */
function slidingCell(state) {
  const cell = selection(state);
  return state.graph && cell && plays(state.graph, cell) ? cell : null;
}

/** Runs, and stands; who asked for less motion is shown one cell after the other by hand. @param {AccountStore} store */
function toggle(store) {
  const { play } = store.get();
  if (!play) return begin(store);
  if (play.running) return pause(store);
  if (isStill()) return step(store, 1);
  if (isLast(store)) goTo(store, -Infinity);
  store.set({ play: { ...play, running: true }, panel: null, walking: false });
}

/** At the first cell of the map. @param {AccountStore} store */
function begin(store) {
  const { graph, trace } = store.get();
  const cell = slidingCell(store.get());
  if (!graph || !trace || !cell) return;
  const running = !isStill();
  store.set({
    ...{ play: { running, pace: paceFor(graph, cell) }, panel: null },
    ...{ pinned: atPlace(graph, cell, 0), pointed: null, walking: !running },
  });
}

/** Whoever listens hears where it stands: `walking` says it. @param {AccountStore} store */
function pause(store) {
  const { play } = store.get();
  if (play) store.set({ play: { ...play, running: false }, walking: true });
}

/** By hand. @param {AccountStore} store @param {-1 | 1} by */
function step(store, by) {
  if (!store.get().play) return;
  pause(store);
  goTo(store, by);
}

/** @param {AccountStore} store @param {number} by how many cells */
function goTo(store, by) {
  const { graph, pinned } = store.get();
  if (!graph || !pinned) return;
  store.set({ pinned: atPlace(graph, pinned, placeInMap(graph, pinned) + by) });
  if (store.get().play?.running && isLast(store)) pause(store);
}

/** @param {AccountStore} store */
function isLast(store) {
  const { graph, pinned } = store.get();
  return Boolean(graph && pinned && placeInMap(graph, pinned) === cellsOfMap(graph, pinned) - 1);
}

/**
 * For the account of a cell.
 *
 * @param {AccountStore} store
 * @returns {Playing | null} null where no window slides
 */
export function playOf(store) {
  const state = store.get();
  const { graph, play } = state;
  const cell = slidingCell(state);
  if (!graph || !cell) return null;
  return {
    ...{ on: play !== null, running: play?.running ?? false, pace: play?.pace ?? 0 },
    ...{ still: isStill(), cell, place: placeInMap(graph, cell), count: cellsOfMap(graph, cell) },
    says: play ? slidingText(graph, cell) : '',
    toggle: () => toggle(store),
    step: (by) => step(store, by),
    scrub(place) {
      pause(store);
      store.set({ pinned: atPlace(graph, cell, place), walking: false });
    },
    choose: (pace) => void (play && store.set({ play: { running: play.running, pace } })),
    end: () => store.set({ play: null }),
  };
}

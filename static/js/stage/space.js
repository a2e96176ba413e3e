// The way of a stage into space and back. What draws it there is loaded when it is first wanted.

import { loadStyles } from '../ui/styles.js';

/** @import { Point } from './pointing.js' */
/** @import { Ground } from './space/ground.js' */
/** @import { Stage } from './stage.js' */

/**
 * @typedef {object} Told
 * @property {(why: 'missing' | 'failed') => void} [onRefused] the browser has no WebGL2, or a file did not arrive
 * @property {(inside: boolean) => void} [onTurned] the flat picture went, or is back
 */

/**
 * The stage stands in space for as long as its state says so.
 *
 * @param {Stage} stage
 * @param {Point} point
 * @param {Told} [told]
 */
export function openSpace(stage, point, { onRefused, onTurned } = {}) {
  const { store, closing, signal } = stage;
  /** @type {Promise<Ground> | null} */
  let loading = null;
  /** @type {Ground | null} */
  let ground = null;

  async function load() {
    const [made] = await Promise.all([import('./space/ground.js'), loadStyles('space')]);
    return (ground = new made.Ground(stage, point, onTurned));
  }

  /** @param {'missing' | 'failed'} why */
  function refuse(why) {
    store.set({ space: false });
    onRefused?.(why);
  }

  async function follow() {
    const { space } = store.get();
    if (space && !loading && !available()) return refuse('missing');
    if (space) loading ??= load();
    try {
      await loading;
      turn();
    } catch {
      loading = null; // it is loaded anew when it is wanted again
      refuse('failed');
    }
  }

  function close() {
    ground?.end();
    ground = null;
  }

  function turn() {
    if (signal.aborted) close();
    else if (store.get().space) ground?.enter();
    else ground?.leave();
  }

  closing.add(close);
  closing.add(
    store.subscribe((_, changed) => {
      if ('space' in changed) void follow();
    }),
  );
  if (store.get().space) void follow();

  return {
    /** About the middle. @param {number} factor */
    by: (factor) => ground?.hands.zoom(factor),
    fit: () => ground?.hands.fit(),
  };
}

/** Asked of a canvas that is thrown away: a browser may know WebGL2 and still refuse it. */
function available() {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}

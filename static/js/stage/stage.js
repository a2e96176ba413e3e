// A stage: one picture of a network, on canvases of its own and of a state of its own, until it is
// closed. What can be done with it beyond looking is loaded by those who want it: marks.js shows what
// pointing means, pointing.js, zoom.js and space.js let hands in.

import { Painter } from '../render/painter.js';
import { View } from './view.js';

/** @import { Loop } from '../core/loop.js' */
/** @import { Theme } from '../core/theme.js' */
/** @import { Box, Viewport } from '../core/viewport.js' */
/** @import { StageStore } from './state.js' */

/**
 * @typedef {object} StageOptions
 * @property {HTMLCanvasElement} canvas of the still picture, in a sheet within the place
 * @property {HTMLCanvasElement} overlay above it: what pointing adds
 * @property {HTMLElement} place the picture is as large as it, and is scrolled in it where it cannot be
 * @property {StageStore} store
 * @property {Loop} loop
 * @property {Viewport} viewport
 * @property {{ current: () => Theme }} theme
 * @property {() => boolean} [keeps] the picture stays as large as it was while its place is lower
 */

/** @typedef {ReturnType<typeof createStage>} Stage */

/** @param {StageOptions} options */
export function createStage({ canvas, overlay, place, store, loop, viewport, theme, keeps }) {
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  const still = () => reduced.matches;
  const ending = new AbortController();
  const painter = new Painter(canvas, overlay, theme.current());
  const view = new View({ store, painter, still, wake: loop.wake });
  const room = createRoom(viewport.windowHeight);

  /** @param {Box} box */
  function resize(box) {
    view.resize({ ...room.fitted(box, keeps?.() ?? false), text: viewport.type() });
    loop.wake();
  }

  /** What is undone at the end. @type {Set<() => void>} */
  const closing = new Set([
    () => ending.abort(),
    view.end,
    loop.add('picture', (time) => view.frame(time)),
    viewport.measure(place, resize),
    store.subscribe((_, changed) => {
      if ('theme' in changed) view.setTheme(theme.current());
      loop.wake();
    }),
  ]);

  return {
    ...{ canvas, overlay, place, store, loop, viewport, theme, painter, view, still, closing },
    /** Ends what listens to the stage. */
    signal: ending.signal,
    /** Nothing of the stage listens, waits or is drawn any more; its elements are the caller's. */
    end() {
      for (const close of closing) close();
      closing.clear();
    },
  };
}

/**
 * How much room a picture may take that must not shrink for what takes from its place for a while,
 * as an account's sheet and the tools do on a phone: it keeps its size and is scrolled.
 *
 * @param {() => number} windowHeight
 */
export function createRoom(windowHeight) {
  let width = 0;
  let height = 0;
  let deviceHeight = 0;

  return {
    /**
     * @param {Box} box
     * @param {boolean} keeps
     * @returns {Box} as high as it ever was in this window, where the picture keeps its size
     */
    fitted(box, keeps) {
      if (!keeps) return box;
      const whole = windowHeight();
      if (box.width !== width || whole !== height) deviceHeight = 0;
      width = box.width;
      height = whole;
      deviceHeight = Math.max(deviceHeight, box.deviceHeight);
      return { ...box, deviceHeight };
    },
  };
}

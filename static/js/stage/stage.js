// A stage: one picture of a network, on canvases of its own and of a state of its own, until it is
// closed. What can be done with it beyond looking is loaded by those who want it: marks.js shows what
// pointing means, pointing.js, zoom.js and space.js let hands in.

import { isStill } from '../core/viewport.js';
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
 * @property {boolean} [few] its layers are few: numbers stand in their cells
 * @property {() => boolean} [keeps] the picture stays as large as it was while its place is lower
 */

/**
 * @typedef {object} Opened
 * @property {Painter} painter
 * @property {View} view
 * @property {() => boolean} still the user asked for reduced motion
 * @property {Set<() => void>} closing what is undone at the end
 * @property {() => void} refit the picture is laid out anew in its place
 * @property {AbortSignal} signal ends what listens to the stage
 * @property {Company} company
 * @property {() => void} end nothing of the stage listens, waits or is drawn any more; its elements are the caller's
 */

/**
 * Where a stage is not alone: all that stand in a row, itself among them; and what stands above it
 * there, whose picture it is and what was read.
 *
 * @typedef {{ row: readonly Stage[], title: readonly string[] }} Company
 */

/** @typedef {Omit<StageOptions, 'keeps' | 'few'> & Opened} Stage */

/** @param {StageOptions} options @returns {Stage} */
export function createStage({ keeps, few, ...options }) {
  const { canvas, overlay, place, store, loop, viewport, theme } = options;
  const ending = new AbortController();
  const painter = new Painter(canvas, overlay, theme.current());
  const view = new View({ store, painter, still: isStill, wake: loop.wake, few });
  const room = createRoom(viewport.windowHeight);

  /** @param {Box} [box] of its place, which is known where the sizes of its texts alone changed */
  function resize(box = viewport.box(place)) {
    if (!box?.width) return; // whoever is not displayed keeps the picture
    const first = !view.layout;
    view.resize({ ...room.fitted(box, keeps?.() ?? false), text: viewport.type() });
    // sizes are told within a frame: the first picture stands in this one
    if (first) loop.paint();
    else loop.wake();
  }

  /** @type {Stage['closing']} */
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
    ...options,
    ...{ painter, view, still: isStill, closing },
    refit: () => resize(),
    signal: ending.signal,
    company: { row: [], title: [] },
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

// One more picture beside the stage: a network, or a difference, with canvases and a state of its own.

import { createPointing } from '../../input/pointing.js';
import { Painter } from '../../render/painter.js';
import { createLaneElements } from '../../ui/compare/lane.js';
import { createStore } from '../../core/store.js';
import { INITIAL } from '../state.js';
import { View } from '../../stage/view.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Page } from '../later.js' */
/** @import { PageStore, State } from '../state.js' */

/** What a lane takes over from the page as it is. @type {readonly (keyof State)[]} */
const FOLLOWS = ['folded', 'scale', 'phone', 'theme'];

/**
 * @typedef {object} Lane
 * @property {PageStore} store
 * @property {View} view
 * @property {ReturnType<typeof createLaneElements>} elements
 * @property {HTMLCanvasElement} canvas
 * @property {() => void} end
 */

/**
 * @param {Page} page
 * @param {object} on
 * @param {(cell: Cell | null) => void} on.point
 * @param {(cell: Cell | null) => void} on.pin
 * @returns {Lane}
 */
export function createLane(page, on) {
  const { theme, loop, viewport, frames, sized } = page;
  const elements = createLaneElements();
  const store = createStore(/** @type {State} */ ({ ...INITIAL, ...followed(page.store.get()) }));
  const stage = new Painter(elements.canvas, elements.overlay, theme.current());
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  const view = new View({ store, stage, still: () => reduced.matches, wake: loop.wake });
  view.marks = page.view.marks;
  stage.words = page.stage.words;
  createPointing({
    canvas: elements.canvas,
    ground: view,
    present: store.get,
    onPoint: on.point,
    onPin: on.pin,
  });

  const unsubscribe = page.store.subscribe((state, changed) => {
    store.set(followed(state));
    if ('theme' in changed) view.setTheme(theme.current());
  });
  const frame = (/** @type {number} */ time) => view.frame(time);
  frames.add(frame);
  sized.set(elements.scroller, (box) => {
    view.resize({ ...box, text: viewport.type() });
    loop.wake();
  });
  viewport.measure(elements.scroller);
  store.subscribe(() => loop.wake());

  function end() {
    unsubscribe();
    frames.delete(frame);
    sized.delete(elements.scroller);
    elements.head.remove();
    elements.scroller.remove();
  }

  return { store, view, elements, canvas: elements.canvas, end };
}

/** @param {Readonly<State>} state */
function followed(state) {
  return Object.fromEntries(FOLLOWS.map((key) => [key, state[key]]));
}

// Zoom of the stage: gestures, keys and buttons move the camera; cells that are large say their value.

import { createGestures } from '../input/gestures.js';
import { paintNumbers } from '../render/numbers.js';
import { middleOf, moved, zoomedAbout } from '../scene/camera.js';
import { numbersOf } from '../scene/numbers.js';
import { createZoomBar } from '../ui/zoom.js';
import { Cameraman } from '../stage/camera.js';
import { selection } from '../stage/state.js';

/** @import { Page } from './later.js' */
/** @import { PageStore } from './state.js' */

/** Of a button or key. */
const STEP = 1.5;
/** Of what is in sight, by one press of an arrow key. */
const SHARE = 0.2;

/** @type {Readonly<Record<string, readonly [number, number]>>} */
const ARROWS = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** @param {Page} page */
export function createZoom({ store, view, stage, viewport, scroller, actions, keys, painted }) {
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  const camera = new Cameraman({
    store,
    viewport,
    scroller,
    painted,
    still: () => reduced.matches,
  });
  const off = () => store.get().space;
  const zoomed = () => store.get().camera.zoom !== 1;

  createGestures({
    ...{ place: scroller, off, zoomed, scrollsDown: () => camera.scrollsDown() },
    corner: () => viewport.place(scroller),
    onStep({ factor, about, dx, dy }) {
      const before = moved(camera.present(), dx, dy);
      camera.jump(zoomedAbout(before, within(before.zoom * factor, camera), about));
    },
  });
  listenToArrows(scroller, camera, () => !off() && zoomed());
  const by = (/** @type {number} */ factor) => () => void (off() || zoomBy(store, camera, factor));
  const fit = () => {
    const sight = camera.sight();
    if (sight) void camera.glide(zoomedAbout(camera.present(), 1, middleOf(sight)));
  };
  Object.assign(actions, { 'zoom-in': by(STEP), 'zoom-out': by(1 / STEP), 'zoom-fit': fit });
  Object.assign(keys, { '+': by(STEP), '=': by(STEP), '-': by(1 / STEP), f: fit });

  stage.numbers = paintNumbers;
  view.lens = (fitted) => {
    const seen = camera.lens(fitted);
    bar.show(store.get().camera.zoom, camera.furthest());
    return seen;
  };
  const bar = createZoomBar(['zoom-out', 'zoom-fit', 'zoom-in']);
  bar.place(store.get().phone);
  bar.offer(!off());
  store.subscribe((state, changed) => {
    if ('phone' in changed) bar.place(state.phone);
    if ('space' in changed) bar.offer(!state.space);
    if ('camera' in changed) {
      document.documentElement.toggleAttribute('data-zoomed', state.camera.zoom !== 1);
    }
    const walked = 'pointed' in changed && state.walking ? state.pointed : null;
    const pinned = 'pinned' in changed ? state.pinned : null;
    const cell = walked ?? pinned;
    if (cell && zoomed()) camera.reveal(cell, walked !== null);
  });
  store.set({ camera: { ...store.get().camera } }); // the lens is asked from now on
  extendHandle(() => {
    const { trace } = store.get();
    return trace && view.layout ? numbersOf(view.layout, trace.tensors) : [];
  });
}

/**
 * Keys and buttons zoom about the cell that is selected, or else about the middle.
 *
 * @param {PageStore} store
 * @param {Cameraman} camera
 * @param {number} factor
 */
function zoomBy(store, camera, factor) {
  const cell = selection(store.get());
  const rect = (cell && camera.inSight(cell)) ?? camera.sight();
  if (!rect) return;
  const from = camera.present();
  void camera.glide(zoomedAbout(from, within(from.zoom * factor, camera), middleOf(rect)));
}

/**
 * @param {number} zoom
 * @param {Cameraman} camera
 */
function within(zoom, camera) {
  return Math.max(1, Math.min(camera.furthest(), zoom));
}

/**
 * Shift and an arrow key look further that way.
 *
 * @param {HTMLElement} scroller
 * @param {Cameraman} camera
 * @param {() => boolean} on
 */
function listenToArrows(scroller, camera, on) {
  scroller.addEventListener('keydown', (event) => {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
    const arrow = ARROWS[key];
    const sight = camera.sight();
    if (!arrow || !sight || !on() || !shiftKey || ctrlKey || altKey || metaKey) return;
    event.preventDefault();
    const [right, down] = arrow;
    const dx = right * SHARE * sight.width;
    void camera.glide(moved(camera.present(), dx, down * SHARE * sight.height));
  });
}

/** The scripting handle tells what stands in the cells that are in sight. */
/** @param {() => ReturnType<typeof numbersOf>} numbers */
function extendHandle(numbers) {
  const { convlens } = /** @type {Window & { convlens?: object }} */ (window);
  if (convlens) Object.assign(convlens, { numbers });
}

// Zoom of the flat picture: wheel, fingers and keys move the camera.

import { createGestures } from '../input/gestures.js';
import { moved, zoomedAbout } from '../scene/camera.js';
import { middleOf } from '../scene/metrics.js';
import { Cameraman } from './camera.js';
import { selection } from './state.js';

/** @import { Stage } from './stage.js' */

/** Of what is in sight, by one press of an arrow key. */
const SHARE = 0.2;

/** @type {Readonly<Record<string, readonly [number, number]>>} */
const ARROWS = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * @param {Stage} stage
 * @param {object} [how]
 * @param {(zoom: number, furthest: number) => void} [how.onSeen] how near the picture is, and can be
 * @param {boolean} [how.scrolled] it stands in a page that is scrolled: the plain wheel is the page's
 */
export function openZoom(stage, { onSeen, scrolled = false } = {}) {
  const { store, view, viewport, place, signal, closing } = stage;
  const camera = new Cameraman(stage);
  const off = () => store.get().space;
  const zoomed = () => {
    const { zoom, x } = store.get().camera;
    return zoom !== 1 && !Number.isNaN(x); // of a link's, nobody knows yet where it is here
  };

  createGestures({
    ...{ place, off, zoomed, scrollsDown: () => camera.scrollsDown(), scrolled, signal },
    corner: () => viewport.place(place),
    onStep({ factor, about, dx, dy }) {
      const before = moved(camera.present(), dx, dy);
      camera.jump(zoomedAbout(before, within(before.zoom * factor, camera), about));
    },
  });
  listenToArrows(stage, camera, () => !off() && zoomed());
  view.lens = (fitted) => {
    const seen = camera.lens(fitted);
    onSeen?.(store.get().camera.zoom, camera.furthest());
    return seen;
  };
  place.toggleAttribute('data-zoomed', zoomed());
  closing.add(
    store.subscribe((state, changed) => {
      if ('camera' in changed) place.toggleAttribute('data-zoomed', state.camera.zoom !== 1);
      const walked = 'pointed' in changed && state.walking ? state.pointed : null;
      const pinned = 'pinned' in changed ? state.pinned : null;
      const cell = walked ?? pinned;
      if (cell && zoomed()) camera.reveal(cell, walked !== null);
    }),
  );
  closing.add(() => camera.stay());

  return {
    /** About the cell that is selected, or else about the middle. @param {number} factor */
    by(factor) {
      const cell = selection(store.get());
      const rect = (cell && camera.inSight(cell)) ?? camera.sight();
      if (!rect) return;
      const from = camera.present();
      void camera.glide(zoomedAbout(from, within(from.zoom * factor, camera), middleOf(rect)));
    },
    fit() {
      const sight = camera.sight();
      if (sight) void camera.glide(zoomedAbout(camera.present(), 1, middleOf(sight)));
    },
  };
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
 * @param {Stage} stage
 * @param {Cameraman} camera
 * @param {() => boolean} on
 */
function listenToArrows({ place, signal }, camera, on) {
  place.addEventListener(
    'keydown',
    (event) => {
      const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
      const arrow = ARROWS[key];
      const sight = camera.sight();
      if (!arrow || !sight || !on() || !shiftKey || ctrlKey || altKey || metaKey) return;
      event.preventDefault();
      const [right, down] = arrow;
      const dx = right * SHARE * sight.width;
      void camera.glide(moved(camera.present(), dx, down * SHARE * sight.height));
    },
    { signal },
  );
}

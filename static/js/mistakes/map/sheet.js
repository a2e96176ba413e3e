// The sheet of the map: two canvases, pointed at and zoomed with mouse, fingers and keys.

import { createGestures } from '../../input/gestures.js';
import { ARROWS } from '../../input/listening.js';
import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { button, html, icon, say } from '../../ui/dom.js';
import { paintMarks, paintPoints } from './paint.js';
import {
  FURTHEST,
  fitOf,
  nearestOf,
  nextOf,
  pointOf,
  toPx,
  WHOLE,
  within,
  zoomed,
} from './plane.js';

/** @import { Box } from '../../core/viewport.js' */
/** @import { Shared } from '../page.js' */
/** @import { Dressed } from './dress.js' */
/** @import { Camera, Fit, Point } from './plane.js' */
/** @import { MapState, MapStore } from './state.js' */

/** Px within which a point is pointed at, and a finger's. */
const REACH = { mouse: 14, touch: 26 };
/** Of a button or key. */
const STEP = 2;
/** Of what is in sight, by one press of a key. */
const SHARE = 0.2;

/** @param {Shared} shared @param {MapStore} store @param {(image: number) => void} choose */
export function createSheet({ viewport, theme }, store, choose) {
  const points = html('canvas', { 'aria-hidden': 'true' });
  const marks = html('canvas', { 'aria-hidden': 'true' });
  const about = { tabindex: 0, role: 'application', 'aria-label': message('mistakes.map.sheet') };
  const described = { 'aria-describedby': 'map-keys' };
  const place = html('div', { class: 'map-sheet', ...about, ...described }, points, marks);
  /** @type {Box | null} */
  let box = null;
  /** @type {Fit} */
  let fit = { scale: 1, left: 0, top: 0 };
  /** @type {readonly Point[]} */
  let spots = [];
  /** What the painted points came of. @type {readonly unknown[]} */
  let painted = [];
  viewport.measure(place, (next) => {
    box = next;
    store.set({ camera: { ...store.get().camera } }); // it is painted anew
  });
  const look = (/** @type {Camera} */ camera) => store.set({ camera });
  const by = (/** @type {number} */ factor) => {
    const { camera, pointed } = store.get();
    if (!box) return;
    const middle = /** @type {Point} */ ([box.width / 2, box.height / 2]);
    look(zoomed(camera, factor, (pointed !== null && spots[pointed]) || middle, box));
  };
  const pointAt = (/** @type {PointerEvent | MouseEvent} */ event) => {
    const { left, top } = viewport.place(place);
    const touch = event instanceof PointerEvent && event.pointerType === 'touch';
    const reach = touch ? REACH.touch : REACH.mouse;
    return nearestOf(spots, [event.clientX - left, event.clientY - top], reach);
  };
  listen(place, { store, viewport, pointAt, choose, size: () => box, spots: () => spots, by });
  const zooming = createZooming(by, () => look(WHOLE));
  return {
    element: html('div', { class: 'map-plane' }, place, zooming.element),
    /** @param {Readonly<MapState>} state @param {number | null} chosen @param {Dressed} dressed */
    show({ map, camera, pointed, found }, chosen, dressed) {
      zooming.show(camera.zoom);
      place.toggleAttribute('data-zoomed', camera.zoom !== 1);
      if (!map || !box) return;
      const key = [map, camera, box, dressed, theme.current()];
      if (key.some((one, i) => one !== painted[i])) {
        if (map !== painted[0] || box !== painted[2]) fit = fitOf(map.places, box);
        painted = key;
        spots = Array.from({ length: map.images }, (_, i) =>
          toPx(fit, camera, pointOf(map.places, i)),
        );
        const { looks, order } = dressed;
        paintPoints(points, box, spots, looks, order, camera.zoom, theme.current());
      }
      const spot = (/** @type {number | null} */ i) => (i === null ? null : (spots[i] ?? null));
      const own = found && toPx(fit, camera, found.place);
      const near = (found?.numbers ?? []).flatMap((i) => {
        const one = spot(i);
        return one ? [one] : [];
      });
      const told = { pointed: spot(pointed), chosen: spot(chosen), own, near };
      paintMarks(marks, box, told, theme.current());
    },
  };
}

/**
 * @param {HTMLElement} place
 * @param {object} about
 * @param {MapStore} about.store
 * @param {Shared['viewport']} about.viewport
 * @param {(event: PointerEvent | MouseEvent) => number | null} about.pointAt
 * @param {(image: number) => void} about.choose
 * @param {() => Box | null} about.size
 * @param {() => readonly Point[]} about.spots
 * @param {(factor: number) => void} about.by
 */
function listen(place, { store, viewport, pointAt, choose, size, spots, by }) {
  createGestures({
    ...{ place, corner: () => viewport.place(place), off: () => !store.get().map },
    ...{ zoomed: () => store.get().camera.zoom !== 1, scrollsDown: () => true, scrolled: true },
    onStep({ factor, about, dx, dy }) {
      const { camera } = store.get();
      const box = size();
      const moved = { ...camera, x: camera.x + dx, y: camera.y + dy };
      if (box) store.set({ camera: zoomed(moved, factor, about, box) });
    },
  });
  place.addEventListener('pointermove', (event) => store.set({ pointed: pointAt(event) }));
  place.addEventListener('pointerleave', () => store.set({ pointed: null }));
  place.addEventListener('click', (event) => {
    const image = pointAt(event);
    if (image !== null) choose(image);
  });
  const walk = (/** @type {Point} */ way) => {
    const { pointed } = store.get();
    const box = size();
    const middle = /** @type {Point} */ ([(box?.width ?? 0) / 2, (box?.height ?? 0) / 2]);
    const first = pointed === null ? nearestOf(spots(), middle, Infinity) : null;
    store.set({ pointed: first ?? nextOf(spots(), pointed ?? 0, way) });
  };
  const move = (/** @type {Point} */ [right, down]) => {
    const { camera } = store.get();
    const box = size();
    if (!box) return;
    const [x, y] = [camera.x - right * SHARE * box.width, camera.y - down * SHARE * box.height];
    store.set({ camera: within({ ...camera, x, y }, box) });
  };
  const enter = () => {
    const { pointed } = store.get();
    if (pointed !== null) choose(pointed);
  };
  const whole = () => store.set({ camera: WHOLE });
  /** @type {Readonly<Record<string, () => void>>} */
  const keys = {
    ...{ '+': () => by(STEP), '=': () => by(STEP), '-': () => by(1 / STEP) },
    ...{ 0: whole, Enter: enter },
  };
  place.addEventListener('keydown', (event) => {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey || !store.get().map) return;
    const way = ARROWS[key];
    const act = way ? () => (shiftKey ? move : walk)(way) : keys[key];
    if (!act) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  });
}

/** @param {(factor: number) => void} by @param {() => void} whole */
function createZooming(by, whole) {
  const act = (/** @type {'in' | 'out'} */ name, /** @type {number} */ factor) => {
    const label = message(`zoom.${name}`);
    const named = { class: 'button', 'aria-label': label, title: label };
    return button({ ...named, onclick: () => by(factor) }, icon(name));
  };
  const percent = html('span', { class: 'percent' });
  const [out, near] = [act('out', 1 / STEP), act('in', STEP)];
  const fit = button({ class: 'button fit', onclick: whole }, percent);
  const label = { role: 'group', 'aria-label': message('zoom.title') };
  return {
    element: html('div', { class: 'zoom', ...label }, out, fit, near),
    /** @param {number} zoom */
    show(zoom) {
      const text = `${grouped(zoom * 100)}\u202f%`;
      say(percent, text);
      fit.ariaLabel = message('mistakes.map.zoom', { zoom: text });
      out.disabled = zoom === 1;
      near.disabled = zoom >= FURTHEST;
    },
  };
}

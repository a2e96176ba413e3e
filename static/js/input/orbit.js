// Mouse, fingers, wheel and keys over the picture in space, as turning, moving and zooming.

import { ARROWS, enlargedBy, listening, SLOP, turned } from './listening.js';

/**
 * @typedef {object} OrbitOptions
 * @property {HTMLElement} place
 * @property {() => { left: number, top: number }} corner of the place in the window
 * @property {(dx: number, dy: number, time: number) => void} onTurn CSS pixels
 * @property {(dx: number, dy: number) => void} onMove
 * @property {(factor: number, x: number, y: number) => void} onZoom about a point of the place
 * @property {(time: number) => void} onGrab
 * @property {(time: number) => void} onLetGo after turning
 * @property {(dx: number, dy: number) => void} onArrow with shift: steps of turning
 * @property {AbortSignal} [signal] ends it
 */

const WHEEL = 0.0026;

/**
 * Call before anyone else listens to the place: what turns the picture points at nothing.
 *
 * @param {OrbitOptions} options
 */
export function createOrbiting(options) {
  const { place, corner, signal } = options;
  const listen = listening(place, signal);
  listenToPointers(options, listen);
  const turn = (/** @type {WheelEvent} */ event) => {
    event.preventDefault();
    const { left, top } = corner();
    const factor = enlargedBy(event, turned(event).dy, WHEEL);
    options.onZoom(factor, event.clientX - left, event.clientY - top);
  };
  listen('wheel', turn, { passive: false });
  listen('contextmenu', (event) => event.preventDefault());
  listen('keydown', (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    options.onArrow(...arrow);
  });
}

/** @typedef {{ x: number, y: number }} Spot */

/** @param {OrbitOptions} options @param {HTMLElement['addEventListener']} listen */
function listenToPointers(options, listen) {
  const { place } = options;
  /** @type {Map<number, Spot>} */
  const held = new Map();
  let moves = false;
  let dragged = false;

  listen('pointerdown', (event) => {
    if (held.size === 0) dragged = false;
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moves = event.button === 2 || event.button === 1 || event.shiftKey;
    options.onGrab(event.timeStamp);
  });
  listen('pointermove', (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < SLOP) return;
    if (!dragged) place.setPointerCapture(event.pointerId);
    dragged = true;
    event.stopImmediatePropagation();
    const others = [...held].filter(([id]) => id !== event.pointerId).map(([, spot]) => spot);
    held.set(event.pointerId, now);
    if (others[0]) pinch(options, before, now, others[0]);
    else if (moves) options.onMove(now.x - before.x, now.y - before.y);
    else options.onTurn(now.x - before.x, now.y - before.y, event.timeStamp);
  });
  for (const end of ['pointerup', 'pointercancel'])
    listen(end, (event) => {
      const { pointerId, timeStamp } = /** @type {PointerEvent} */ (event);
      if (!held.delete(pointerId)) return;
      if (held.size === 0 && dragged && !moves) options.onLetGo(timeStamp);
    });
  listen('click', (event) => {
    if (dragged) event.stopImmediatePropagation();
    dragged = false;
  });
}

/** Two fingers: their middle moves the picture, their distance zooms it. */
/** @param {OrbitOptions} options @param {Spot} before @param {Spot} now @param {Spot} other */
function pinch({ corner, onMove, onZoom }, before, now, other) {
  const { left, top } = corner();
  const apart = (/** @type {Spot} */ spot) =>
    Math.max(1, Math.hypot(spot.x - other.x, spot.y - other.y));
  onMove((now.x - before.x) / 2, (now.y - before.y) / 2);
  onZoom(apart(now) / apart(before), (now.x + other.x) / 2 - left, (now.y + other.y) / 2 - top);
}

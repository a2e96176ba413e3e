// What several of the hands' modules share: arrow keys, the wheel, listening until a signal, and whether
// anybody was here before.

import { recall, remember } from '../core/store.js';

/** Where an arrow key leads. @type {Readonly<Record<string, readonly [right: number, down: number]>>} */
export const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A pointer that moved less is a click or a tap, CSS pixels. */
export const SLOP = 5;

/** A pinch on a trackpad comes as a wheel with Control and small steps. */
const PINCH = 0.012;
const LARGEST_DELTA = 120;
const LINE = 16;

/**
 * @param {HTMLElement | Document} element
 * @param {AbortSignal} [signal] ends it
 * @returns {HTMLElement['addEventListener']}
 */
export function listening(element, signal) {
  return (
    /** @type {string} */ type,
    /** @type {EventListener} */ listener,
    /** @type {AddEventListenerOptions} */ options = {},
  ) => element.addEventListener(type, listener, { ...options, signal });
}

/**
 * How far a wheel was turned, CSS pixels.
 *
 * @param {WheelEvent} event
 */
export function turned({ deltaX, deltaY, deltaMode }) {
  const unit = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
  return { dx: deltaX * unit, dy: deltaY * unit };
}

/**
 * By what a wheel enlarges.
 *
 * @param {WheelEvent} event
 * @param {number} dy how far it was turned
 * @param {number} wheel doublings for a pixel
 */
export function enlargedBy({ ctrlKey }, dy, wheel) {
  const delta = Math.max(-LARGEST_DELTA, Math.min(LARGEST_DELTA, dy));
  const rate = ctrlKey && Math.abs(delta) < LARGEST_DELTA / 2 ? PINCH : wheel;
  return 2 ** (-delta * rate);
}

/** What hands do on a page; to move a mouse over it is not enough. */
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'drop', 'paste'];
const TOUCHED = 'touched';

/** @returns {AbortSignal} aborted with the first touch of a page on this device, which is remembered */
export function firstTouch() {
  if (recall(TOUCHED)) return AbortSignal.abort();
  const touched = new AbortController();
  const { signal } = touched;
  function touch() {
    remember(TOUCHED, 'yes');
    touched.abort();
  }
  for (const event of TOUCHES) addEventListener(event, touch, { capture: true, signal });
  return signal;
}

/**
 * Hears a pointer as soon as it moves, not aligned to frames: the server can answer before the frame that
 * will show what was done.
 *
 * @param {HTMLElement} element
 * @param {(event: PointerEvent) => void} move
 */
export function onMoves(element, move) {
  let raw = false;
  element.addEventListener('pointerdown', () => (raw = false));
  element.addEventListener('pointermove', (event) => {
    if (!raw) move(event); // else it tells the same again, a frame later
  });
  if ('onpointerrawupdate' in window)
    element.addEventListener('pointerrawupdate', (event) => {
      raw = true;
      move(/** @type {PointerEvent} */ (event));
    });
}

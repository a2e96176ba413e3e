// Wheel, dragging and two fingers over the stage, as steps of zooming and moving. Knows no picture.

import { enlargedBy, listening, SLOP, turned } from './listening.js';

/** @typedef {readonly [x: number, y: number]} Point */

/**
 * One step: everything moves by (dx, dy) and grows by a factor about a point of the place.
 *
 * @typedef {object} Step
 * @property {number} factor
 * @property {Point} about CSS pixels from the place's corner
 * @property {number} dx
 * @property {number} dy
 */

/**
 * @typedef {object} GesturesOptions
 * @property {HTMLElement} place of the picture
 * @property {() => { left: number, top: number }} corner of the place in the window
 * @property {() => boolean} off nothing may be zoomed now
 * @property {() => boolean} zoomed a drag of one pointer moves the picture
 * @property {() => boolean} scrollsDown the plain wheel belongs to scrolling
 * @property {boolean} [scrolled] the plain wheel is the page's, whatever the picture does
 * @property {(step: Step) => void} onStep
 * @property {AbortSignal} [signal] ends it
 */

/** A notch of a wheel, some 100 px, is a quarter more. */
const WHEEL = 0.0032;

/** @type {Step} */
const STILL = { factor: 1, about: [0, 0], dx: 0, dy: 0 };

/** @param {GesturesOptions} options */
export function createGestures(options) {
  const listen = listening(options.place, options.signal);
  listenToWheel(options, listen);
  listenToDrags(options, listen);
  listenToFingers(options, listen);
}

/** @param {GesturesOptions} options @param {HTMLElement['addEventListener']} listen */
function listenToWheel({ corner, off, zoomed, scrollsDown, scrolled, onStep }, listen) {
  const wheel = (/** @type {WheelEvent} */ event) => {
    if (off() || (scrolled && !event.ctrlKey)) return;
    const { dx, dy } = sidewaysWithShift(event);
    const sideways = Math.abs(dx) > Math.abs(dy);
    if (event.ctrlKey || !(scrollsDown() || sideways)) {
      const { left, top } = corner();
      const factor = enlargedBy(event, dy, WHEEL);
      onStep({ ...STILL, factor, about: [event.clientX - left, event.clientY - top] });
    } else if (zoomed()) onStep({ ...STILL, dx: -dx, dy: -dy });
    else return; // the browser scrolls
    event.preventDefault();
  };
  listen('wheel', wheel, { passive: false });
}

/** @param {WheelEvent} event */
function sidewaysWithShift(event) {
  const { dx, dy } = turned(event);
  return event.shiftKey && dx === 0 ? { dx: dy, dy: 0 } : { dx, dy };
}

/** Mouse and pen: a drag moves what is zoomed, and is then no click. */
/** @param {GesturesOptions} options @param {HTMLElement['addEventListener']} listen */
function listenToDrags({ place, off, zoomed, onStep }, listen) {
  /** @type {Point | null} */
  let last = null;
  let dragged = false;

  const down = (/** @type {PointerEvent} */ event) => {
    dragged = false;
    if (event.pointerType === 'touch' || event.button !== 0 || off() || !zoomed()) return;
    last = [event.clientX, event.clientY];
  };
  const move = (/** @type {PointerEvent} */ event) => {
    if (!last || event.pointerType === 'touch') return;
    const { clientX, clientY, pointerId } = event;
    const [dx, dy] = [clientX - last[0], clientY - last[1]];
    if (!dragged && Math.hypot(dx, dy) < SLOP) return;
    if (!dragged) {
      dragged = true;
      place.setPointerCapture(pointerId);
      place.dataset['dragging'] = '';
    }
    event.stopPropagation(); // what is dragged is not pointed at
    last = [clientX, clientY];
    onStep({ ...STILL, dx, dy });
  };
  const up = () => {
    last = null;
    delete place.dataset['dragging'];
  };
  const click = (/** @type {MouseEvent} */ event) => {
    if (dragged) event.stopPropagation();
    dragged = false;
  };
  listen('pointerdown', down, { capture: true });
  listen('pointermove', move, { capture: true });
  listen('pointerup', up);
  listen('pointercancel', up);
  listen('click', click, { capture: true });
}

/** Two fingers zoom and move; one moves what is zoomed, and otherwise scrolls and taps as ever. */
/** @param {GesturesOptions} options @param {HTMLElement['addEventListener']} listen */
function listenToFingers({ place, corner, off, zoomed, onStep }, listen) {
  /** @type {Fingers | null} */
  let last = null;
  let moving = false;

  /** @param {TouchEvent} event */
  function held(event) {
    const mine = [...event.touches].filter(({ target }) =>
      place.contains(/** @type {Node} */ (target)),
    );
    if (off() || mine.length === 0) return null;
    if (mine.length === 1 && !zoomed()) return null;
    return fingersOf(mine);
  }
  /** @param {TouchEvent} event */
  function change(event) {
    last = held(event);
    moving = (last?.count ?? 0) > 1;
    if (moving && event.cancelable) event.preventDefault();
  }
  /** @param {TouchEvent} event */
  function move(event) {
    const now = last && held(event);
    if (!now || !last || now.count !== last.count) return;
    if (event.cancelable) event.preventDefault();
    const [dx, dy] = [now.x - last.x, now.y - last.y];
    if (!moving && Math.hypot(dx, dy) < SLOP) return;
    moving = true;
    const { left, top } = corner();
    onStep({ factor: now.apart / last.apart, about: [now.x - left, now.y - top], dx, dy });
    last = now;
  }

  listen('touchstart', change, { passive: false });
  listen('touchend', change, { passive: false });
  listen('touchcancel', () => (last = null));
  listen('touchmove', move, { passive: false });
}

/** @typedef {{ count: number, x: number, y: number, apart: number }} Fingers their middle, and how far apart */

/** @param {Touch[]} touches @returns {Fingers | null} */
function fingersOf([first, second]) {
  if (!first) return null;
  const { clientX, clientY } = first;
  if (!second) return { count: 1, x: clientX, y: clientY, apart: 1 };
  return {
    count: 2,
    x: (clientX + second.clientX) / 2,
    y: (clientY + second.clientY) / 2,
    apart: Math.max(1, Math.hypot(clientX - second.clientX, clientY - second.clientY)),
  };
}

// Follows one pointer over an element, from down to up, as points in units of the element.

import { onMoves } from './listening.js';
import { padPoint } from './strokes.js';

/** @import { Viewport } from '../core/viewport.js' */
/** @import { Point } from './strokes.js' */

const MAIN_BUTTON = 1;
const PEN_ERASER = 32;
/** A touch that the system takes back this soon was a palm, not a finger that draws. */
const PALM = 500;

/**
 * @typedef {object} Followed
 * @property {(point: Point, event: PointerEvent, eraser: boolean) => void} onDown
 * @property {(points: Point[], event: PointerEvent) => void} onMove
 * @property {() => void} onUp also when a pointer that drew for long was taken away: that stays
 * @property {() => void} onTakenBack it was the palm: a pen came, or the system took it away at once
 */

/**
 * @param {HTMLElement} element
 * @param {Viewport} viewport
 * @param {Followed} followed
 */
export function followPointer(element, viewport, { onDown, onMove, onUp, onTakenBack }) {
  /** @type {{ id: number, touch: boolean, since: number, place: DOMRect } | null} */
  let pointer = null;

  /** @param {PointerEvent} event */
  function down(event) {
    if (!(event.buttons & (MAIN_BUTTON | PEN_ERASER))) return;
    const palm = pointer?.touch && event.pointerType === 'pen';
    if (pointer && !palm) return; // a second finger
    event.preventDefault();
    if (palm) onTakenBack();
    element.setPointerCapture(event.pointerId);
    pointer = {
      ...{ id: event.pointerId, touch: event.pointerType === 'touch', since: event.timeStamp },
      place: viewport.place(element),
    };
    const eraser = (event.buttons & PEN_ERASER) !== 0;
    onDown(padPoint(event.clientX, event.clientY, pointer.place), event, eraser);
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (event.pointerId !== pointer?.id) return;
    const { place } = pointer;
    const points = eventsOf(event).map((each) => padPoint(each.clientX, each.clientY, place));
    onMove(points, event);
  }

  /** @param {PointerEvent} event */
  function up(event) {
    if (event.pointerId !== pointer?.id) return;
    const { touch, since } = pointer;
    pointer = null;
    const palm = event.type === 'pointercancel' && touch && event.timeStamp - since < PALM;
    if (palm) onTakenBack();
    onUp();
  }

  element.addEventListener('pointerdown', down);
  onMoves(element, move);
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel', 'lostpointercapture'])) {
    element.addEventListener(end, up);
  }
  element.addEventListener('contextmenu', (event) => event.preventDefault());
  // a finger that rests on the pad must neither select nor scroll, in Safari as well
  element.addEventListener('touchstart', (event) => event.preventDefault(), { passive: false });
}

/**
 * The positions between two frames, where the browser tells them.
 *
 * @param {PointerEvent} event
 */
function eventsOf(event) {
  const coalesced = event.getCoalescedEvents?.() ?? [];
  return coalesced.length > 0 ? coalesced : [event];
}

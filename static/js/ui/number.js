// Hands on a field that holds a number: it is dragged up and down, and changed by keys.

import { ARROWS, onMoves, SLOP } from '../input/listening.js';

/** Of a drag for one step, CSS pixels. */
const STEP = 8;
/** What a number grows by, and with Shift. */
const PLAIN = 1;
const FINE = 0.1;

/** Tenths stay tenths. @param {number} from @param {number} steps @param {boolean} fine */
function stepped(from, steps, fine) {
  return Math.round(1e6 * (from + steps * (fine ? FINE : PLAIN))) / 1e6;
}

/**
 * @typedef {object} Keyed
 * @property {() => number} value
 * @property {(value: number) => void} change
 * @property {(right: number, down: number) => void} go to a field beside it
 * @property {(last: boolean) => void} end to the first or last of its row
 */

/** While all of the number is selected, as when one comes to it, arrow keys lead to its neighbours. */
/** @param {HTMLInputElement} field @param {Keyed} on */
export function keyNumber(field, on) {
  field.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !acts(event, field, on)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** @param {KeyboardEvent} event @param {HTMLInputElement} field @param {Keyed} on @returns {boolean} whether the key did anything */
function acts({ key, shiftKey }, field, { value, change, go, end }) {
  const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const steps = { PageUp: 1, PageDown: -1 }[key];
  if (steps) change(stepped(value(), steps, shiftKey));
  else if (key === 'Enter') go(0, 1);
  else if (key === 'Escape' && !whole) change(value());
  else return !shiftKey && walks(key, whole, go, end);
  return true;
}

/** @param {string} key @param {boolean} whole @param {Keyed['go']} go @param {Keyed['end']} end */
function walks(key, whole, go, end) {
  const arrow = ARROWS[key];
  if (arrow && (whole || arrow[1] !== 0)) go(...arrow);
  else if (whole && (key === 'Home' || key === 'End')) end(key === 'End');
  else return false;
  return true;
}

/** @param {HTMLInputElement} field @param {() => number} value @param {(value: number) => void} change */
export function dragNumber(field, value, change) {
  /** @type {{ y: number, from: number, moved: boolean } | null} */
  let held = null;
  field.addEventListener('pointerdown', ({ button, clientY }) => {
    if (button === 0) held = { y: clientY, from: value(), moved: false };
  });
  onMoves(field, ({ clientY, pointerId, shiftKey }) => {
    if (!held) return;
    const up = held.y - clientY;
    if (!held.moved && Math.abs(up) <= SLOP) return;
    if (!held.moved) field.setPointerCapture(pointerId);
    held.moved = true;
    const next = stepped(held.from, Math.round(up / STEP), shiftKey);
    if (next !== value()) change(next);
  });
  for (const over of ['pointerup', 'pointercancel', 'lostpointercapture'])
    field.addEventListener(over, () => (held = null));
  // a number that is selected would be taken along, as text is
  field.addEventListener('dragstart', (event) => event.preventDefault());
  field.addEventListener('click', () => field.select());
}

// The upper edge of the account, or of a phone's sheet: dragged, moved by keys, folded by a press.

import { message } from '../text/messages.js';
import { html } from './dom.js';

/**
 * @typedef {object} Edge
 * @property {string} label
 * @property {() => { now: number, least: number, most: number }} heights in CSS pixels
 * @property {(height: number) => void} onHeight what was asked for, within those bounds
 * @property {() => void} onFold it was pressed, or dragged well below the least height
 */

/** By an arrow key, CSS pixels. */
const STEP = 24;
/** Of a drag; less is a press. */
const MOVED = 4;

/**
 * @param {Edge} edge
 * @returns {HTMLElement} with the role of a separator
 */
export function createDivider({ label, heights, onHeight, onFold }) {
  const element = html('div', {
    ...{ class: 'divider', role: 'separator', tabindex: 0, 'aria-orientation': 'horizontal' },
    ...{ 'aria-label': label, 'aria-controls': 'account', title: message('edge.how') },
  });
  /** @type {{ y: number, height: number, moved: boolean } | null} */
  let held = null;

  function tell() {
    const { now, least, most } = heights();
    element.setAttribute('aria-valuemin', String(Math.round(least)));
    element.setAttribute('aria-valuemax', String(Math.round(most)));
    element.setAttribute('aria-valuenow', String(Math.round(now)));
  }

  /** @param {number} height */
  function ask(height) {
    const { least, most } = heights();
    onHeight(Math.round(Math.min(most, Math.max(least, height))));
    tell();
  }

  element.addEventListener('pointerdown', ({ pointerId, clientY, button }) => {
    if (button !== 0) return;
    element.setPointerCapture(pointerId);
    held = { y: clientY, height: heights().now, moved: false };
  });
  element.addEventListener('pointermove', ({ clientY }) => {
    if (!held) return;
    const by = held.y - clientY;
    held.moved ||= Math.abs(by) > MOVED;
    if (held.moved) ask(held.height + by);
  });
  element.addEventListener('pointerup', ({ clientY }) => {
    if (!held) return;
    const wanted = held.height + held.y - clientY;
    const fold = !held.moved || wanted < heights().least / 2;
    held = null;
    if (fold) onFold();
  });
  element.addEventListener('pointercancel', () => (held = null));
  element.addEventListener('focus', tell);
  element.addEventListener('keydown', (event) => {
    const { now, least, most } = heights();
    const to = { ArrowUp: now + STEP, ArrowDown: now - STEP, Home: least, End: most }[event.key];
    if (to !== undefined) ask(to);
    else if (event.key === 'Enter') onFold();
    else return;
    event.preventDefault();
  });
  tell();
  return element;
}

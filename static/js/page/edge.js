// The upper edge of the account, or of a phone's sheet: dragged, moved by keys, folded by a press; how
// high it was made is remembered.

import { remember } from '../core/store.js';
import { find } from '../ui/dom.js';

/** @import { Opened } from './types.d.ts' */

/** Of the account, CSS pixels at plain type: a head and a few lines below it. */
const LEAST = 180;
/** What the stage keeps of the window; of a phone's, less. */
const STAGE = 0.55;
const PHONE = 0.2;
/** By an arrow key, CSS pixels. */
const STEP = 24;
/** Of a drag; less is a press. */
const MOVED = 4;

/** @param {Opened} page */
export function openEdge({ root, store, viewport, stage }) {
  const place = find('#account', HTMLElement);
  const element = find('.divider', HTMLElement);
  function heights() {
    const kept = store.get().phone ? PHONE : STAGE;
    const most = viewport.windowHeight() * (1 - kept) - viewport.place(stage.place).top;
    const least = Math.min(most, LEAST * viewport.type());
    return { now: viewport.place(place).height, least, most };
  }

  function tell() {
    const { now, least, most } = heights();
    element.ariaValueMin = String(Math.round(least));
    element.ariaValueMax = String(Math.round(most));
    element.ariaValueNow = String(Math.round(now));
  }

  /** @param {number} height within those bounds */
  function ask(height) {
    const { least, most } = heights();
    const wanted = Math.round(Math.min(most, Math.max(least, height)));
    const key = store.get().phone ? 'sheet-open' : 'account-open';
    const plain = Math.round(wanted / viewport.type());
    root.style.setProperty(`--${key}`, `${plain}px`);
    remember(key, String(plain));
    tell();
  }

  function fold() {
    if (store.get().phone) store.set({ panel: null, pinned: null, pointed: null });
    else store.set({ account: 'line' });
  }

  listenToDrags(element, heights, ask, fold);
  element.addEventListener('focus', tell);
  element.addEventListener('keydown', (event) => {
    const { now, least, most } = heights();
    const to = { ArrowUp: now + STEP, ArrowDown: now - STEP, Home: least, End: most }[event.key];
    if (to !== undefined) ask(to);
    else if (event.key === 'Enter') fold();
    else return;
    event.preventDefault();
  });
  tell();
}

/**
 * @param {HTMLElement} element
 * @param {() => { now: number, least: number }} heights
 * @param {(height: number) => void} ask
 * @param {() => void} fold it was pressed, or dragged well below the least height
 */
function listenToDrags(element, heights, ask, fold) {
  /** @type {{ y: number, height: number, moved: boolean } | null} */
  let held = null;

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
    const folds = !held.moved || wanted < heights().least / 2;
    held = null;
    if (folds) fold();
  });
  element.addEventListener('pointercancel', () => (held = null));
}

// How high the account is, and a phone's sheet: as somebody dragged it, and remembered.

import { remember } from '../core/memory.js';
import { message } from '../text/messages.js';
import { createDivider } from '../ui/divider.js';
import { html } from '../ui/dom.js';

/** @import { PageStore } from './state.js' */
/** @import { Viewport } from '../core/viewport.js' */

/** Of the account, CSS pixels at plain type: a head and a few lines below it. */
const LEAST = 180;
/** What the stage keeps of the window; of a phone's, less. */
const STAGE = 0.55;
const PHONE = 0.2;

/**
 * @param {object} options
 * @param {PageStore} options.store
 * @param {Viewport} options.viewport
 * @param {HTMLElement} options.root keeps the heights as style properties
 * @param {HTMLElement} options.place the account
 * @param {() => number} options.top where the stage begins in the window
 */
export function createEdge({ store, viewport, root, place, top }) {
  const type = () => viewport.type();

  function heights() {
    const window = viewport.windowHeight();
    const phone = store.get().phone;
    const most = window * (1 - (phone ? PHONE : STAGE)) - top();
    const least = Math.min(most, LEAST * type());
    return { now: viewport.place(place).height, least, most };
  }

  const divider = createDivider({
    label: message('edge.height'),
    heights,
    onHeight(height) {
      const key = store.get().phone ? 'sheet-open' : 'account-open';
      const plain = Math.round(height / type());
      root.style.setProperty(`--${key}`, `${plain}px`);
      remember(key, String(plain));
    },
    onFold() {
      if (store.get().phone) store.set({ panel: null, pinned: null, pointed: null });
      else store.set({ account: 'line' });
    },
  });
  // A landmark of its own, so that a screen reader finds it; it has no box.
  place.before(html('section', { class: 'edge', 'aria-label': message('edge.label') }, divider));
}

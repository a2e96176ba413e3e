// A link to all that is on the page: copied by a button or a key, and for scripts.

import { message } from '../text/messages.js';
import { showLink } from '../ui/link.js';
import { start } from '../wire/start.js';
import { ledParts } from '../lesson/led.js';
import { FIELDS } from './link/fields.js';

/** @import { Feature } from './types.d.ts' */

/** Names and addresses by which a machine calls itself alone. */
const ALONE = /^(localhost|.*\.localhost|127\..*|\[::1\])$/;

/** @type {Feature} */
export const links = {
  name: 'links',
  open({ store, address }) {
    const { convlens } = /** @type {Window & { convlens?: object }} */ (window);
    Object.assign(convlens ?? {}, {
      state: () => address.state(),
      link: () => address.link(),
      show: (/** @type {string} */ link) => address.show(link),
    });

    /** To the other pages the drawing and a lesson go along, which carry them back. @param {Event} event */
    function carry({ target }) {
      const way = target instanceof Element ? target.closest('.pages a') : null;
      if (!(way instanceof HTMLAnchorElement)) return;
      const state = store.get();
      const drawing = FIELDS['drawing']?.write(state);
      const led = ledParts(state.lesson && { ...state.lesson, own: true });
      const parts = drawing ? [...led, ['drawing', drawing]] : led;
      if (parts.length) way.hash = String(new URLSearchParams([['v', '1'], ...parts]));
    }
    document.addEventListener('click', carry);
    closeElsewhere(document.querySelector('details.learn'));

    async function copy() {
      const here = new URL(address.link());
      const { elsewhere } = start();
      const alone = ALONE.test(here.hostname);
      const link = alone && elsewhere ? new URL(here.search + here.hash, elsewhere) : here;
      const copied = await copyText(link.href);
      if (copied && !alone) return store.set({ notice: message('link.copied') });
      const why = alone ? `${message(elsewhere ? 'link.elsewhere' : 'link.alone')} ` : '';
      showLink(link.href, why + message(copied ? 'link.copied' : 'code.selected'));
    }
    return { actions: { link: copy }, keys: { u: copy } };
  },
};

/** What was opened over the page closes with Escape, and when one goes on elsewhere. @param {Element | null} menu */
function closeElsewhere(menu) {
  if (!(menu instanceof HTMLDetailsElement)) return;
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}

/** @param {string} text @returns {Promise<boolean>} whether the browser lets a page do it */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // plain http from another machine has no clipboard
  }
}

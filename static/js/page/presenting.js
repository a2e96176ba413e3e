// Presenting to a class: large type and no tools, a picture that can be frozen and drawn on, a blank
// screen; by keys, of which a slide clicker has some.

import { message } from '../text/messages.js';
import { listenToClicker, turning } from '../ui/clicker.js';
import { find } from '../ui/dom.js';
import { link } from '../ui/frames.js';
import { createBlank, createInk } from '../ui/present.js';

/** @import { Feature, Offer, Page } from './types.d.ts' */

/** @type {Feature} */
export const presenting = { name: 'presenting', open };

/** @param {Page} page @returns {Offer} */
function open({ root, store, stage, theme, loop }) {
  const app = find('#app', HTMLElement);
  const [ink, blank] = [createInk(app), createBlank(app)];
  const out = link(message('present.end'), message('key.esc'), () => store.set({ present: false }));
  out.classList.add('present-end');
  /** Who presented once has a clicker in hand, whose F5 begins; until then it loads the page anew. */
  let presented = false;

  function follow() {
    const { present } = store.get();
    presented ||= present;
    root.toggleAttribute('data-present', present);
    if (present) find('.rail-rows', HTMLElement).append(out);
    else {
      out.remove();
      for (const cover of [ink, blank]) cover.put(false);
    }
    theme.renew(); // what is read of the tokens is others
    stage.refit();
    loop.wake();
  }
  const toggle = () => store.set({ present: !store.get().present });

  /** @param {-1 | 1} by */
  function step(by) {
    const { pinned, pointed } = store.get();
    const cell = stage.view.jump(pinned ?? pointed, by);
    if (cell) store.set({ pinned: cell, pointed: null, walking: true });
  }
  const erase = () => store.set({ erase: false });
  const shade = () => (store.get().present ? blank.put(!blank.on()) : erase());
  /** @type {Readonly<Record<string, () => void>>} */
  const clicker = { ...turning(step), F5: toggle };

  listenToClicker((key) => {
    const { present, lesson } = store.get();
    if (lesson && key !== 'F5') return undefined; // they go through it
    return present || (presented && key === 'F5') ? clicker[key] : undefined;
  });
  store.subscribe((_, changed) => {
    if ('present' in changed) follow();
  });
  if (store.get().present) follow();

  function freeze() {
    if (!store.get().present) return;
    ink.put(!ink.on());
    if (!ink.on()) store.set({ pointed: null, walking: false }); // the pointer says anew where it is
  }

  /** For Escape. */
  function release() {
    if (blank.on()) blank.put(false);
    else if (ink.on()) freeze();
    else if (store.get().present) toggle();
    else return false;
    return true;
  }
  return { keys: { p: toggle, b: shade, '.': shade, z: freeze }, release };
}

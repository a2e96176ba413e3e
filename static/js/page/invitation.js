// Invites whoever has drawn a first digit to point at a square: once, beside the answer, until it is done.

import { recall, remember } from '../core/store.js';
import { selection } from '../stage/state.js';
import { message } from '../text/messages.js';
import { find, say } from '../ui/dom.js';

/** @import { Feature } from './types.d.ts' */

/** What is remembered of this device. */
const POINTED = 'pointed';
/** Nobody is spoken to while the pen is still moving, ms. */
const CALM = 1000;

/** @type {Feature} */
export const invitation = {
  name: 'invitation',
  open({ store }) {
    if (recall(POINTED)) return;
    const place = find('#prediction .tap', HTMLElement);
    const coarse = matchMedia('(pointer: coarse)').matches;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;

    function follow() {
      const { trace } = store.get();
      const drawn = trace && !trace.example;
      clearTimeout(timer);
      if (!drawn) return say(place, '');
      if (selection(store.get())) {
        stop();
        say(place, '');
        return void remember(POINTED, 'yes');
      }
      const invite = () => say(place, message(coarse ? 'guess.tap' : 'guess.point'));
      timer = setTimeout(invite, CALM);
    }
    const stop = store.subscribe((_, changed) => {
      if ('trace' in changed || 'pointed' in changed || 'pinned' in changed) follow();
    });
    follow();
  },
};

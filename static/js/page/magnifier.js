// A finger that rests on the stage sees what it covers.

import { createMagnifier } from '../input/magnifier.js';
import { html } from '../ui/dom.js';

/** @import { Feature } from './types.d.ts' */

/** @type {Feature} */
export const magnifier = {
  name: 'magnifier',
  open({ stage, store }) {
    const { canvas, overlay, place, view: ground, theme, viewport } = stage;
    const view = html('canvas', { class: 'magnifier', 'aria-hidden': true, hidden: true });
    place.append(view);
    createMagnifier({
      ...{ canvas, overlay, view },
      width: viewport.windowWidth,
      colour: () => theme.current().tokens.ink,
      pick: (x, y) => ground.pick(x, y),
      onPoint: (pointed) => store.set({ pointed, walking: false }),
      onPin: (pinned) => store.set({ pinned, pointed: null }),
    });
  },
};

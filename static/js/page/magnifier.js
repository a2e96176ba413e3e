// A finger that rests on the stage sees what it covers.

import { createMagnifier } from '../input/magnifier.js';
import { find } from '../ui/dom.js';

/** @import { Feature } from './types.d.ts' */

/** @type {Feature} */
export const magnifier = {
  name: 'magnifier',
  open({ stage, store }) {
    const { canvas, overlay, view: ground, theme, viewport } = stage;
    createMagnifier({
      ...{ canvas, overlay, view: find('.magnifier', HTMLCanvasElement) },
      width: viewport.windowWidth,
      colour: () => theme.current().tokens.ink,
      pick: (x, y) => ground.pick(x, y),
      onPoint: (pointed) => store.set({ pointed, walking: false }),
      onPin: (pinned) => store.set({ pinned, pointed: null }),
    });
  },
};

// What is loaded once the page stands: receipts, and whatever drawing and being read can do without.

export { createLineCell } from '../ui/receipt/line.js';
export { createOpenCell, createSheetCell } from '../ui/receipt/open.js';
export { effectOf } from './derivatives.js';
export { saveTrace } from './saving.js';
export { createTelling } from './telling.js';
export { cellSentences } from '../scene/sentences.js';

import { createMagnifier } from '../input/magnifier.js';
import { MARKS } from '../stage/marks.js';
import { find, html } from '../ui/dom.js';
import { Compare } from './compare.js';
import { createDerivatives } from './derivatives.js';
import { createHelp } from './help.js';
import { createLayers } from './layers.js';
import { createLingering } from './lingering.js';
import { createLooking } from './looking.js';
import { createMaps } from './maps.js';
import { createMoves } from './moves.js';
import { createNetworks } from './networks.js';
import { createPen } from './pen.js';

/** @import { Page } from './types.d.ts' */

/**
 * Begins what comes late, once.
 *
 * @param {Page} page
 */
export function begin(page) {
  page.stage.view.marks = MARKS;
  createHelp(page);
  createPen(page);
  magnify(page);
  createLooking(page);
  createDerivatives(page);
  createMoves(page);
  createLayers(page, createMaps(page));
  new Compare(page);
  createNetworks(page);
  createLingering({ store: page.store, account: find('#account', HTMLElement) });
}

/** @param {Page} page */
function magnify({ stage, store }) {
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
}

// What is loaded once the page stands: receipts, and whatever drawing and being read can do without.

export { createLineCell } from '../ui/receipt/line.js';
export { createOpenCell, createSheetCell } from '../ui/receipt/open.js';
export { effectOf } from './derivatives.js';
export { saveTrace } from './saving.js';
export { createTelling } from './telling.js';
export { cellSentences } from '../scene/sentences.js';

import { overlayItems } from '../scene/overlay.js';
import { struckWords } from '../scene/words.js';
import { find, html } from '../ui/dom.js';
import { createDerivatives } from './derivatives.js';
import { createCompare } from './compare.js';
import { createMagnifier } from '../input/magnifier.js';
import { createPen } from './pen.js';
import { createMoves } from './moves.js';
import { createHelp } from './help.js';
import { createLayers } from './layers.js';
import { createLingering } from './lingering.js';
import { createMaps } from './maps.js';
import { createNetworks } from './networks.js';
import { createSpace } from './space.js';
import { createZoom } from './zoom.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { Editor } from '../input/editor.js' */
/** @import { Painter } from '../render/painter.js' */
/** @import { Journey } from './journey.js' */
/** @import { PageStore } from './state.js' */
/** @import { View } from '../stage/view.js' */

/**
 * What main.js has wired, for those who come later.
 *
 * @typedef {object} Page
 * @property {PageStore} store
 * @property {ReturnType<typeof import('../core/loop.js').createLoop>} loop
 * @property {View} view
 * @property {Painter} stage
 * @property {ReturnType<typeof import('../core/viewport.js').createViewport>} viewport
 * @property {HTMLElement} scroller the place of the stage
 * @property {HTMLCanvasElement} canvas the stage
 * @property {{ current: () => Theme, toggle: () => void }} theme
 * @property {Record<string, () => void>} actions by the name in data-action
 * @property {Record<string, () => void>} keys by name, as `input/keys.js` says
 * @property {Editor} editor
 * @property {ReturnType<typeof import('../input/pad.js').createPad>} pad
 * @property {() => import('../input/pad.js').Tool} tool that is chosen
 * @property {Journey} journey
 * @property {ReturnType<typeof import('./timing.js').createTiming>} timing
 * @property {ReturnType<typeof import('./panels.js').createPanels>} panels
 * @property {import('../wire/link.js').Link} link
 * @property {Set<(time: number) => boolean>} frames also run in every frame; true asks for another
 * @property {Map<Element, (box: import('../core/viewport.js').Box) => void>} sized who is told of an element's size
 * @property {string} id of the network
 * @property {string} url of the network: its routes lie below it
 * @property {() => Promise<void>} painted resolves after the next frame
 */

/**
 * Begins what comes late, once.
 *
 * @param {Page} page
 */
export function begin(page) {
  page.view.marks = overlayItems;
  page.stage.words = struckWords;
  createHelp(page);
  createPen(page);
  magnify(page);
  createZoom(page);
  createSpace(page);
  createDerivatives(page);
  createMoves(page);
  createLayers(page, createMaps(page));
  createCompare(page);
  createNetworks(page);
  createLingering({ store: page.store, account: find('#account', HTMLElement) });
}

/** @param {Page} page */
function magnify({ canvas, scroller, view: ground, store, theme, viewport }) {
  const view = html('canvas', { class: 'magnifier', 'aria-hidden': true, hidden: true });
  scroller.append(view);
  createMagnifier({
    ...{ canvas, overlay: find('#overlay', HTMLCanvasElement), view },
    width: viewport.windowWidth,
    colour: () => theme.current().tokens.ink,
    pick: (x, y) => ground.pick(x, y),
    onPoint: (pointed) => store.set({ pointed, walking: false }),
    onPin: (pinned) => store.set({ pinned, pointed: null }),
  });
}

/** Resolves once receipts and help can be shown in their own clothes, never before. */
export function dress() {
  return loadStyles('later');
}

/** How long until a style sheet that did not arrive is asked for again, ms. */
const AGAIN = 2000;

/**
 * A style sheet of what comes late. If it fails to arrive it is asked for until it does.
 *
 * @param {string} name of a file of css/
 * @returns {Promise<unknown>} resolves once it has arrived, or failed for the first time
 */
export function loadStyles(name) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL(`../../css/${name}.css`, import.meta.url).href;
  document.head.append(link);
  return new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      setTimeout(() => void loadStyles(name), AGAIN);
      resolve(null);
    };
  });
}

// What is loaded once the page stands: receipts, and whatever drawing and being read can do without.

export { createLineCell } from '../ui/receipt/line.js';
export { createOpenCell, createSheetCell } from '../ui/receipt/open.js';
export { saveTrace } from './saving.js';
export { createTelling } from './telling.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { Editor } from '../input/editor.js' */
/** @import { Stage } from '../render/stage.js' */
/** @import { Journey } from './journey.js' */
/** @import { PageStore } from './state.js' */
/** @import { View } from './view.js' */

/**
 * What main.js has wired, for those who come later.
 *
 * @typedef {object} Page
 * @property {PageStore} store
 * @property {ReturnType<typeof import('../core/loop.js').createLoop>} loop
 * @property {View} view
 * @property {Stage} stage
 * @property {ReturnType<typeof import('../core/viewport.js').createViewport>} viewport
 * @property {HTMLElement} scroller the place of the stage
 * @property {HTMLCanvasElement} canvas the stage
 * @property {{ current: () => Theme, toggle: () => void }} theme
 * @property {Record<string, () => void>} actions by the name in data-action
 * @property {Record<string, () => void>} keys by name, as `input/keys.js` says
 * @property {Editor} editor
 * @property {Journey} journey
 * @property {ReturnType<typeof import('./timing.js').createTiming>} timing
 * @property {ReturnType<typeof import('./panels.js').createPanels>} panels
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
  void page; // nobody yet
}

/**
 * Style sheets of what comes late.
 *
 * @param {readonly string[]} paths
 */
export function loadStyles(paths) {
  for (const href of paths) {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    document.head.append(link);
  }
}

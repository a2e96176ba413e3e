// Which map the panels of maps, kernels and layers are about, and how they come and go.

import { selection } from '../stage/state.js';

/** @import { PageStore, PanelName } from './state.js' */

/** @typedef {{ readonly layer: string, readonly channel: number }} Subject */

/**
 * A panel that is opened by keys takes the focus, and gives it back when it is closed.
 *
 * @param {PageStore} store
 * @param {() => Promise<void>} painted
 * @param {HTMLElement} account the account's place
 */
export function createOpening(store, painted, account) {
  /** @type {Element | null} */
  let before = null;
  let line = false;

  store.subscribe(({ panel, graph }, changed) => {
    if ('graph' in changed && graph) store.set({ subject: null, hidden: [] });
    if (!('panel' in changed) || isOurs(panel)) return;
    if (line && store.get().account === 'open') store.set({ account: 'line' });
    line = false;
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    before = null;
  });

  /**
   * @param {PanelName} panel
   * @param {Subject} subject
   * @param {string} [focus] selector of what takes the focus
   */
  function open(panel, subject, focus = '') {
    const state = store.get();
    if (!isOurs(state.panel)) {
      line = state.account === 'line';
      before = focus ? document.activeElement : null;
    }
    store.set({ panel, subject, kernel: null, account: 'open' });
    if (!focus) return;
    void painted().then(() => {
      const target = account.querySelector(focus);
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    });
  }

  return { open, close: () => store.set({ panel: null }) };
}

/** @param {PanelName | null} panel */
export function isOurs(panel) {
  return panel === 'map' || panel === 'kernels' || panel === 'layers';
}

/**
 * The map of the cell that is selected; else the one that was shown last, else the first that is
 * more than the image.
 *
 * @param {PageStore} store
 * @returns {Subject | null}
 */
export function subjectNow(store) {
  const state = store.get();
  const cell = selection(state);
  if (cell) return { layer: cell.layer, channel: cell.channel };
  if (state.subject) return state.subject;
  const name = state.graph?.names[1];
  return name === undefined ? null : { layer: name, channel: 0 };
}

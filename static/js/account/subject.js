// Which map the panels of maps, kernels and layers are about, and how they come and go.

import { selection } from '../stage/state.js';

/** @import { AccountState, AccountStore, PanelName } from './state.js' */
/** @import { Panel } from './types.d.ts' */

/** @typedef {{ readonly layer: string, readonly channel: number }} Subject */
/** @typedef {ReturnType<typeof createOpening>} Opening */

/**
 * A panel that is opened by keys takes the focus, and gives it back when it is closed; so does the
 * account that had to be opened for it.
 *
 * @param {AccountStore} store
 * @param {() => Promise<void>} painted
 * @param {HTMLElement} account the account's place
 */
export function createOpening(store, painted, account) {
  /** What was before the panel. @type {{ focus: Element | null, line: boolean } | null} */
  let before = null;
  let opening = false;

  store.subscribe(({ graph }, changed) => {
    if ('graph' in changed && graph) store.set({ subject: null, hidden: [] });
    if (!('panel' in changed) || opening || !before) return;
    const { focus, line } = before;
    before = null;
    if (line && store.get().account === 'open') store.set({ account: 'line' });
    giveBack(focus);
  });

  /** Unless it is elsewhere by now. @param {Element | null} focus */
  function giveBack(focus) {
    const now = document.activeElement;
    if (now !== document.body && !account.contains(now)) return;
    if (focus instanceof HTMLElement && focus.isConnected) focus.focus();
  }

  /**
   * @param {PanelName} panel
   * @param {Subject | null} subject as it was, where it is null
   * @param {string} [focus] selector of what takes the focus
   */
  function open(panel, subject, focus = '') {
    const state = store.get();
    before ??= {
      focus: focus ? document.activeElement : null,
      line: state.account === 'line',
    };
    opening = true;
    const shown = { panel, subject: subject ?? state.subject, passing: false };
    store.set({ ...shown, kernel: null, account: 'open' });
    opening = false;
    if (!focus) return;
    void painted().then(() => {
      const target = account.querySelector(focus);
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    });
  }

  const close = () => store.set({ panel: null });

  /**
   * @param {PanelName} name
   * @param {Pick<Panel<any>, 'focus' | 'subject' | 'opens'>} panel
   */
  function toggle(name, { focus, subject, opens }) {
    const state = store.get();
    const about = subject?.(state) ?? null;
    if (state.panel === name) close();
    else if (!subject || about) {
      opens?.();
      open(name, about, focus);
    }
  }

  return { open, close, toggle };
}

/**
 * The map of the cell that is selected; else the one that was shown last, else the first that is
 * more than the image.
 *
 * @param {Readonly<AccountState>} state
 * @returns {Subject | null}
 */
export function subjectNow(state) {
  const cell = selection(state);
  if (cell) return { layer: cell.layer, channel: cell.channel };
  if (state.subject) return state.subject;
  const name = state.graph?.names[1];
  return name === undefined ? null : { layer: name, channel: 0 };
}

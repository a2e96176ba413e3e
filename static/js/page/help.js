// The help in the account's place, with the switch for keys of a single letter.

import { createHelp as createView } from '../ui/help.js';
import { find } from '../ui/dom.js';

/** @import { Page } from './types.d.ts' */

/**
 * It opens the account and takes the focus; closed, it gives both back.
 *
 * @param {Pick<Page, 'store' | 'panels' | 'actions' | 'keys' | 'painted'>} page
 */
export function createHelp({ store, panels, actions, keys, painted }) {
  const view = createView({
    close: () => store.set({ panel: null }),
    shortcuts: (on) => store.set({ shortcuts: on }),
  });
  panels.add('help', {
    reads: ['shortcuts', 'account', 'phone'],
    show: ({ shortcuts }, shape) => view(shape, shortcuts),
  });

  const account = find('#account', HTMLElement);
  /** @type {Element | null} */
  let before = null;
  let line = false;
  const toggle = () => {
    const state = store.get();
    if (state.panel === 'help') return store.set({ panel: null });
    before = document.activeElement;
    line = state.account === 'line';
    store.set({ panel: 'help', account: 'open' });
    void painted().then(() => {
      const group = account.querySelector('.help');
      if (group instanceof HTMLElement) group.focus({ preventScroll: true });
    });
  };
  actions['help'] = toggle;
  keys['?'] = toggle;
  store.subscribe((state, changed) => {
    if (!('panel' in changed) || state.panel === 'help' || !before) return;
    const inside = account.contains(document.activeElement);
    if (inside && before instanceof HTMLElement && before.isConnected) before.focus();
    before = null;
    if (line && state.account === 'open') store.set({ account: 'line' });
  });
}

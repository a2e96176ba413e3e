// The help in the account's place, with the switch for keys of a single letter.

import { createHelp as createView } from '../ui/help.js';

/** @import { Page } from './later.js' */

/** @param {Pick<Page, 'store' | 'panels'>} page */
export function createHelp({ store, panels }) {
  const view = createView({
    close: () => store.set({ panel: null }),
    shortcuts: (on) => store.set({ shortcuts: on }),
  });
  panels.add('help', {
    reads: ['shortcuts', 'account', 'phone'],
    show: ({ shortcuts }, shape) => view(shape, shortcuts),
  });
}

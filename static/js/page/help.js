// The help in the account's place, with the switch for keys of a single letter.

import { createHelp } from '../ui/help.js';

/** @import { Feature } from './types.d.ts' */

/** @type {Feature} */
export const help = {
  name: 'help',
  open({ store, opening }) {
    const show = createHelp({
      close: opening.close,
      shortcuts: (on) => store.set({ shortcuts: on }),
    });
    const toggle = () => {
      if (store.get().panel === 'help') opening.close();
      else opening.open('help', null, '.help');
    };
    return {
      actions: { help: toggle },
      keys: { '?': toggle },
      panels: {
        help: {
          reads: ['shortcuts', 'account', 'phone'],
          show: ({ shortcuts }, shape) => show(shape, shortcuts),
        },
      },
    };
  },
};

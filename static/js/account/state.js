// What a page knows beside its stage in order to account for the cells of it.

import { EMPTY_STAGE } from '../stage/state.js';

/** @import { StageState } from '../stage/state.js' */
/** @import { Form } from '../ui/receipt/forms.js' */

/**
 * @typedef {object} Around
 * @property {'open' | 'line'} account
 * @property {Form} form in which a cell is accounted for
 * @property {boolean} unfolded all of an account is said in words, not only what matters
 * @property {PanelName | null} panel what takes the account's place
 * @property {string | null} term the entry of the glossary that is read
 * @property {boolean} passing the list of layers is there only while a caption is pointed at
 * @property {{ readonly layer: string, readonly channel: number } | null} subject the map that panels of maps, kernels and layers are about
 * @property {boolean} phone
 */

/** @typedef {StageState & Around} AccountState */
/** @typedef {(typeof PANELS)[number]} PanelName */
/** @typedef {import('../core/store.js').Store<AccountState>} AccountStore */

/** What can take the account's place. */
export const PANELS = /** @type {const} */ ([
  ...['help', 'glossary', 'map', 'kernels', 'layers', 'moves', 'compare', 'why', 'save'],
]);

/** @type {AccountState} */
export const EMPTY_ACCOUNT = {
  ...EMPTY_STAGE,
  account: 'open',
  form: 'picture',
  unfolded: false,
  panel: null,
  term: null,
  passing: false,
  subject: null,
  phone: false,
};

// What is loaded once the page stands: receipts, and whatever drawing and being read can do without.

export { createLineCell } from '../ui/receipt/line.js';
export { createOpenCell, createSheetCell } from '../ui/receipt/open.js';
export { playOf } from '../account/playing.js';
export { choiceOf } from './quantities.js';
export { saveTrace } from './saving.js';
export { tell } from '../account/telling.js';
export { cellSentences } from '../scene/sentences.js';
export { loadStyles } from '../ui/styles.js';

import { createOpening } from '../account/subject.js';
import { MARKS } from '../stage/marks.js';
import { FEATURES } from './features.js';
import { Address } from './link/address.js';

/** @import { PanelName } from '../account/state.js' */
/** @import { Around, Offer, Page } from './types.d.ts' */

/** What else is seen when the way of an entry is taken. @type {Page['ways']} */
const WAYS = {
  folded: { folded: false, panel: null },
  scale: { scale: 'map', panel: null },
  influence: { quantity: 'derivative' },
  ...{ path: { panel: 'why' }, mute: { panel: 'why' }, order: { panel: 'why' } },
  space: { space: true, panel: null },
  moves: { panel: 'moves' },
  argue: { form: 'words' },
  formula: { form: 'formula' },
};

/**
 * Opens what the page can do beyond drawing and being read, once.
 *
 * @param {Omit<Page, 'opening' | 'address' | 'ways'>} page
 * @param {Around} around
 */
export function begin(page, { keys, actions, panels, ends }) {
  page.stage.view.marks = MARKS;
  const opening = createOpening(page.store, page.painted, page.place);
  const address = new Address(page);
  /** @type {Map<string, string>} */
  const taken = new Map();
  for (const { name, open } of FEATURES) {
    /** @type {Offer} */
    const {
      release,
      panels: shown = {},
      ...offer
    } = open({ ...page, opening, address, ways: WAYS }) ?? {};
    const own = { keys: { ...offer.keys }, actions: { ...offer.actions } };
    for (const [key, panel] of Object.entries(shown)) {
      const toggle = () => opening.toggle(/** @type {PanelName} */ (key), panel);
      own.keys[panel.key] = toggle;
      own.actions[key] = toggle;
      panels.add(/** @type {PanelName} */ (key), panel);
    }
    for (const one of [...Object.keys(own.keys), ...Object.keys(own.actions)]) {
      const other = taken.get(one) ?? name;
      if (other !== name) throw new Error(`Both ${other} and ${name} offer ${one}.`);
      taken.set(one, name);
    }
    Object.assign(keys, own.keys);
    Object.assign(actions, own.actions);
    if (release) ends.add(release);
  }
}

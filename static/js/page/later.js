// What is loaded once the page stands: receipts, and whatever drawing and being read can do without.

export { createLineCell } from '../ui/receipt/line.js';
export { createOpenCell, createSheetCell } from '../ui/receipt/open.js';
export { choiceOf } from './quantities.js';
export { saveTrace } from './saving.js';
export { tell } from './telling.js';
export { cellSentences } from '../scene/sentences.js';
export { loadStyles } from '../ui/styles.js';

import { MARKS } from '../stage/marks.js';
import { find } from '../ui/dom.js';
import { FEATURES } from './features.js';
import { Address } from './link/address.js';
import { createOpening } from './subject.js';

/** @import { PanelName } from './state.js' */
/** @import { Around, Offer, Page } from './types.d.ts' */

/**
 * Opens what the page can do beyond drawing and being read, once.
 *
 * @param {Omit<Page, 'opening' | 'address'>} page
 * @param {Around} around
 */
export function begin(page, { keys, actions, panels, ends }) {
  page.stage.view.marks = MARKS;
  const opening = createOpening(page.store, page.painted, find('#account', HTMLElement));
  const address = new Address(page);
  /** @type {Map<string, string>} */
  const taken = new Map();
  for (const { name, open } of FEATURES) {
    /** @type {Offer} */
    const { release, panels: shown = {}, ...offer } = open({ ...page, opening, address }) ?? {};
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

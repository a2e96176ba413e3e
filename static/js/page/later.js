// What is loaded once the page stands: receipts, and whatever drawing and being read can do without.

export { createLineCell } from '../ui/receipt/line.js';
export { createOpenCell, createSheetCell } from '../ui/receipt/open.js';
export { playOf } from '../account/playing.js';
export { choiceOf } from './quantities.js';
export { saveTrace } from './tracefile.js';
export { tell } from '../account/telling.js';
export { cellSentences } from '../scene/sentences.js';
export { loadStyles } from '../ui/styles.js';

import { createOpening } from '../account/subject.js';
import { MARKS } from '../stage/marks.js';
import { keep, start } from '../wire/start.js';
import { FEATURES } from './features.js';
import { Address } from './link/address.js';
import { Offers } from './offers.js';

/** @import { Around, Page } from './types.d.ts' */

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
export function begin(page, around) {
  page.stage.view.marks = MARKS;
  const opening = createOpening(page.store, page.painted, page.place);
  const address = new Address(page);
  const offers = new Offers({ ...page, opening, address, ways: WAYS }, around);
  for (const one of FEATURES) {
    if ('load' in one) offers.wait(one);
    else offers.open(one);
  }
  void keep(start().wanted ?? []);
}

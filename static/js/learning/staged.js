// A stage on this page, and the account of its cells beside it.

import { createExplanation } from '../account/explanation.js';
import { glossary } from '../account/glossary.js';
import { createJourney } from '../account/journey.js';
import { createOpening } from '../account/subject.js';
import { account } from '../scene/account.js';
import { openPointing } from '../stage/pointing.js';
import { createStage } from '../stage/stage.js';
import { viewOf } from '../stage/state.js';
import { find } from '../ui/dom.js';

/** @import { Kit } from '../account/explanation.js' */
/** @import { AccountState, AccountStore, PanelName } from '../account/state.js' */
/** @import { Shape } from '../account/types.d.ts' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { Shared } from './page.js' */

/** What else is seen when the way of an entry is taken. @type {import('../account/types.d.ts').Explained['ways']} */
const WAYS = { argue: { form: 'words' }, formula: { form: 'formula' } };

/**
 * @param {Shared} shared
 * @param {HTMLElement} element in which its canvases stand
 * @param {AccountStore} store
 * @param {Parameters<typeof openPointing>[1]} hands
 */
export function stageIn({ loop, viewport, theme }, element, store, hands) {
  const [canvas, overlay] = element.querySelectorAll('canvas');
  if (!canvas || !overlay) throw new Error('A stage has two canvases.');
  const place = find('.stage', HTMLElement, element);
  const stage = createStage({ canvas, overlay, place, store, loop, viewport, theme });
  openPointing(stage, hands);
  return stage;
}

/** A sheet where there is little room. @param {Readonly<AccountState>} state @returns {Shape} */
const shapeOf = ({ phone, account: chosen }) => (phone ? 'sheet' : chosen);

/**
 * @typedef {object} Explaining
 * @property {() => Promise<void>} [save] fetches the files that the code of an account loads
 * @property {readonly string[]} [changes] what else of the state its account reads
 * @property {boolean} [calm] while all numbers change in every frame, that of a pinned cell is told in every other one
 * @property {Kit} kit
 */

/**
 * @param {Shared} shared
 * @param {Stage} stage
 * @param {AccountStore} store
 * @param {HTMLElement} element in which the account's place is
 * @param {Explaining} how
 * @returns {{ keys: Record<string, () => void>, fold: () => void, end: () => void }}
 */
export function explain({ loop }, stage, store, element, how) {
  const { save, changes = [], kit, calm = false } = how;
  const place = find('.account', HTMLElement, element);
  const opening = createOpening(store, () => loop.painted(), place);
  const padImage = () => null;
  const explanation = createExplanation({
    ...{ store, stage, place, padImage, save, shape: shapeOf, journey: createJourney(store) },
    kit: () => kit,
    said: find('.stage-said', HTMLElement, element),
    idle: (graph) => account(graph, viewOf(store.get()), null),
  });
  const { panels = {} } = glossary.open({
    ...{ store, stage, loop, place, opening, padImage, app: element, ways: WAYS },
  });
  /** @type {Record<string, () => void>} */
  const keys = {};
  for (const [key, panel] of Object.entries(panels)) {
    const name = /** @type {PanelName} */ (key);
    explanation.add(name, panel);
    keys[panel.key] = () => opening.toggle(name, panel);
  }
  let stale = true;
  const unsubscribe = store.subscribe((_, changed) => {
    stale ||= changes.some((one) => one in changed) || explanation.reads(changed);
  });
  let told = false; // in the frame before
  const remove = loop.add('after', () => {
    const waits = stale && told && calm && store.get().pinned !== null;
    if (waits) loop.wake();
    else if (stale) explanation.show();
    told = stale && !waits;
    stale = waits;
  });
  return {
    keys,
    fold: () => store.set({ account: store.get().account === 'open' ? 'line' : 'open' }),
    end() {
      unsubscribe();
      remove();
    },
  };
}

// The cell that explains an answer: the network on its stage, and the account of that cell below it.

import { createExplanation } from '../account/explanation.js';
import { createJourney } from '../account/journey.js';
import { glossary } from '../account/glossary.js';
import { playing, playOf } from '../account/playing.js';
import { EMPTY_ACCOUNT } from '../account/state.js';
import { createOpening } from '../account/subject.js';
import { tell } from '../account/telling.js';
import { createStore, recall } from '../core/store.js';
import { isPhone } from '../core/viewport.js';
import { graphOf } from '../kinds/traits.js';
import { account } from '../scene/account.js';
import { cellSentences } from '../scene/sentences.js';
import { MARKS } from '../stage/marks.js';
import { openPointing } from '../stage/pointing.js';
import { createStage } from '../stage/stage.js';
import { viewOf } from '../stage/state.js';
import { find } from '../ui/dom.js';
import { formNamed } from '../ui/receipt/forms.js';
import { createLineCell } from '../ui/receipt/line.js';
import { createOpenCell, createSheetCell } from '../ui/receipt/open.js';

/** @import { AccountState, PanelName } from '../account/state.js' */
/** @import { Model, QuizItem } from '../wire/types.d.ts' */
/** @import { Shared } from './page.js' */

const KIT = { tell, cellSentences, playOf, createOpenCell, createSheetCell, createLineCell };
/** What else is seen when the way of an entry is taken. @type {import('../account/types.d.ts').Explained['ways']} */
const WAYS = { argue: { form: 'words' }, formula: { form: 'formula' } };

/**
 * @param {Shared} shared
 * @param {Model} model
 * @param {HTMLElement} element of the network and its account
 */
export function createReveal({ loop, viewport, theme }, model, element) {
  const place = find('.account', HTMLElement, element);
  const graph = graphOf(model);
  const shown = { theme: theme.current().name, phone: isPhone(), form: formNamed(recall('form')) };
  const store = createStore(/** @type {AccountState} */ ({ ...EMPTY_ACCOUNT, graph, ...shown }));
  const [canvas, overlay] = element.querySelectorAll('canvas');
  if (!canvas || !overlay) throw new Error('A stage has two canvases.');
  const around = find('.stage', HTMLElement, element);
  const stage = createStage({ canvas, overlay, place: around, store, loop, viewport, theme });
  stage.view.marks = MARKS;
  openPointing(stage);
  const opening = createOpening(store, () => loop.painted(), place);
  const padImage = () => null;
  const explanation = createExplanation({
    ...{ store, stage, place, padImage, journey: createJourney(store), kit: () => KIT },
    said: find('.stage-said', HTMLElement, element),
    idle: (graph) => account(graph, viewOf(store.get()), { ...FIRST, layer: graph.output }),
    shape: ({ phone }) => (phone ? 'sheet' : 'open'),
  });
  const app = element;
  const features = [
    playing.open({ store }),
    glossary.open({ store, stage, loop, place, opening, padImage, app, ways: WAYS }),
  ];
  for (const { panels = {} } of features)
    for (const [name, panel] of Object.entries(panels))
      explanation.add(/** @type {PanelName} */ (name), panel);
  let stale = true;
  store.subscribe((_, changed) => {
    stale ||= explanation.reads(changed);
    loop.wake();
  });
  loop.add('after', () => {
    if (stale && !element.hidden) explanation.show();
    if (!element.hidden) stale = false;
  });
  return {
    store,
    stage,
    /** @param {QuizItem} item whose answer it explains */
    pin({ cell }) {
      store.set({ pinned: cell, pointed: null, panel: null, play: null });
    },
  };
}

const FIRST = { channel: 0, row: 0, column: 0 };

// A stage of a network that learns, and the account of its cells, built where a run is looked at.

import { createStore, recall } from '../../core/store.js';
import { isPhone, onNarrow } from '../../core/viewport.js';
import { MARKS } from '../../stage/marks.js';
import { message } from '../../text/messages.js';
import { find, html } from '../../ui/dom.js';
import { formNamed } from '../../ui/receipt/forms.js';
import { KIT } from '../kit.js';
import { explain, stageIn } from '../staged.js';

/** @import { AccountState } from '../../account/state.js' */
/** @import { Store } from '../../core/store.js' */
/** @import { Theme } from '../../core/theme.js' */
/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Shared } from '../page.js' */

/**
 * @template {AccountState} State
 * @param {Shared} shared
 * @param {State} begins what its state is at first
 * @param {(cell: Cell | null) => void} onPin
 * @param {Pick<import('../staged.js').Explaining, 'changes' | 'calm'>} [how] of its account
 */
export function openSeen(shared, begins, onPin, how = {}) {
  const where = html('p', { class: 'training-moment' });
  const refused = html('p', { class: 'refused', role: 'status' });
  const element = html('div', { class: 'training-network' }, where, ...placesOf(), refused);
  const theme = shared.theme.current().name;
  const shown = { theme, phone: isPhone(), form: formNamed(recall('form')) };
  /** @type {Store<State>} */
  const own = createStore({ ...begins, ...shown });
  const store = /** @type {import('../../account/state.js').AccountStore} */ (
    /** @type {unknown} */ (own)
  );
  const stage = stageIn(shared, element, store, {
    onPin(pinned) {
      store.set({ pinned });
      onPin(pinned);
    },
  });
  stage.view.marks = MARKS;
  const told = explain(shared, stage, store, element, { kit: KIT, ...how });
  const account = find('.account', HTMLElement, element);
  let besides = false;
  const fit = () => store.set({ phone: isPhone() || besides }); // beside another there is as little room
  const away = onNarrow(fit);
  return {
    ...{ element, where, refused, store: own, stage, fold: told.fold },
    release: () => released(store),
    /** @param {string} title @param {boolean} beside another network */
    name(title, beside) {
      stage.canvas.ariaLabel = message('training.stage', { title });
      account.ariaLabel = message('training.account', { title });
      besides = beside;
      fit();
    },
    /** A cell that was pinned in another network. @param {Cell | null} cell */
    pin(cell) {
      const { graph, pinned } = store.get();
      const same = cell && graph?.has(cell.layer) && graph.valid(cell) ? cell : null;
      if (graph && same !== pinned) store.set({ pinned: same });
    },
    /** @param {Theme} next */
    setTheme(next) {
      store.set({ theme: next.name });
      stage.view.setTheme(next);
    },
    end() {
      away();
      told.end();
      stage.end();
    },
  };
}

/** @param {import('../../account/state.js').AccountStore} store @returns {boolean} whether there was anything to let go */
function released(store) {
  const { panel, pinned } = store.get();
  store.set(panel ? { panel: null } : { pinned: null });
  return Boolean(panel || pinned);
}

function placesOf() {
  const canvas = html('canvas', {
    ...{ tabindex: 0, role: 'application' },
    'aria-roledescription': message('stage.role'),
  });
  const overlay = html('canvas', { class: 'stage-overlay', 'aria-hidden': true });
  const said = html('p', { class: 'unseen stage-said', role: 'status', 'aria-live': 'polite' });
  return [
    html('div', { class: 'stage' }, html('div', { class: 'stage-sheet' }, canvas, overlay), said),
    html('section', { class: 'account' }),
  ];
}

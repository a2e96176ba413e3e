// One's own drawing through a network that learns: a stage that shows the latest network that was kept,
// with the account of its cells. Values and weights are always of one and the same moment.

import { EMPTY_ACCOUNT } from '../../account/state.js';
import { createStore, recall } from '../../core/store.js';
import { isPhone } from '../../core/viewport.js';
import { graphOf } from '../../kinds/traits.js';
import { MARKS } from '../../stage/marks.js';
import { message } from '../../text/messages.js';
import { errorText } from '../../text/refusals.js';
import { find, html, say } from '../../ui/dom.js';
import { formNamed } from '../../ui/receipt/forms.js';
import { KIT } from '../kit.js';
import { explain, stageIn } from '../staged.js';
import { createMoments } from './moments.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Cell, Tensors } from '../../geometry/types.d.ts' */
/** @import { Drawing } from '../../input/editor.js' */
/** @import { Question } from '../../wire/questions.js' */
/** @import { Model, Run } from '../../wire/types.d.ts' */
/** @import { Shared } from '../page.js' */
/** @import { Moment } from './moments.js' */

/**
 * @param {Shared} shared
 * @param {Run} run
 * @param {{ onPin: (cell: Cell | null) => void, onMoment: (model: Model, moment: Moment, first: Tensors | null) => void }} tells `first` are the weights that it began with
 */
export function openNetwork(shared, run, { onPin, onMoment }) {
  const { reader, loop } = shared;
  const { element, where, refused, store, stage, told } = staged(shared, onPin);
  const account = find('.account', HTMLElement, element);
  /** @type {Moment | null} what is asked of; its weights are here */
  let moment = null;
  /** @type {Drawing | null} */
  let drawing = null;
  const asker = reader.asker({
    onAnswer(answer, /** @type {Question & { of: Moment }} */ { of }) {
      say(refused, '');
      say(where, message('training.moment', { count: of.step }));
      store.set({ trace: { ...answer, size: null }, weights: of });
    },
    onRefused: (error) => say(refused, errorText(error)),
  });

  function ask() {
    const of = moment;
    if (!of || !drawing) return;
    const network = { id: run.model, weights: () => of.sha256, renew: async () => {} };
    asker.ask({ network, what: 'trace', drawing, center: true, of });
  }

  const moments = createMoments(run.model, (model, next, first) => {
    moment = next;
    store.set({ graph: store.get().graph ?? graphOf(model) });
    onMoment(model, next, first);
    ask();
    loop.wake();
  });
  return {
    element,
    /** @param {Run} now @param {string} title @param {Drawing} next @param {boolean} beside another network */
    show({ latest, history }, title, next, beside) {
      stage.canvas.ariaLabel = message('training.stage', { title });
      account.ariaLabel = message('training.account', { title });
      store.set({ phone: isPhone() || beside }); // there is as little room as on one
      if (latest) moments.want(latest, history[0]?.sha256);
      if (drawing === next) return;
      drawing = next;
      ask();
    },
    /** A cell that was pinned in another network. @param {Cell | null} cell */
    pin(cell) {
      const { graph, pinned } = store.get();
      const same = cell && graph?.has(cell.layer) && graph.valid(cell) ? cell : null;
      if (graph && same !== pinned) store.set({ pinned: same });
    },
    ...{ release: () => released(store), fold: told.fold },
    /** @param {Theme} next */
    setTheme(next) {
      store.set({ theme: next.name });
      stage.view.setTheme(next);
    },
    ...{ store, stage },
    end() {
      moments.end();
      asker.end();
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

/** @param {Shared} shared @param {(cell: Cell | null) => void} onPin */
function staged(shared, onPin) {
  const where = html('p', { class: 'training-moment' });
  const refused = html('p', { class: 'refused', role: 'status' });
  const element = html('div', { class: 'training-network' }, where, ...placesOf(), refused);
  const theme = shared.theme.current().name;
  const shown = { theme, phone: isPhone(), form: formNamed(recall('form')) };
  /** @type {import('../../account/state.js').AccountStore} */
  const store = createStore({ ...EMPTY_ACCOUNT, ...shown });
  const stage = stageIn(shared, element, store, {
    onPin(pinned) {
      store.set({ pinned });
      onPin(pinned);
    },
  });
  stage.view.marks = MARKS;
  const told = explain(shared, stage, store, element, { kit: KIT });
  return { element, where, refused, store, stage, told };
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

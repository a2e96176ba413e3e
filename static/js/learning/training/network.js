// One's own drawing through a network that learns: a stage that shows the latest network that was kept,
// with the account of its cells. Values and weights are always of one and the same moment.

import { EMPTY_ACCOUNT } from '../../account/state.js';
import { graphOf } from '../../kinds/traits.js';
import { message } from '../../text/messages.js';
import { errorText } from '../../text/refusals.js';
import { say } from '../../ui/dom.js';
import { createMoments } from './moments.js';
import { openSeen } from './seen.js';

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
  const seen = openSeen(shared, EMPTY_ACCOUNT, onPin);
  const { store, refused, where } = seen;
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
    ...seen,
    /** @param {Run} now @param {string} title @param {Drawing} next @param {boolean} beside another network */
    show({ latest, history }, title, next, beside) {
      seen.name(title, beside);
      if (latest) moments.want(latest, history[0]?.sha256);
      if (drawing === next) return;
      drawing = next;
      ask();
    },
    end() {
      moments.end();
      asker.end();
      seen.end();
    },
  };
}

// One training at one moment: its stage with accounts, its kernels, what it took images for. All of it
// changes at once, when all that belongs to the moment is here.

import { EMPTY } from '../../input/strokes.js';
import { graphOf } from '../../kinds/traits.js';
import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { errorText } from '../../text/refusals.js';
import { html, say } from '../../ui/dom.js';
import { untilAnswered } from '../../wire/ask.js';
import { fetchModel } from '../../wire/model.js';
import { askGradients, queryOf } from '../asking.js';
import { INITIAL, USUAL } from '../state.js';
import { createLearnt } from '../training/learnt.js';
import { openSeen } from '../training/seen.js';
import { Past } from './past.js';
import { judgedAt, placeAt } from './state.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Cell, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Model } from '../../wire/types.d.ts' */
/** @import { Shared } from '../page.js' */
/** @import { LearnState, LearnStore } from '../state.js' */
/** @import { Moment, There } from './past.js' */
/** @import { HistoryState, Trained } from './state.js' */

/** What the account reads beside what all do. */
const READS = ['told', 'step'];

/** @type {LearnState} */
const AT_FIRST = { ...INITIAL, folded: true, digit: null };

/** @param {Shared} shared @param {Trained} trained @param {(cell: Cell | null) => void} onPin */
export function openColumn(shared, trained, onPin) {
  const { run } = trained;
  const title = html('h3', {});
  const learnt = createLearnt(shared, run.classes);
  const seen = openSeen(shared, AT_FIRST, onPin, { changes: READS, calm: true });
  const { store, where, refused } = seen;
  let stale = true;
  function onNews() {
    stale = true;
    shared.loop.wake();
  }
  const onRefused = (/** @type {Error} */ error) => say(refused, errorText(error));
  const past = new Past(shared.reader, momentsOf(trained), { onNews, onRefused });
  let [shown, model] = /** @type {[There | null, Model | null]} */ ([null, null]);
  /** The weights that it began with. @type {Tensors | null} */
  let began = null;
  void untilAnswered(() => fetchModel(run.model)).then((found) => {
    model = found;
    accountForGradients(shared, store, graphOf(found), () => shown?.moment ?? null);
    onNews();
  });

  /** @param {There} there @param {HistoryState} state */
  function put(there, { drawing, target }) {
    const { weights, moment, trace } = there;
    const first = past.first();
    const news = weights !== shown?.weights || first !== began;
    [shown, began] = [there, first];
    say(refused, '');
    store.set({
      ...{ trace: { ...trace, size: null }, weights: { sha256: moment.sha256, tensors: weights } },
      ...{ drawing, wanted: { ...USUAL, target }, ...gradientsOf(there) },
    });
    if (model && news) learnt.showWeights(model, weights, first);
    learnt.showCounts(countsAt(trained, moment.step));
  }

  return {
    element: html('div', { class: 'training-column' }, title, seen.element, learnt.element),
    ...{ network: seen, past },
    /** @param {Readonly<HistoryState>} state @param {boolean} beside another one */
    show(state, beside) {
      const { title: name } = trained;
      const { place, text } = placeOf(trained, state);
      seen.name(name, beside);
      say(title, beside ? name : '');
      say(where, beside ? text : '');
      stale = past.want(place, state.drawing, queryFor(state)) || stale;
      const there = stale && model ? past.at(place) : null;
      if (there) put(there, state);
      stale &&= !there;
    },
    /** @param {Theme} next */
    setTheme(next) {
      seen.setTheme(next);
      learnt.renew();
    },
    end() {
      past.end();
      seen.end();
    },
  };
}

/** Undefined of a network that is no moment of the training. @param {Trained} trained @param {number | null} step */
function countsAt({ lines }, step) {
  return step === null ? undefined : (judgedAt(lines, step)?.confusion ?? null);
}

/** What is asked about gradients; nothing of an empty drawing. @param {Readonly<HistoryState>} state */
function queryFor({ gradient, drawing, target }) {
  const inked = drawing.file || drawing.strokes.length > 0;
  return gradient && inked ? `step?${queryOf({ ...USUAL, target })}` : '';
}

/** @param {Trained} trained @returns {Moment[]} those of its history, and the network that is served behind them */
function momentsOf({ run, served }) {
  const kept = run.history.map(({ step, sha256 }) => ({ id: run.model, step, sha256 }));
  return served ? [...kept, { id: served.id, sha256: served.sha256, step: null }] : kept;
}

/** What is looked at, and beside another training which step that is. @param {Trained} trained @param {Readonly<HistoryState>} state */
function placeOf({ run, served }, { step, away }) {
  const place = placeAt(run, step);
  const count = run.history[place]?.step ?? 0;
  const text =
    step === null || step === count
      ? message('training.moment', { count })
      : message('history.beside', { own: grouped(count), step: grouped(step) });
  return { place: away && served ? run.history.length : place, text };
}

/** What the stage shows of gradients. @param {There} there @returns {Partial<LearnState>} */
function gradientsOf({ gradient }) {
  const quantity = gradient ? 'gradient' : 'value';
  if (!gradient) return { quantity, answers: {}, step: null, told: null };
  const prefix = 'gradient/';
  const tensors = new Map(
    [...gradient.tensors].flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [/** @type {const} */ ([name.slice(prefix.length), tensor])] : [],
    ),
  );
  const cell = { layer: '', channel: 0, row: 0, column: 0 };
  const step = { ...gradient, size: null };
  return { quantity, answers: { gradient: { cell, tensors } }, step, told: null };
}

/** @param {Shared} shared @param {LearnStore} store @param {Graph} graph @param {() => Moment | null} looked at now */
function accountForGradients({ reader }, store, graph, looked) {
  store.set({ graph });
  const network = {
    get id() {
      return looked()?.id ?? '';
    },
    weights: () => looked()?.sha256,
    renew: async () => {},
  };
  const about = (/** @type {string} */ what) => ({
    ...{ network, what, center: true, moved: null },
    drawing: store.get().drawing ?? EMPTY,
  });
  askGradients(
    store,
    about,
    (onAnswer, onRefused) => reader.asker({ onAnswer, ...(onRefused && { onRefused }) }),
    graph,
  );
}

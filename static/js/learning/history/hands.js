// What a visitor chooses for the time machine: trainings, the drawing, what the stage shows.

import { message } from '../../text/messages.js';
import { percent } from '../../text/shares.js';
import { html } from '../../ui/dom.js';
import { choiceOf } from '../../ui/effect.js';
import { openDrawing } from '../training/drawing.js';
import { SHIPPED } from './state.js';

/** @import { RunSummary } from '../../wire/types.d.ts' */
/** @import { Shared } from '../page.js' */
/** @import { HistoryState, HistoryStore } from './state.js' */

/** @param {Shared} shared @param {HistoryStore} store @param {() => void} look for trainings of this server */
export function createHands(shared, store, look) {
  const drawn = openDrawing(shared, message('history.drawing'), {
    get: () => store.get().drawing,
    ofSet: () => store.get().trained[0]?.run.data ?? '',
    set: (drawing, digit) =>
      store.set(digit === null ? { drawing } : { drawing, target: Number(digit) }),
  });
  const [first, second] = [0, 1].map((i) =>
    html('select', { onfocus: look, onpointerdown: look, onchange: () => choose(i) }),
  );
  function choose(/** @type {number} */ i) {
    const ids = [first?.value ?? SHIPPED, second?.value ?? ''];
    if (ids[0] === ids[1]) ids[i ? 0 : 1] = i && ids[1] !== SHIPPED ? SHIPPED : '';
    store.set({ ids: ids.filter(Boolean), away: false, runs: false });
  }
  const shows = choiceOf(
    { value: message('history.values'), gradient: message('history.gradients') },
    (name) => store.set({ gradient: name === 'gradient' }),
  );
  const target = html('select', {
    onchange: () => store.set({ target: Number(target.value) }),
  });
  const aim = html('label', { class: 'training-field' }, message('history.target'), target);
  /** @type {readonly unknown[]} */
  let built = [];
  return {
    elements: [
      drawn.element,
      html(
        'div',
        { class: 'history-choices' },
        html('label', { class: 'training-field' }, message('history.first'), first ?? null),
        html('label', { class: 'training-field' }, message('history.second'), second ?? null),
        html('div', { class: 'training-field' }, message('history.shows'), shows.element),
        aim,
      ),
    ],
    /** @param {Readonly<HistoryState>} state */
    show({ ids, others, trained, gradient, target: aimed }) {
      drawn.renew();
      shows.choose(gradient ? 'gradient' : 'value');
      aim.hidden = !gradient;
      const now = [ids, others, trained];
      if (now.some((one, i) => one !== built[i])) {
        const known = [...trained.map(({ run }) => run), ...others];
        for (const [i, select] of [first, second].entries())
          select?.replaceChildren(...optionsOf(known, ids, i));
        const classes = trained[0]?.run.classes ?? [];
        target.replaceChildren(...classes.map((name, i) => html('option', { value: i }, name)));
        built = now;
      }
      target.value = String(aimed);
    },
  };
}

/** @param {readonly RunSummary[]} known @param {readonly string[]} ids that are chosen @param {number} i of the choice; the second may be none */
function optionsOf(known, ids, i) {
  const found = new Map(known.map((run) => [run.id, titleOf(run)]));
  found.set(SHIPPED, message('history.shipped'));
  const options = [...found].map(([value, title]) =>
    html('option', { value, selected: value === ids[i] }, title),
  );
  const none = html('option', { value: '', selected: !ids[1] }, message('history.none'));
  return i ? [none, ...options] : options;
}

/** @param {RunSummary} run @returns {string} what a training is called here: with how well it read at last */
export function titleOf({ id, title, validation_accuracy: share }) {
  if (id === SHIPPED) return message('history.shipped');
  return share === null ? title : message('history.title.of', { title, share: percent(share) });
}

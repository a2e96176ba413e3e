// What a visitor gives to the step: a drawing, a network, the target, the learning rate, the loss, the
// optimiser.

import { message } from '../text/messages.js';
import { python, short } from '../text/numbers.js';
import { numberTyped } from '../text/typed.js';
import { button, find, html } from '../ui/dom.js';
import { choiceOf } from '../ui/effect.js';
import { createPicture } from '../ui/picture.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchModels } from '../wire/model.js';
import { openSamples } from './asking.js';
import { LOSSES, OPTIMISERS, RATES, toLink } from './state.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Model } from '../wire/types.d.ts' */
/** @import { Shared } from './page.js' */
/** @import { LearnState, LearnStore, Wanted } from './state.js' */

/** By which the learning rate is multiplied or divided. */
const TIMES = 10;

/** @param {LearnStore} store @param {Model} model @param {Graph} graph @param {Shared} shared @param {HTMLElement} element of the section */
export function openHands(store, model, graph, shared, element) {
  const want = (/** @type {Partial<Wanted>} */ patch) =>
    store.set({ wanted: { ...store.get().wanted, ...patch } });
  const drawn = createDrawn(store, shared);
  const target = choiceOf(namesOf(graph.classes), (one) => want({ target: Number(one) }));
  const rate = createRate((rate) => want({ rate }));
  const loss = choiceOf(wordsOf('loss', LOSSES), (loss) => want({ loss }));
  const optimiser = choiceOf(wordsOf('optimiser', OPTIMISERS), (optimiser) => want({ optimiser }));
  find('.hands', HTMLElement, element).append(
    drawn.element,
    html(
      'div',
      { class: 'step-settings' },
      field('learning.target', target.element),
      field('learning.rate', rate.element),
      field('learning.loss.title', loss.element),
      field('learning.optimiser', optimiser.element),
      field('learning.network', createNetworks(store, model)),
    ),
  );
  return {
    /** @param {Readonly<LearnState>} state */
    show(state) {
      const { wanted } = state;
      drawn.show(state);
      target.choose(String(wanted.target));
      rate.show(wanted.rate);
      loss.choose(wanted.loss);
      optimiser.choose(wanted.optimiser);
    },
  };
}

/** @param {readonly string[]} classes @returns {Readonly<Record<string, string>>} by number */
function namesOf(classes) {
  return Object.fromEntries(classes.map((name, i) => [String(i), name]));
}

/** @template {string} Word @param {'loss' | 'optimiser'} what @param {readonly Word[]} words */
function wordsOf(what, words) {
  return Object.fromEntries(
    words.map((word) => [word, message(/** @type {any} */ (`learning.${what}.${word}`))]),
  );
}

/** @param {Parameters<typeof message>[0]} key @param {HTMLElement} content */
function field(key, content) {
  return html('fieldset', { class: 'step-field' }, html('legend', {}, message(key)), content);
}

/** @param {LearnStore} store @param {Shared} shared */
function createDrawn(store, shared) {
  const pad = createPicture(
    shared,
    () => import('../wire/sets.js'),
    openSamples(store),
    (drawing, digit) => store.set({ drawing, digit }),
  );
  /** @type {LearnState['drawing']} */
  let shown = null;
  return {
    element: pad.element,
    /** @param {Readonly<LearnState>} state */
    show({ drawing }) {
      pad.renew();
      if (!drawing || drawing === shown || (store.get().digit === null && shown && !drawing.file))
        return void (shown = drawing);
      shown = drawing;
      pad.show(drawing);
    },
  };
}

/** @param {(rate: number) => void} change */
function createRate(change) {
  const typed = html('input', {
    ...{ type: 'text', inputmode: 'decimal', class: 'typed', size: 8 },
    'aria-label': message('learning.rate'),
  });
  let shown = NaN;
  const held = (/** @type {number} */ rate) =>
    Number(python(Math.min(RATES[1], Math.max(RATES[0], rate)), 6));
  const say = () => (typed.value = short(shown));
  typed.addEventListener('change', () => {
    const rate = numberTyped(typed.value);
    if (rate !== null && rate >= RATES[0] && rate <= RATES[1]) change(rate);
    else say();
  });
  const by = (/** @type {string} */ sign, /** @type {number} */ factor) =>
    button({ class: 'action', onclick: () => change(held(shown * factor)) }, sign + short(TIMES));
  return {
    element: html('span', { class: 'rate' }, by('÷', 1 / TIMES), typed, by('×', TIMES)),
    /** @param {number} rate */
    show(rate) {
      if (rate === shown) return;
      shown = rate;
      say();
    },
  };
}

/** @param {LearnStore} store @param {Model} model */
function createNetworks(store, model) {
  const label = { 'aria-label': message('learning.network') };
  const choice = html('select', label, html('option', {}, model.title));
  void untilAnswered(fetchModels).then((models) =>
    choice.replaceChildren(
      ...models.map(({ id, title }) =>
        html('option', { value: id, selected: id === model.id }, title),
      ),
    ),
  );
  choice.addEventListener('change', () => {
    const link = toLink({ ...store.get(), pinned: null, at: 0 });
    location.assign(`?model=${encodeURIComponent(choice.value)}#${link}`);
  });
  return choice;
}

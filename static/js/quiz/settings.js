// Which questions: the network, the level, how many, which kinds, of which drawing.

import { message } from '../text/messages.js';
import { button, find, html, strokeLine, svg } from '../ui/dom.js';
import { createMore, createSample } from '../ui/sample.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchModels, fetchSamples } from '../wire/model.js';
import { MOST, toLink } from './state.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { Sample } from '../wire/model.js' */
/** @import { Wanted } from '../wire/quiz.js' */
/** @import { Model } from '../wire/types.d.ts' */
/** @import { QuizState, QuizStore } from './state.js' */

/** So many questions can be had at once. */
const COUNTS = [5, 10, 20, MOST];

/**
 * @param {QuizStore} store
 * @param {Model} model
 * @param {(patch: Partial<Wanted>) => void} want
 */
export function openSettings(store, model, want) {
  const level = [...document.querySelectorAll('input[name="level"]')].filter(isInput);
  const kinds = [...document.querySelectorAll('input[name="kind"]')].filter(isInput);
  const count = find('#quiz-count', HTMLSelectElement);
  const none = find('#quiz-none', HTMLElement);
  for (const one of COUNTS) count.append(html('option', { value: one }, String(one)));
  for (const one of level) one.addEventListener('change', () => want({ level: Number(one.value) }));
  count.addEventListener('change', () => want({ count: Number(count.value) }));
  for (const one of kinds)
    one.addEventListener('change', () => {
      const chosen = kinds.filter(({ checked }) => checked).map(({ value }) => value);
      none.hidden = chosen.length > 0;
      if (chosen.length) want({ kinds: chosen.length === kinds.length ? [] : chosen });
    });
  void offerNetworks(store, model);

  return {
    /** @param {Readonly<QuizState>} state */
    show({ wanted }) {
      for (const one of level) one.checked = Number(one.value) === wanted.level;
      const known = [...count.options].some(({ value }) => Number(value) === wanted.count);
      if (!known) count.append(html('option', { value: wanted.count }, String(wanted.count)));
      count.value = String(wanted.count);
      if (!none.hidden) return;
      for (const one of kinds)
        one.checked = wanted.kinds.length === 0 || wanted.kinds.includes(one.value);
    },
  };
}

/** @param {Element} one @returns {one is HTMLInputElement} */
function isInput(one) {
  return one instanceof HTMLInputElement;
}

/** The choice among networks, where there is any; the link goes along. @param {QuizStore} store @param {Model} model */
async function offerNetworks(store, model) {
  const choice = find('#quiz-network', HTMLSelectElement);
  const models = await untilAnswered(fetchModels);
  choice.replaceChildren(
    ...models.map(({ id, title }) =>
      html('option', { value: id, selected: id === model.id }, title),
    ),
  );
  choice.addEventListener('change', () => {
    location.assign(`?model=${encodeURIComponent(choice.value)}#${toLink(store.get())}`);
  });
}

/**
 * The sample digits, the drawing that was brought along, and images of a set.
 *
 * @param {QuizStore} store
 * @param {(digit: number | null, samples: readonly Sample[]) => void} take
 */
export async function openDrawings(store, take) {
  const place = find('#quiz-drawings', HTMLElement);
  const samples = await untilAnswered(fetchSamples);
  const choose = (/** @type {number | null} */ digit) => take(digit, samples);
  const mine = button({ class: 'sample own', onclick: () => choose(null) });
  const digits = samples.map(({ digit }) => Number(digit));
  const buttons = samples.map((one, i) => createSample(one, () => choose(digits[i] ?? null)));
  const more = createMore(
    () => import('../wire/sets.js'),
    (own) => {
      store.set({ own });
      choose(null);
    },
  );
  place.append(mine, ...buttons, more);
  const show = () => {
    const { digit, own } = store.get();
    mine.hidden = !own;
    mine.ariaPressed = String(digit === null);
    for (const [i, one] of buttons.entries()) one.ariaPressed = String(digit === digits[i]);
  };
  store.subscribe((_, changed) => {
    if ('own' in changed) showOwn(mine, store.get().own);
    if ('digit' in changed || 'own' in changed) show();
  });
  showOwn(mine, store.get().own);
  show();
  choose(store.get().digit);
}

/** @param {HTMLElement} place @param {Drawing | null} own */
function showOwn(place, own) {
  place.ariaLabel = place.title = message('quiz.drawing.own');
  if (!own) return;
  const lines = own.strokes.map((stroke) => strokeLine(stroke, 0.08));
  const picture = svg('svg', { viewBox: '0 0 1 1', 'aria-hidden': true }, ...lines);
  place.replaceChildren(own.file ? place.title : picture);
}

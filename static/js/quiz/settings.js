// Which questions: the network, the level, how many, which kinds, of which drawing.

import { message } from '../text/messages.js';
import { button, find, html, strokeLine, svg } from '../ui/dom.js';
import { createSample } from '../ui/sample.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchModels, fetchSamples } from '../wire/model.js';
import { MOST, toLink } from './state.js';

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
 * The sample digits, and the drawing that was brought along.
 *
 * @param {QuizStore} store
 * @param {(digit: number | null, samples: readonly Sample[]) => void} take
 */
export async function openDrawings(store, take) {
  const place = find('#quiz-drawings', HTMLElement);
  const samples = await untilAnswered(fetchSamples);
  const { own } = store.get();
  const buttons = samples.map((one) => ({
    digit: /** @type {number | null} */ (Number(one.digit)),
    element: createSample(one, () => take(Number(one.digit), samples)),
  }));
  if (own) {
    const lines = own.strokes.map((stroke) => strokeLine(stroke, 0.08));
    const picture = svg('svg', { viewBox: '0 0 1 1', 'aria-hidden': true }, ...lines);
    const label = message('quiz.drawing.own');
    const named = { class: 'sample own', title: label, 'aria-label': label };
    const mine = own.file ? label : picture;
    buttons.unshift({
      digit: null,
      element: button({ ...named, onclick: () => take(null, samples) }, mine),
    });
  }
  place.append(...buttons.map(({ element }) => element));
  const show = () => {
    for (const { digit, element } of buttons)
      element.ariaPressed = String(digit === store.get().digit);
  };
  store.subscribe((_, changed) => void ('digit' in changed && show()));
  show();
  take(store.get().digit, samples);
}

// The gallery: which images, in which order, their tiles, and one of them in full; the confusion matrix,
// whose numbers open theirs.

import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { find, html, say } from '../ui/dom.js';
import { createConfusion } from '../ui/confusion.js';
import { createChosen } from './chosen.js';
import { createFilters } from './filters.js';
import { createInks } from './inks.js';
import { listed } from './list.js';
import { askWhich } from './question.js';
import { createSheet } from './sheet.js';

/** @import { Section, Shared } from './page.js' */
/** @import { MistakesState } from './state.js' */

/** @param {Shared} shared @param {HTMLElement} element @returns {Section} */
export function openGallery(shared, element) {
  const { store, model, theme } = shared;
  const stacked = matchMedia('(max-width: 1000px)'); // the images stand below the counts that open them
  const inks = createInks(shared);
  const list = createList();
  const choose = (/** @type {number} */ image) => store.set({ image });
  const sheet = createSheet(shared, inks, choose);
  const chosen = createChosen(shared, inks, (by) => {
    const { images, at } = list(store.get());
    const next = images[at + by];
    if (next !== undefined) choose(next);
  });
  const filters = createFilters(store, model);
  const confusion = createConfusion({
    ...{ classes: model.classes, theme, about: message('mistakes.matrix') },
    onChoose({ truth, said }) {
      store.set({ truth, said, show: truth === said ? 'all' : 'misread', image: null });
      if (stacked.matches) count.scrollIntoView();
    },
  });
  const count = html('p', { class: 'gallery-count', role: 'status' });
  find('.gallery-hands', HTMLElement, element).append(filters.element, confusion.element);
  const body = html('div', { class: 'gallery-body' }, sheet.element, chosen.element);
  find('.gallery-side', HTMLElement, element).append(count, body);
  const question = askWhich(find('.gallery-question', HTMLElement, element), model.classes);
  /** @type {MistakesState['readings']} */
  let counted = null;
  return {
    show(state) {
      const { readings } = state;
      filters.show(state);
      say(count, readings ? countText(list(state).images.length) : '');
      if (!readings) return;
      if (counted !== readings) {
        counted = readings;
        confusion.show(readings.confusion);
        question.show(readings.confusion);
      }
      const shown = list(state);
      sheet.show(readings, shown);
      chosen.show(readings, shown);
    },
    setTheme() {
      sheet.repaint();
      chosen.repaint();
      confusion.show(counted?.confusion ?? null);
    },
  };
}

/** @param {number} count */
const countText = (count) =>
  count
    ? message('mistakes.count', { count, images: grouped(count) })
    : message('mistakes.nothing');

/**
 * The images that are shown, and which of them is chosen.
 *
 * @typedef {object} Listed
 * @property {readonly number[]} images places in the set
 * @property {number | null} image the one that is shown in full
 * @property {number} at its place in the list; −1 where it is not among them
 */

/** Computed anew only when something of it changes. */
function createList() {
  /** @type {{ key: readonly unknown[], images: readonly number[] }} */
  let made = { key: [], images: [] };
  /** @param {Readonly<MistakesState>} state @returns {Listed} */
  return (state) => {
    const { readings, show, truth, said, sort } = state;
    const key = [readings, show, truth, said, sort];
    if (key.some((one, i) => one !== made.key[i]))
      made = { key, images: readings ? listed(readings, state) : [] };
    const { images } = made;
    const named = state.image !== null && state.image < (readings?.images ?? 0);
    const image = (named ? state.image : images[0]) ?? null;
    return { images, image, at: image === null ? -1 : images.indexOf(image) };
  };
}

// Which images are shown, and in which order.

import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { button, html, say } from '../ui/dom.js';
import { filtered } from './list.js';
import { SHOWN, SORTS, USUAL } from './state.js';

/** @import { Readings } from '../wire/readings.js' */
/** @import { Model } from '../wire/types.d.ts' */
/** @import { MistakesState, MistakesStore, Sort } from './state.js' */

/** @param {MistakesStore} store @param {Model} model */
export function createFilters(store, { classes }) {
  const shows = SHOWN.map((show) => ({
    show,
    press: button({ class: 'action', onclick: () => store.set({ show, image: null }) }),
  }));
  const any = /** @type {const} */ (['', message('mistakes.any')]);
  const names = [any, ...classes.map((name, k) => /** @type {const} */ ([String(k), name]))];
  const truth = createSelect('truth', names, (value) =>
    store.set({ truth: value ? Number(value) : null, image: null }),
  );
  const said = createSelect('said', names, (value) =>
    store.set({ said: value ? Number(value) : null, image: null }),
  );
  const orders = SORTS.map(
    (sort) => /** @type {const} */ ([sort, message(`mistakes.sort.${sort}`)]),
  );
  const sort = createSelect('sort', orders, (value) =>
    store.set({ sort: /** @type {Sort} */ (value), image: null }),
  );
  const anyClass = { truth: USUAL.truth, said: USUAL.said, image: null };
  const clear = button(
    { class: 'link gallery-clear', onclick: () => store.set(anyClass) },
    message('mistakes.clear'),
  );
  const group = { class: 'choice', role: 'group', 'aria-label': message('mistakes.show') };
  const element = html(
    'div',
    { class: 'gallery-filters' },
    html('div', group, ...shows.map(({ press }) => press)),
    html('div', { class: 'gallery-selects' }, truth.element, said.element, sort.element),
    clear,
  );
  return {
    element,
    /** @param {Readonly<MistakesState>} state */
    show(state) {
      const { readings } = state;
      for (const { show, press } of shows) {
        press.ariaPressed = String(state.show === show);
        const unknown = !readings || (show === 'unsure' && readings.threshold === null);
        press.disabled = unknown;
        const count = unknown ? '–' : countOf(readings, show);
        say(press, message(`mistakes.show.${show}`, { count }));
      }
      truth.show(state.truth === null ? '' : String(state.truth));
      said.show(state.said === null ? '' : String(state.said));
      sort.show(state.sort);
      clear.disabled = state.truth === null && state.said === null;
    },
  };
}

/** @type {WeakMap<Readings, Map<string, string>>} */
const counts = new WeakMap();

/** Of all classes. @param {Readings} readings @param {MistakesState['show']} show */
function countOf(readings, show) {
  const known = counts.get(readings) ?? new Map();
  counts.set(readings, known);
  if (!known.has(show))
    known.set(show, grouped(filtered(readings, { show, truth: null, said: null }).length));
  return known.get(show) ?? '';
}

/** @param {'truth' | 'said' | 'sort'} name @param {readonly (readonly [value: string, text: string])[]} options @param {(value: string) => void} change */
function createSelect(name, options, change) {
  const all = options.map(([value, text]) => html('option', { value }, text));
  const select = html('select', { name, onchange: () => change(select.value) }, ...all);
  return {
    element: html('label', { class: 'gallery-field' }, message(`mistakes.${name}`), select),
    /** @param {string} value */
    show(value) {
      if (select.value !== value) select.value = value;
    },
  };
}

// What a visitor gives to the map: a layer, what colours say, which class stands out, a drawing.

import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { button, html, say } from '../../ui/dom.js';
import { choiceOf } from '../../ui/effect.js';
import { createPicture } from '../../ui/picture.js';
import { untilAnswered } from '../../wire/ask.js';
import { fetchSamples } from '../../wire/model.js';
import { lettersOf } from './dress.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { Model } from '../../wire/types.d.ts' */
/** @import { Shared } from '../page.js' */
/** @import { Colouring, MapState, MapStore } from './state.js' */

/** Layers with more cells are not laid out by the server. */
const MOST_CELLS = 20_000;

/** @param {Shared} shared @param {MapStore} store */
export function createHands({ model, theme, viewport }, store) {
  const layer = createLayers(model, (layer) => store.set({ layer }));
  const words = {
    truth: message('mistakes.map.colour.truth'),
    misread: message('mistakes.map.colour.misread'),
  };
  const colouring = choiceOf(words, (one) =>
    store.set({ colouring: /** @type {Colouring} */ (one) }),
  );
  const samples = untilAnswered(fetchSamples);
  const give = (/** @type {Drawing} */ drawing) => store.set({ drawing });
  const picture = createPicture(
    { viewport, theme },
    () => import('../../wire/sets.js'),
    samples,
    give,
  );
  /** @type {Drawing | null} */
  let shown = null;
  const field = (/** @type {string} */ name, /** @type {HTMLElement} */ element) =>
    html('div', { class: 'map-field' }, html('span', {}, name), element);
  return {
    elements: [
      layer.element,
      field(message('mistakes.map.colour'), colouring.element),
      field(message('mistakes.map.drawing'), picture.element),
    ],
    /** @param {Readonly<MapState>} state */
    show(state) {
      layer.show(state);
      colouring.choose(state.colouring);
      picture.renew();
      if (state.drawing && state.drawing !== shown) picture.show((shown = state.drawing));
    },
  };
}

/** @param {Model} model @param {(layer: string) => void} choose */
function createLayers({ input, layers }, choose) {
  const sized = [{ name: 'input', shape: input.shape }, ...layers]
    .map(({ name, shape }) => ({ name, cells: shape.reduce((all, size) => all * size, 1) }))
    .filter(({ cells }) => cells <= MOST_CELLS);
  const options = sized.map(({ name, cells }) =>
    html(
      'option',
      { value: name },
      message('mistakes.map.layer.one', { name, cells: grouped(cells) }),
    ),
  );
  const select = html(
    'select',
    { name: 'layer', onchange: () => choose(select.value) },
    ...options,
  );
  return {
    element: html('label', { class: 'map-field' }, message('mistakes.map.layer'), select),
    /** @param {Readonly<MapState>} state */
    show({ layer, map }) {
      const now = layer || map?.layer;
      if (now && select.value !== now) select.value = now;
    },
  };
}

/** The classes with their letters and colours; one of them can stand out. */
/** @param {Shared} shared @param {MapStore} store */
export function createLegend({ model, theme }, store) {
  const letters = lettersOf(model.classes);
  const buttons = model.classes.map((name, k) => {
    const letter = html('i', { 'aria-hidden': 'true' }, letters[k] ?? '');
    const press = () => store.set({ only: store.get().only === k ? null : k });
    const element = button(
      { class: 'action', 'aria-pressed': 'false', 'aria-label': name, onclick: press },
      letter,
      letters[k] === name ? null : name,
    );
    return { element, letter };
  });
  const says = html('p', {});
  const label = { role: 'group', 'aria-label': message('mistakes.map.legend') };
  return {
    element: html(
      'div',
      { class: 'map-legend' },
      html('div', { class: 'choice', ...label }, ...buttons.map(({ element }) => element)),
      says,
    ),
    /** @param {Readonly<MapState>} state */
    show({ only, colouring }) {
      const { classes, tokens } = theme.current();
      for (const [k, { element, letter }] of buttons.entries()) {
        element.ariaPressed = String(only === k);
        letter.style.color =
          (colouring === 'misread' ? tokens.neg : classes[k % classes.length]) ?? '';
      }
      say(says, message(`mistakes.map.legend.${colouring}`));
    },
  };
}

// The map: all test images by what a layer makes of them, with one's own drawing among them.

import { createStore } from '../core/store.js';
import { message } from '../text/messages.js';
import { find, html, say } from '../ui/dom.js';
import { createInks } from './inks.js';
import { openAsking } from './map/asking.js';
import { dress } from './map/dress.js';
import { createHands, createLegend } from './map/hands.js';
import { WHOLE } from './map/plane.js';
import { createSheet } from './map/sheet.js';
import { createCard, createNearest, shareText } from './map/told.js';

/** @import { Readings } from '../wire/readings.js' */
/** @import { Dressed } from './map/dress.js' */
/** @import { MapState, MapStore } from './map/state.js' */
/** @import { Section, Shared } from './page.js' */

/** @type {MapState} */
const INITIAL = {
  ...{ layer: '', colouring: 'truth', only: null, map: null, progress: null, drawing: null },
  ...{ found: null, pointed: null, camera: WHOLE, refused: '' },
};

/** @param {Shared} shared @param {HTMLElement} element @returns {Section} */
export function openMap(shared, element) {
  const { loop, theme, model } = shared;
  /** @type {MapStore} */
  const store = createStore(INITIAL);
  const inks = createInks(shared);
  const choose = (/** @type {number} */ image) => shared.store.set({ image });
  const { lay, back } = openAsking(shared, store);
  const hands = createHands(shared, store);
  const sheet = createSheet(shared, store, choose);
  const legend = createLegend(shared, store);
  const card = createCard(shared, store, inks);
  const nearest = createNearest(shared, inks, choose);
  const state = html('p', { class: 'map-share', role: 'status' });
  const keys = html('p', { class: 'map-keys', id: 'map-keys' }, message('mistakes.map.keys'));
  find('.map-hands', HTMLElement, element).append(...hands.elements);
  find('.map-side', HTMLElement, element).append(
    ...[state, sheet.element, legend.element, card.element, nearest.element, keys],
  );
  store.subscribe(() => loop.wake());
  const dressed = createDress();
  let asked = false;
  return {
    show({ readings, image }) {
      if (!readings) return;
      if (!asked) void lay();
      asked = true;
      const now = store.get();
      hands.show(now);
      legend.show(now);
      say(state, now.refused || progressText(now) || shareText(now));
      sheet.show(now, image, dressed(now, readings, model.classes, theme.current()));
      card.show(readings, now.pointed ?? image, now.pointed === null || now.pointed === image);
      nearest.show(readings, now);
    },
    back,
    setTheme() {
      card.repaint();
      nearest.repaint();
    },
  };
}

/** @param {Readonly<MapState>} state */
function progressText({ progress }) {
  if (!progress) return '';
  const { done, total } = progress;
  return message('mistakes.map.progress', { share: `${Math.round((100 * done) / (total || 1))}` });
}

/** Anew only where something of it changes. */
function createDress() {
  /** @type {{ key: readonly unknown[], made: Dressed }} */
  let last = { key: [], made: { looks: [], order: [] } };
  /** @param {Readonly<MapState>} state @param {Readings} readings @param {readonly string[]} classes @param {import('../core/theme.js').Theme} theme */
  return (state, readings, classes, theme) => {
    const key = [state.colouring, state.only, readings, theme];
    if (key.some((one, i) => one !== last.key[i]))
      last = { key, made: dress(state, readings, classes, theme) };
    return last.made;
  };
}

// The page of mistakes: what a network makes of all test images; its sections share the readings.

import { createLoop } from '../core/loop.js';
import { createStore, recall } from '../core/store.js';
import { createTheme } from '../core/theme.js';
import { createViewport } from '../core/viewport.js';
import { listenToKeys } from '../input/keys.js';
import { message, speak } from '../text/messages.js';
import { localeOf, writeIn } from '../text/numbers.js';
import { learn } from '../text/sentences.js';
import { find, say } from '../ui/dom.js';
import { listenToButtons } from '../ui/tools.js';
import { createLink } from '../wire/link.js';
import { start } from '../wire/start.js';
import { openGallery } from './gallery.js';
import { openMap } from './map.js';
import { offerNetworks } from './networks.js';
import { openReading } from './reading.js';
import { fromSearch, INITIAL, toHref } from './state.js';
import { openUnits } from './units.js';

/** @import { Loop } from '../core/loop.js' */
/** @import { Theme, Themes } from '../core/theme.js' */
/** @import { Viewport } from '../core/viewport.js' */
/** @import { Model } from '../wire/types.d.ts' */
/** @import { MistakesState, MistakesStore } from './state.js' */

/**
 * What all sections are given.
 *
 * @typedef {object} Shared
 * @property {Loop} loop
 * @property {Viewport} viewport
 * @property {Themes} theme
 * @property {Model} model the network that is looked at
 * @property {Readonly<Record<string, string>>} of which `weights` and `set` the address names
 * @property {MistakesStore} store
 * @property {() => void} lost call when the server did not answer
 */

/**
 * A section of the page.
 *
 * @typedef {object} Section
 * @property {(state: Readonly<MistakesState>) => void} show once a frame, after a change of the state
 * @property {(theme: Theme) => void} [setTheme]
 * @property {() => void} [back] the server is there again
 */

/** By its anchor: who opens it. @type {Readonly<Record<string, (shared: Shared, element: HTMLElement) => Section>>} */
const SECTIONS = { gallery: openGallery, map: openMap, units: openUnits };

/** @param {HTMLElement} root */
export function openMistakesPage(root) {
  const { language, messages, model } = start();
  if (!model) throw new Error('The page came without its network.');
  writeIn(localeOf(root.lang));
  speak(messages, language);
  learn(language);
  const loop = createLoop();
  const wanted = fromSearch(location.search, model.classes.length);
  /** @type {MistakesStore} */
  const store = createStore(/** @type {MistakesState} */ ({ ...INITIAL, ...wanted }));
  const theme = createTheme(root, (next) => {
    for (const { setTheme } of sections) setTheme?.(next);
    loop.wake();
  });
  const link = linkOf(root, () => {
    for (const { back } of sections) back?.();
    void reading.look().then(loop.wake);
  });
  /** @type {Shared} */
  const shared = {
    ...{ loop, viewport: createViewport(), theme, model, store },
    ...{ of: named(), lost: link.lost },
  };
  const reading = openReading(shared);
  const sections = [reading, ...sectionsOf(shared)];
  store.subscribe((state) => {
    const next = toHref(location.href, state);
    if (next !== location.href) history.replaceState(null, '', next);
    loop.wake();
  });
  const app = find('#app', HTMLElement);
  loop.add('after', () => {
    app.toggleAttribute('data-empty', !store.get().readings);
    for (const { show } of sections) show(store.get());
  });
  void offerNetworks(find('#mistakes-network', HTMLElement), model);
  listenToButtons({ theme: theme.toggle });
  listenToKeys(document, { d: theme.toggle }, () => recall('shortcuts') !== 'off');
  Object.assign(window, { convlens: { state: store.get, choose: store.set } });
  root.dataset['state'] = 'ready';
  void reading.look();
  loop.wake();
}

/** @param {Shared} shared @returns {Section[]} those that stand on the page */
function sectionsOf(shared) {
  return Object.entries(SECTIONS).flatMap(([name, open]) => {
    const element = document.getElementById(name);
    return element ? [open(shared, element)] : [];
  });
}

/** Which weights and images the address means. */
function named() {
  const search = new URLSearchParams(location.search);
  return Object.fromEntries([...search].filter(([name]) => name === 'weights' || name === 'set'));
}

/** @param {HTMLElement} root @param {() => void} back called when the server is there again */
function linkOf(root, back) {
  const banner = find('#banner', HTMLElement);
  return createLink({
    url: 'healthz',
    onChange(away) {
      root.dataset['state'] = away ? 'error' : 'ready';
      say(banner, away ? message('bench.away') : '');
      if (!away) back();
    },
  });
}

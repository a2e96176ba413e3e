// The first picture: the network on its stage, with as few modules as that takes. main.js, which is
// fetched then, completes the page.

import { createLoop } from './core/loop.js';
import { createStore } from './core/store.js';
import { createTheme } from './core/theme.js';
import { createViewport, isPaper, isPhone } from './core/viewport.js';
import { graphOf } from './kinds/traits.js';
import { INITIAL } from './page/state.js';
import { createStage } from './stage/stage.js';
import { speak } from './text/messages.js';
import { localeOf, writeIn } from './text/numbers.js';
import { preload, start } from './wire/start.js';

/** @import { State } from './page/state.js' */

export const page = openNetworkPage(document.documentElement);
if (page.linked) addModule('linked.js');
addModule('main.js');

/**
 * Shows the network that came with the document.
 *
 * @param {HTMLElement} root
 */
export function openNetworkPage(root) {
  const { model, soon, language, messages } = start();
  writeIn(localeOf(root.lang));
  speak(messages, language);
  const theme = createTheme(root, (next) => {
    store.set({ theme: next.name, phone: isPhone() });
    stage.view.setTheme(next); // in light, too: paper joins what lay on each other
    stage.place.toggleAttribute('data-joined', isPaper());
    loop.wake();
    if (!isPaper()) return;
    loop.paint(); // a page that is printed gets no frame of its own
    stage.painter.join();
  });
  const store = createStore(initialState(root, theme.current().name));
  const loop = createLoop();
  const viewport = createViewport();
  const stage = createStage({
    canvas: /** @type {HTMLCanvasElement} */ (root.querySelector('#stage')),
    overlay: /** @type {HTMLCanvasElement} */ (root.querySelector('#overlay')),
    place: /** @type {HTMLElement} */ (root.querySelector('#stage-scroll')),
    ...{ store, loop, viewport, theme },
    keeps: () => store.get().phone,
  });
  /** Resolves after the next frame that shows the network, if there is one. */
  const painted = () => loop.painted(() => !store.get().graph || stage.view.layout !== null);

  const linked = location.hash.length > 1;
  const network = networkOf(model);
  if (network && !linked) store.set(network);
  layOutForPaper(store, loop);
  void painted().then(() => preload(soon));
  return { root, language, theme, store, loop, viewport, stage, painted, linked, network };
}

/**
 * @param {State['spec']} spec
 * @returns {Pick<State, 'spec' | 'graph'> | null} null where page/network.js asks for it, and says why it cannot be shown
 */
function networkOf(spec) {
  try {
    return spec && { spec, graph: graphOf(spec) };
  } catch {
    return null;
  }
}

/**
 * The account is that of a wide window before a browser counts the sheets of paper.
 *
 * @param {import('./page/state.js').PageStore} store
 * @param {import('./core/loop.js').Loop} loop
 */
function layOutForPaper(store, loop) {
  addEventListener('beforeprint', () => {
    store.set({ phone: false });
    loop.paint();
  });
  addEventListener('afterprint', () => store.set({ phone: isPhone() }));
}

/**
 * @param {HTMLElement} root
 * @param {State['theme']} theme
 * @returns {State}
 */
function initialState({ dataset }, theme) {
  const account = dataset['account'] === 'line' ? 'line' : 'open';
  return { ...INITIAL, theme, account, phone: isPhone() };
}

/**
 * Fetched now, and not beside the files of the first picture; such modules run in their order. As an
 * element, and not by import(), because the document's load waits for it.
 *
 * @param {string} name of a module beside this one
 */
function addModule(name) {
  const src = new URL(name, import.meta.url).href;
  document.head.append(
    Object.assign(document.createElement('script'), { type: 'module', src, async: false }),
  );
}

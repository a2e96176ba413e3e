// The first picture: the network on its stage, with as few modules as that takes. main.js wires what
// is around it.

import { createLoop } from './core/loop.js';
import { createStore } from './core/store.js';
import { createTheme } from './core/theme.js';
import { createViewport } from './core/viewport.js';
import { graphOf } from './kinds/traits.js';
import { createRoom } from './page/room.js';
import { INITIAL } from './page/state.js';
import { View } from './stage/view.js';
import { Painter } from './render/painter.js';
import { speak } from './text/messages.js';
import { localeOf, writeIn } from './text/numbers.js';
import { preload, start } from './wire/start.js';

/** @import { ThemeName } from './core/theme.js' */
/** @import { Box } from './core/viewport.js' */
/** @import { State } from './page/state.js' */

export const page = openStage();

/**
 * Shows the network that came with the document. What is around the stage joins its frames.
 */
function openStage() {
  const root = document.documentElement;
  const { model, soon, language, messages } = start();
  writeIn(localeOf(root.lang));
  speak(messages, language);
  const canvas = canvasOf('stage');
  const scroller = /** @type {HTMLElement} */ (document.getElementById('stage-scroll'));
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  const turns = createTurns();

  const theme = createTheme(root, (next) => {
    view.setTheme(next);
    store.set({ theme: next.name });
    for (const task of turns.themed) task();
    if (!matchMedia('print').matches) return;
    view.frame(performance.now()); // a page that is printed gets no frame of its own
    for (const task of turns.last) task();
  });
  const store = createStore(initialState(theme.current().name));
  const loop = createTurningLoop(turns, {
    frame: (time) => view.frame(time),
    stands: () => !store.get().graph || view.layout !== null, // else its size is not known yet
  });
  const viewport = createViewport((element, box) => {
    turns.sized.get(element)?.(box);
    if (element !== scroller) return;
    view.resize({ ...room.fitted(box, store.get().phone), text: viewport.type() });
    loop.wake();
  });
  const room = createRoom(viewport.windowHeight);
  const stage = new Painter(canvas, canvasOf('overlay'), theme.current());
  const view = new View({ store, stage, still: () => reduced.matches, wake: loop.wake });

  /** @returns {Promise<void>} resolves after the next frame that shows the network, if there is one */
  function painted() {
    return new Promise((resolve) => void (turns.once.push(resolve), loop.wake()));
  }

  try {
    if (model) store.set({ spec: model, graph: graphOf(model) });
  } catch {
    // page/network.js asks for it again, and says why it cannot be shown
  }
  viewport.measure(scroller);
  void painted().then(() => preload(soon));
  return {
    root,
    language,
    scroller,
    canvas,
    theme,
    store,
    loop,
    viewport,
    stage,
    view,
    turns,
    painted,
  };
}

/**
 * @param {ThemeName} theme
 * @returns {State}
 */
function initialState(theme) {
  const account = document.documentElement.dataset['account'] === 'line' ? 'line' : 'open';
  return { ...INITIAL, theme, account, phone: matchMedia('(max-width: 700px)').matches };
}

/** What others do in the frames of the stage, and when. */
function createTurns() {
  return {
    /** @type {Set<() => void>} before the stage is painted */
    first: new Set(),
    /** @type {Set<(time: number) => boolean>} beside it; true asks for another frame */
    frames: new Set(),
    /** @type {Set<() => void>} when all else stands */
    last: new Set(),
    /** @type {Set<() => void>} once it is on the screen */
    painted: new Set(),
    /** @type {(() => void)[]} the same, but only after the next picture */
    once: [],
    /** @type {Set<() => void>} when the theme is another */
    themed: new Set(),
    /** @type {Map<Element, (box: Box) => void>} when an element's size is another */
    sized: new Map(),
  };
}

/**
 * @param {ReturnType<typeof createTurns>} turns
 * @param {{ frame: (time: number) => boolean, stands: () => boolean }} picture
 */
function createTurningLoop(turns, picture) {
  return createLoop(
    (time) => {
      for (const task of turns.first) task();
      let more = picture.frame(time);
      for (const frame of turns.frames) more = frame(time) || more;
      for (const task of turns.last) task();
      return more;
    },
    () => {
      for (const task of turns.painted) task();
      if (picture.stands()) for (const task of turns.once.splice(0)) task();
    },
  );
}

/** @param {string} id */
function canvasOf(id) {
  return /** @type {HTMLCanvasElement} */ (document.getElementById(id));
}

// Wires what is around the stage: one reader, and the parts that know nothing of each other.

import { recall, remember } from './core/memory.js';
import { page } from './first.js';
import { createEditor } from './input/editor.js';
import { createFiles } from './input/files.js';
import { listenToKeys } from './input/keys.js';
import { createLoupe } from './input/loupe.js';
import { createPad } from './input/pad.js';
import { createPointing } from './input/pointing.js';
import { createActions, keysFor } from './page/actions.js';
import { createBringing } from './page/bringing.js';
import { createEdge } from './page/edge.js';
import { createHandle } from './page/handle.js';
import { createJourney } from './page/journey.js';
import { createNetwork } from './page/network.js';
import { createPanels } from './page/panels.js';
import { createPicture } from './page/picture.js';
import { createProgress } from './page/progress.js';
import { createReading } from './page/reading.js';
import { offerSamples } from './page/samples.js';
import { bringIntoSight } from './page/sight.js';
import { createTiming } from './page/timing.js';
import { learn } from './text/sentences.js';
import { find } from './ui/dom.js';
import { AWAY } from './ui/header.js';
import { formNamed } from './ui/receipt/forms.js';
import { createTools, enable } from './ui/tools.js';
import { createLink } from './wire/link.js';

/** @import { State } from './page/state.js' */

await learn(page.language);

const { root, scroller, canvas, theme, store, loop, viewport, stage, view, turns } = page;
const { painted } = page;
const app = find('#app', HTMLElement);
const padCanvas = find('#pad', HTMLCanvasElement);
const padFrame = find('#pad-frame', HTMLElement);
const narrow = matchMedia('(max-width: 700px)');
const roomy = matchMedia('(min-height: 700px)');
const id = new URLSearchParams(location.search).get('model') ?? app.dataset['model'] ?? '';
const url = `api/models/${encodeURIComponent(id)}`;
store.set({ form: formNamed(recall('form')), shortcuts: recall('shortcuts') !== 'off' });

let lookForCell = false;
const timing = createTiming();
const progress = createProgress(() => !loop.awake());
const picture = createPicture((bitmap) => {
  pad.setImage(bitmap);
  loop.wake();
});
const journey = createJourney(store);
const panels = createPanels({
  store,
  stage,
  view,
  journey,
  pad: () => padCanvas,
  url: `${url}/trace`,
  choose(digit) {
    store.set({ drawing: { ...store.get().drawing, digit } });
    reading.ask(null);
  },
});

// ---------------------------------------------------------------- drawing and reading

const editor = createEditor((drawing, time) => {
  store.set({ drawing, notice: '' });
  enable('undo', editor.canUndo());
  enable('redo', editor.canRedo());
  enable('clear', !editor.empty());
  padFrame.dataset['empty'] = String(editor.empty());
  void picture.show(drawing.file);
  if (time === null) pad.repaint();
  reading.ask(time);
});
const link = createLink({
  url: 'healthz',
  onChange(away) {
    store.set({ connection: away ? 'away' : 'ok' });
    if (away) return progress.fail(new Error(AWAY));
    if (!store.get().loaded) void network.load();
    reading.resume();
  },
});
const network = createNetwork({ store, link, id, painted });
const reading = createReading({
  store,
  link,
  url: `${url}/trace`,
  progress,
  timing,
  renew: network.load,
  wake: loop.wake,
  onRefused({ file }) {
    if (file && editor.drawing().file === file) editor.refuseFile();
  },
});
const loupe = createLoupe({
  canvas: find('#loupe', HTMLCanvasElement),
  pad: padCanvas,
  box: () => viewport.box(padCanvas),
  colour: () => theme.current().tokens.accent,
});
const pad = createPad({
  canvas: padCanvas,
  viewport,
  editor,
  tool: () => tools.tool(),
  colour: () => theme.current().tokens.ink,
  onTouch: loupe.follow,
});

// ---------------------------------------------------------------- controls and pointing

const files = createFiles({
  chooser: find('#file', HTMLInputElement),
  target: padFrame,
  onFile: createBringing({ editor, store, progress, wake: loop.wake }),
});
const actions = createActions({
  store,
  editor,
  files,
  theme,
  app,
  erase: (on) => tools.setErase(on),
  journey,
});
const tools = createTools({
  actions,
  onCenter(center) {
    store.set({ center });
    reading.ask(null);
  },
  onScale: (scale) => store.set({ scale: /** @type {State['scale']} */ (scale) }),
  onFolded: (folded) => store.set({ folded }),
});
createPointing({
  canvas,
  ground: view,
  present: store.get,
  onPoint(pointed, time, walking) {
    store.set({ pointed, walking });
    if (walking) lookForCell = true;
    if (loop.awake()) timing.begin('hover', time);
  },
  onPin: (pinned) => store.set({ pinned }),
});

store.subscribe((state, changed) => {
  if ('account' in changed) remember(roomy.matches ? 'account' : 'account-low', state.account);
  if ('form' in changed) remember('form', state.form);
  if ('shortcuts' in changed) remember('shortcuts', state.shortcuts ? 'on' : 'off');
  if ('pinned' in changed && state.pinned) lookForCell = true;
  loop.wake();
});
narrow.addEventListener('change', () => store.set({ phone: narrow.matches }));
roomy.addEventListener('change', ({ matches }) => {
  const chosen = recall(matches ? 'account' : 'account-low') ?? (matches ? 'open' : 'line');
  store.set({ account: chosen === 'line' ? 'line' : 'open' });
});
createEdge({
  ...{ store, viewport, root, place: find('#account', HTMLElement) },
  top: () => viewport.place(scroller).top,
});

// ---------------------------------------------------------------- begin

turns.first.add(timing.paints).add(progress.paints);
turns.last.add(panels.frame).add(() => {
  if (lookForCell) bringIntoSight(scroller, viewport, view.overlay);
  lookForCell = false;
});
turns.painted.add(timing.painted).add(progress.painted);
turns.themed.add(pad.repaint);
turns.sized.set(padCanvas, (box) => pad.resize(box.deviceWidth));
turns.sized.set(scroller, () => (lookForCell = store.get().pinned !== null));
viewport.measure(padCanvas);
loop.wake();
enable('undo', false);
enable('redo', false);
enable('clear', false);
/** @type {Record<string, () => void>} */
const keys = keysFor({ actions, tools, editor, digits: [] });
listenToKeys(document, keys, () => store.get().shortcuts);
void network
  .load()
  .then(painted) // the network first
  .then(() => offerSamples(editor.setStrokes))
  .then((digits) => void Object.assign(keys, keysFor({ actions, tools, editor, digits })));
const begun = store.subscribe(({ kit }) => {
  if (!kit) return;
  begun();
  kit.begin({
    ...{ store, loop, view, stage, viewport, scroller, canvas, theme, actions, keys },
    ...{ editor, journey, timing, panels, link, pad, tool: () => tools.tool() },
    ...{ frames: turns.frames, sized: turns.sized, id, url, painted },
  });
});

Object.assign(window, {
  convlens: createHandle({
    store,
    editor,
    view,
    progress,
    ready: new Promise((resolve) => {
      const stop = store.subscribe(({ loaded }) => {
        if (!loaded) return;
        stop();
        void painted().then(resolve);
      });
    }),
    places: () => ({ stage: viewport.place(canvas), window: viewport.place(scroller) }),
  }),
});

// Completes the page: what is around the stage, how drawings are read, and what buttons and keys do.

import { recall, remember } from './core/store.js';
import { isPhone, onNarrow } from './core/viewport.js';
import { page as opened } from './first.js';
import { listenToKeys } from './input/keys.js';
import { firstTouch } from './input/listening.js';
import { createActions } from './page/actions.js';
import { createDrawing } from './page/drawing.js';
import { openEdge } from './page/edge.js';
import { createHandle } from './page/handle.js';
import { createJourney } from './account/journey.js';
import { createNetwork } from './page/network.js';
import { createPanels } from './page/panels.js';
import { createProgress } from './page/progress.js';
import { createReading } from './page/reading.js';
import { offerSamples } from './page/samples.js';
import { createTiming } from './core/timing.js';
import { openPointing } from './stage/pointing.js';
import { message } from './text/messages.js';
import { learn } from './text/sentences.js';
import { find } from './ui/dom.js';
import { formNamed } from './ui/receipt/forms.js';
import { createTools, listenToButtons } from './ui/tools.js';
import { createLink } from './wire/link.js';
import { Reader } from './wire/reader.js';

/** @import { Progress } from './page/progress.js' */
/** @import { Timing } from './core/timing.js' */
/** @import { Around, Opened } from './page/types.d.ts' */

completeNetworkPage(opened);

/** @param {Opened} opened */
export function completeNetworkPage(opened) {
  const { store, loop, stage, theme } = opened;
  const touched = firstTouch();
  const app = find('#app', HTMLElement);
  const padImage = () => find('#pad', HTMLCanvasElement);
  const id = new URLSearchParams(location.search).get('model') ?? app.dataset['model'] ?? '';
  const [timing, progress] = [createTiming(), createProgress(() => !loop.awake())];
  keepChoices(opened);
  openEdge(opened);

  const { reader, network, reading } = connect(
    { ...opened, id, timing, progress },
    ({ drawing: { file } }) => {
      if (file && editor.drawing().file === file) editor.refuseFile();
    },
  );
  const tools = createControls(opened, reading.ask);
  const { editor, pad, files } = createDrawing(opened, { progress, ask: reading.ask });
  const journey = createJourney(store);
  const panels = createPanels({
    ...{ store, stage, journey, network },
    padImage,
    choose(digit) {
      store.set({ drawing: { ...store.get().drawing, digit } });
      reading.ask(null);
    },
  });
  /** @type {Around['ends']} */
  const ends = new Set();
  const { actions, keys } = createActions({
    ...{ store, editor, files, theme, app, tools, journey, ends },
  });

  takeTurns(opened, timing, progress, panels.frame);
  const point = openPointing(stage, {
    onPoint(pointed, time, walking) {
      store.set({ pointed, walking });
      if (loop.awake()) timing.begin('hover', time);
    },
  });
  listenToButtons(actions);
  listenToKeys(document, keys, () => store.get().shortcuts);
  learn(opened.language);
  offerSamples(editor, keys);
  void network.load();
  const place = find('#account', HTMLElement);
  const page = {
    ...{ ...opened, id, network, reader, editor, pad, point, touched },
    ...{ app, place, padImage },
  };
  const begun = store.subscribe(({ kit }) => {
    if (!kit) return;
    begun();
    kit.begin(page, { keys, actions, panels, ends, progress });
  });
  Object.assign(window, { convlens: createHandle(opened, editor, progress) });
}

/**
 * The server: whether it answers, its network, and how it reads what is drawn.
 *
 * @param {Opened & { id: string, timing: Timing, progress: Progress }} page
 * @param {Parameters<typeof createReading>[0]['onRefused']} onRefused
 */
function connect({ store, loop, id, timing, progress, painted }, onRefused) {
  const link = createLink({
    url: 'healthz',
    onChange(away) {
      store.set({ connection: away ? 'away' : 'ok' });
      if (away) return progress.fail(new Error(message('server.away')));
      if (!store.get().loaded) void network.load();
      reader.resume();
    },
  });
  const network = createNetwork({
    ...{ store, link, id, painted },
    onOther: () => reading.ask(null),
  });
  const reader = new Reader({ link, onAnswered: timing.answered });
  const reading = createReading({
    ...{ store, reader, network, progress, timing, onRefused },
    wake: loop.wake,
  });
  return { reader, network, reading };
}

/** @param {Opened} page @param {(time: null) => void} ask about the drawing anew */
function createControls({ store }, ask) {
  const tools = createTools(store.set);
  const shown = /** @type {const} */ (['brush', 'erase', 'center', 'scale', 'folded']);
  store.subscribe((state, changed) => {
    if (shown.some((key) => key in changed)) tools.show(state);
    if ('center' in changed) ask(null);
  });
  tools.show(store.get());
  return tools;
}

/** What was chosen is remembered. @param {Opened} page */
function keepChoices({ store, loop, linked }) {
  const roomy = matchMedia('(min-height: 700px)');
  if (!linked) store.set({ form: formNamed(recall('form')) });
  store.set({ shortcuts: recall('shortcuts') !== 'off', unfolded: recall('words') === 'all' });
  store.subscribe((state, changed) => {
    if ('account' in changed) remember(roomy.matches ? 'account' : 'account-low', state.account);
    if ('form' in changed) remember('form', state.form);
    if ('unfolded' in changed) remember('words', state.unfolded ? 'all' : 'gist');
    if ('shortcuts' in changed) remember('shortcuts', state.shortcuts ? 'on' : 'off');
    loop.wake();
  });
  onNarrow(() => store.set({ phone: isPhone() }));
  roomy.addEventListener('change', ({ matches }) => {
    const chosen = recall(matches ? 'account' : 'account-low') ?? (matches ? 'open' : 'line');
    store.set({ account: chosen === 'line' ? 'line' : 'open' });
  });
}

/**
 * What is done in every frame, beside the picture.
 *
 * @param {Opened} page
 * @param {Timing} timing
 * @param {Progress} progress
 * @param {() => void} around
 */
function takeTurns({ loop }, timing, progress, around) {
  for (const each of [timing, progress]) {
    loop.add('before', each.paints);
    loop.add('painted', each.painted);
  }
  loop.add('after', around);
  loop.wake();
}

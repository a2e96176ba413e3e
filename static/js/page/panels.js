// Everything around the stage, kept as the state says: guess, account, banner, crop box, marks.

import { createExplanation } from '../account/explanation.js';
import { account } from '../scene/account.js';
import { viewOf } from '../stage/state.js';
import { find } from '../ui/dom.js';
import { createDigits, showCrop } from '../ui/found.js';
import { showBanner, showModel } from '../ui/header.js';
import { createPrediction } from '../ui/prediction.js';
import { press } from '../ui/tools.js';
import { unmoved, whyEmpty, whyUnread } from './state.js';

/** @import { Journey } from '../account/journey.js' */
/** @import { PanelName } from '../account/state.js' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { PageStore, State } from './state.js' */
/** @import { Panel } from './types.d.ts' */

/**
 * @typedef {object} Around
 * @property {PageStore} store
 * @property {Stage} stage
 * @property {Journey} journey
 * @property {() => CanvasImageSource | null} padImage
 * @property {import('../wire/questions.js').Network} network that reads them
 * @property {(digit: number) => void} choose reads another of several digits
 */

/**
 * @typedef {object} Part
 * @property {readonly (keyof State)[]} reads which changes of the state concern it
 * @property {(state: Readonly<State>) => void} show
 */

/** @typedef {ReturnType<typeof createPanels>} Panels */

/** @param {Around} around */
export function createPanels(around) {
  const { store } = around;
  /** @type {Map<PanelName, Panel>} */
  const panels = new Map();
  const explanation = explains(around);
  const buttons = chrome(panels);
  const parts = [buttons, model(), answer(around)];
  const stale = new Set(parts);
  let unexplained = true;

  store.subscribe((_, changed) => {
    for (const part of parts) if (part.reads.some((key) => key in changed)) stale.add(part);
    store.set({ unread: whyUnread(store.get()) });
    unexplained ||= 'unread' in changed || 'kit' in changed || explanation.reads(changed);
  });

  return {
    frame() {
      const state = store.get();
      for (const part of stale) part.show(state);
      stale.clear();
      if (unexplained) explanation.show();
      unexplained = false;
    },

    /**
     * @param {PanelName} name
     * @param {Panel} panel
     */
    add(name, panel) {
      panels.set(name, panel);
      explanation.add(name, panel);
      stale.add(buttons); // it may be open already
      unexplained = true;
    },
  };
}

/** @param {Around} around */
function explains({ store, stage, journey, padImage, network }) {
  return createExplanation({
    ...{ store, stage, journey, padImage },
    place: find('#account', HTMLElement),
    said: find('#stage-said', HTMLElement),
    kit: () => store.get().kit,
    save: async () => void (await store.get().kit?.saveTrace(network, store.get())),
    choice: () => store.get().kit?.choiceOf(store) ?? null,
    idle: (graph) => account(graph, viewOf(store.get()), null, whyEmpty(store.get())),
  });
}

/**
 * @param {ReadonlyMap<PanelName, Panel>} others
 * @returns {Part}
 */
function chrome(others) {
  const { dataset } = document.documentElement;
  return {
    reads: ['connection', 'notice', 'broken', 'busy', 'loaded', 'account', 'panel', 'compared'],
    show(state) {
      dataset['state'] = stateName(state);
      dataset['account'] = state.account;
      for (const [name, { goesOn }] of others)
        press(name, state.panel === name || (goesOn?.() ?? false));
      showBanner(state.connection === 'away', state.notice || state.broken);
    },
  };
}

/** @param {Readonly<State>} state */
function stateName({ connection, loaded, busy, broken }) {
  if (connection === 'away' || broken) return 'error';
  if (!loaded) return 'loading';
  return busy ? 'busy' : 'ready';
}

/** @returns {Part} */
function model() {
  return { reads: ['spec'], show: ({ spec }) => void (spec && showModel(spec)) };
}

/**
 * @param {Around} around
 * @returns {Part}
 */
function answer({ choose }) {
  const crop = find('#crop', HTMLElement);
  const prediction = createPrediction(find('#prediction', HTMLElement));
  const digits = createDigits(find('#digits', HTMLElement), choose);
  return {
    reads: ['trace', 'graph', 'inkless', 'unread'],
    show(state) {
      const { graph, trace, inkless } = state;
      const answered = graph && trace ? account(graph, viewOf(state), null) : null;
      prediction.show(answered, inkless, whyEmpty(state));
      const { size = null, metadata = {}, tensors } = unmoved(state) ?? {};
      digits(JSON.parse(metadata['digits'] ?? '[]'), size); // where they are when there are several
      showCrop(crop, tensors?.get('preprocess.crop'), size);
    },
  };
}

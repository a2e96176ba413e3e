// Everything around the stage, kept as the state says: guess, account, banner, crop box, marks.

import { account } from '../scene/account.js';
import { createAccount } from '../ui/account.js';
import { showCrop } from '../ui/crop.js';
import { find, say } from '../ui/dom.js';
import { showBanner, showModel } from '../ui/header.js';
import { createPrediction } from '../ui/prediction.js';
import { press } from '../ui/tools.js';
import { selection, viewOf } from './state.js';

/** @import { Stage } from '../render/stage.js' */
/** @import { CellAccount } from '../scene/types.d.ts' */
/** @import { PageStore, State } from './state.js' */
/** @import { View } from './view.js' */

/**
 * @typedef {object} Around
 * @property {PageStore} store
 * @property {Stage} stage
 * @property {View} view
 * @property {() => { width: number, height: number } | null} image on the pad
 */

/**
 * @typedef {object} Panel
 * @property {readonly (keyof State)[]} reads which changes of the state concern it
 * @property {(state: Readonly<State>) => void} show
 */

/** @param {Around} around */
export function createPanels(around) {
  const panels = [chrome(), model(), answer(around), explanation(around)];
  const stale = new Set(panels);

  around.store.subscribe((_, changed) => {
    for (const panel of panels) if (panel.reads.some((key) => key in changed)) stale.add(panel);
  });

  return {
    frame() {
      const state = around.store.get();
      for (const panel of stale) panel.show(state);
      stale.clear();
    },
  };
}

/** @returns {Panel} */
function chrome() {
  const { dataset } = document.documentElement;
  return {
    reads: ['connection', 'notice', 'busy', 'loaded', 'account', 'help'],
    show(state) {
      dataset['state'] = stateName(state);
      dataset['account'] = state.account;
      press('help', state.help);
      showBanner(state.connection === 'away', state.notice);
    },
  };
}

/** @param {Readonly<State>} state */
function stateName({ connection, loaded, busy }) {
  if (connection === 'away') return 'error';
  if (!loaded) return 'loading';
  return busy ? 'busy' : 'ready';
}

/** @returns {Panel} */
function model() {
  return { reads: ['spec'], show: ({ spec }) => void (spec && showModel(spec)) };
}

/**
 * @param {Around} around
 * @returns {Panel}
 */
function answer({ image }) {
  const crop = find('#crop', HTMLElement);
  const prediction = createPrediction(find('#prediction', HTMLElement));
  return {
    reads: ['trace', 'graph'],
    show(state) {
      const { graph, trace, drawing } = state;
      prediction.show(graph && trace ? account(graph, viewOf(state), null) : null);
      const box = trace?.tensors.get('preprocess.crop');
      showCrop(crop, box, drawing.file ? image() : null);
    },
  };
}

/**
 * @param {Around} around
 * @returns {Panel}
 */
function explanation({ store, stage, view }) {
  const said = find('#stage-said', HTMLElement);
  const place = createAccount(find('#account', HTMLElement), {
    toggle: () => store.set({ account: store.get().account === 'open' ? 'line' : 'open' }),
    release: () => store.set({ pinned: null, pointed: null }),
    closeHelp: () => store.set({ help: false }),
  });
  const reads = /** @type {const} */ (['trace', 'graph', 'weights', 'scale', 'folded', 'theme']);
  return {
    reads: [...reads, 'pointed', 'pinned', 'walking', 'account', 'help', 'phone'],
    show(state) {
      const { graph, pinned, help, walking } = state;
      if (!graph) return;
      const cell = selection(state);
      const shown = account(graph, viewOf(state), cell, view.layout);
      const tag = cell === null ? null : pinned ? 'pinned' : 'pointing';
      place.show({ account: shown, tag, form: formOf(state), help, colours: stage.colours });
      if (walking && shown.kind === 'cell') say(said, spoken(shown));
    },
  };
}

/** @param {Readonly<State>} state */
function formOf({ phone, pinned, help, account: chosen }) {
  if (!phone) return chosen;
  return pinned || help ? 'sheet' : 'line';
}

/** @param {CellAccount} cell */
function spoken({ title, place, valueText }) {
  return `${title} ${place}: ${valueText}`;
}

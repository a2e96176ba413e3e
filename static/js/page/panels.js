// Everything around the stage, kept as the state says: guess, account, banner, crop box, marks.

import { account } from '../scene/account.js';
import { sameCell } from '../input/pointing.js';
import { createAccount } from '../ui/account.js';
import { showCrop } from '../ui/crop.js';
import { find, say } from '../ui/dom.js';
import { showBanner, showModel } from '../ui/header.js';
import { createPrediction } from '../ui/prediction.js';
import { press } from '../ui/tools.js';
import { selection, viewOf } from './state.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Stage } from '../render/stage.js' */
/** @import { CellAccount } from '../scene/types.d.ts' */
/** @import { Told } from '../ui/receipt/types.d.ts' */
/** @import { Journey } from './journey.js' */
/** @import { PageStore, PanelName, State } from './state.js' */
/** @import { View } from './view.js' */

/**
 * @typedef {object} Around
 * @property {PageStore} store
 * @property {Stage} stage
 * @property {View} view
 * @property {Journey} journey
 * @property {() => { width: number, height: number } | null} image on the pad
 * @property {() => CanvasImageSource | null} pad
 * @property {string} url where drawings are read
 */

/**
 * @typedef {object} Panel
 * @property {readonly (keyof State)[]} reads which changes of the state concern it
 * @property {(state: Readonly<State>) => void} show
 */

/**
 * Something else for the account's place, for as long as the state's `panel` names it.
 *
 * @typedef {object} Instead
 * @property {readonly (keyof State)[]} reads which changes of the state concern it
 * @property {(state: Readonly<State>, shape: 'open' | 'line' | 'sheet') => HTMLElement} show
 */

/** @param {Around} around */
export function createPanels(around) {
  /** @type {Map<PanelName, Instead>} */
  const instead = new Map();
  const explains = explanation(around, instead);
  const panels = [chrome(), model(), answer(around), explains];
  const stale = new Set(panels);

  around.store.subscribe(({ panel: name }, changed) => {
    for (const panel of panels) if (panel.reads.some((key) => key in changed)) stale.add(panel);
    const other = name && instead.get(name);
    if (other && other.reads.some((key) => key in changed)) stale.add(explains);
  });

  return {
    frame() {
      const state = around.store.get();
      for (const panel of stale) panel.show(state);
      stale.clear();
    },

    /**
     * @param {PanelName} name
     * @param {Instead} panel
     */
    add: (name, panel) => void instead.set(name, panel),
  };
}

/** @returns {Panel} */
function chrome() {
  const { dataset } = document.documentElement;
  return {
    reads: ['connection', 'notice', 'busy', 'loaded', 'account', 'panel'],
    show(state) {
      dataset['state'] = stateName(state);
      dataset['account'] = state.account;
      press('help', state.panel === 'help');
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
 * @param {ReadonlyMap<PanelName, Instead>} instead
 * @returns {Panel}
 */
function explanation({ store, stage, view, journey, pad, url }, instead) {
  const said = find('#stage-said', HTMLElement);
  /** @type {ReturnType<typeof import('./telling.js').createTelling> | null} */
  let tell = null;
  const place = createAccount(find('#account', HTMLElement), {
    ...journey,
    pad,
    save: async () => store.get().kit?.saveTrace(url, store.get()),
    choose: (form) => store.set({ form }),
    toggle: () => store.set({ account: store.get().account === 'open' ? 'line' : 'open' }),
    release: () => store.set({ pinned: null, pointed: null }),
    closePanel: () => store.set({ panel: null }),
  });
  const reads = /** @type {const} */ (['trace', 'graph', 'weights', 'scale', 'folded', 'theme']);
  return {
    reads: [...reads, 'pointed', 'pinned', 'walking', 'account', 'form', 'panel', 'phone', 'kit'],
    show(state) {
      const { graph, pinned, panel, walking, form, kit } = state;
      if (!graph) return;
      const other = panel && instead.get(panel);
      if (other) return place.put(other.show(state, shapeOf(state)), shapeOf(state));
      const cell = selection(state);
      const shown = account(graph, viewOf(state), cell, view.layout);
      tell ??= kit && kit.createTelling(stage, view);
      const told = tell && shown.kind === 'cell' ? tell(state, graph, shown) : null;
      place.show({
        account: shown,
        tag: tagOf(cell !== null, pinned !== null),
        shape: shapeOf(state),
        help: panel === 'help',
        colours: stage.colours,
        kit,
        told,
        standing: {
          form,
          other: comparedWith(state, graph, view),
          canBack: journey.canBack(),
          canForth: journey.canForth(),
        },
      });
      if (walking && shown.kind === 'cell') say(said, spoken(shown, told));
    },
  };
}

/**
 * @param {boolean} selected
 * @param {boolean} pinned
 */
function tagOf(selected, pinned) {
  if (!selected) return null;
  return pinned ? 'pinned' : 'pointing';
}

/**
 * The cell that is pointed at while another one is pinned.
 *
 * @param {Readonly<State>} state
 * @param {Graph} graph
 * @param {View} view
 */
function comparedWith(state, graph, view) {
  const { pinned, pointed } = state;
  if (!pinned || !pointed || sameCell(pinned, pointed)) return null;
  const other = account(graph, viewOf(state), pointed, view.layout);
  return other.kind === 'cell' ? other : null;
}

/** @param {Readonly<State>} state */
function shapeOf({ phone, pinned, panel, account: chosen }) {
  if (!phone) return chosen;
  return pinned || panel ? 'sheet' : 'line';
}

/**
 * @param {CellAccount} cell
 * @param {Told | null} told
 */
function spoken({ title, place, valueText }, told) {
  const name = `${title} ${place}: ${told?.receipt.valueText ?? valueText}`;
  return told ? `${name}. ${told.receipt.check}` : name;
}

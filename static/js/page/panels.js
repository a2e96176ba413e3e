// Everything around the stage, kept as the state says: guess, account, banner, crop box, marks.

import { account } from '../scene/account.js';
import { sameCell } from '../geometry/graph.js';
import { createAccount } from '../ui/account.js';
import { find, say } from '../ui/dom.js';
import { createDigits, showCrop } from '../ui/found.js';
import { showBanner, showModel } from '../ui/header.js';
import { createPrediction } from '../ui/prediction.js';
import { press } from '../ui/tools.js';
import { selection, viewOf } from '../stage/state.js';
import { whyUnread } from './state.js';

/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { Told } from '../ui/receipt/types.d.ts' */
/** @import { Journey } from './journey.js' */
/** @import { PageStore, PanelName, State } from './state.js' */
/** @import { Subject } from './subject.js' */
/** @import { Stage } from '../stage/stage.js' */

/**
 * @typedef {object} Around
 * @property {PageStore} store
 * @property {Stage} stage
 * @property {Journey} journey
 * @property {() => CanvasImageSource | null} pad
 * @property {import('../wire/questions.js').Network} network that reads them
 * @property {(digit: number) => void} choose reads another of several digits
 */

/**
 * @typedef {object} Part
 * @property {readonly (keyof State)[]} reads which changes of the state concern it
 * @property {(state: Readonly<State>) => void} show
 */

/** @typedef {'open' | 'line' | 'sheet'} Shape of the account's place */

/**
 * Something else for the account's place, for as long as the state's `panel` names it. It is built
 * anew where its shape changes or what it is built of; else it only shows other numbers.
 *
 * @typedef {object} Panel
 * @property {string} key that opens and closes it, as its name in data-action does
 * @property {string} [focus] selector of what takes the focus when it is opened
 * @property {(state: Readonly<State>) => Subject | null} [subject] the map that it is opened for; without one it stays closed
 * @property {() => boolean} [goesOn] whether its button looks pressed while it is closed, too
 * @property {readonly (keyof State)[]} reads which changes of the state concern it, beside its place's
 * @property {(state: Readonly<State>, shape: Shape) => readonly unknown[]} [of] what it is built of
 * @property {(state: Readonly<State>, shape: Shape) => { element: HTMLElement, show: (state: Readonly<State>) => void }} make
 */

/** @typedef {ReturnType<typeof createPanels>} Panels */

/** @param {Around} around */
export function createPanels(around) {
  /** @type {Map<PanelName, Panel>} */
  const instead = new Map();
  /** @type {Map<PanelName, ReturnType<typeof kept>>} */
  const shows = new Map();
  const explains = explanation(around, shows);
  const panels = [chrome(instead), model(), answer(around), explains];
  const stale = new Set(panels);

  around.store.subscribe((state, changed) => {
    const { panel: name } = state;
    for (const panel of panels) if (panel.reads.some((key) => key in changed)) stale.add(panel);
    around.store.set({ unread: whyUnread(around.store.get()) });
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
     * @param {Panel} panel
     */
    add(name, panel) {
      instead.set(name, panel);
      shows.set(name, kept(panel));
    },
  };
}

/**
 * @param {Panel} panel
 * @returns {(state: Readonly<State>, shape: Shape) => HTMLElement}
 */
function kept({ of = () => [], make }) {
  /** @type {readonly unknown[]} */
  let parts = [];
  /** @type {ReturnType<typeof make> | null} */
  let made = null;

  return (state, shape) => {
    const wanted = [shape, ...of(state, shape)];
    if (!made || wanted.some((part, i) => part !== parts[i])) made = make(state, shape);
    parts = wanted;
    made.show(state);
    return made.element;
  };
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
      const { graph, trace, inkless, unread } = state;
      const answered = graph && trace ? account(graph, viewOf(state), null) : null;
      prediction.show(answered, inkless, unread);
      const { size = null, metadata = {}, tensors } = trace ?? {};
      digits(JSON.parse(metadata['digits'] ?? '[]'), size); // where they are when there are several
      showCrop(crop, tensors?.get('preprocess.crop'), size);
    },
  };
}

/**
 * @param {Around} around
 * @param {ReadonlyMap<PanelName, ReturnType<typeof kept>>} others
 * @returns {Part}
 */
function explanation({ store, stage, journey, pad, network }, others) {
  const said = find('#stage-said', HTMLElement);
  const place = createAccount(find('#account', HTMLElement), {
    ...journey,
    pad,
    save: async () => store.get().kit?.saveTrace(network, store.get()),
    choose: (form) => store.set({ form }),
    toggle: () => store.set({ account: store.get().account === 'open' ? 'line' : 'open' }),
    release: () => store.set({ pinned: null, pointed: null }),
  });
  const traced = /** @type {const} */ (['trace', 'graph', 'weights', 'answers', 'quantity']);
  const reads = /** @type {const} */ ([...traced, 'unread', 'scale', 'folded', 'theme']);
  return {
    reads: [...reads, 'pointed', 'pinned', 'walking', 'account', 'form', 'panel', 'phone', 'kit'],
    show(state) {
      const { graph, panel, kit, walking } = state;
      if (!graph) return;
      const [cell, rival] = [selection(state), rivalOf(state)];
      const tell = (/** @type {Cell | null} */ one) =>
        one && kit && kit.tell(stage, state, graph, one);
      const [told, other] = [tell(cell), tell(rival)];
      if (walking && cell) say(said, spoken(rival ?? cell, other ?? told));
      const shape = shapeOf(state);
      const instead = panel && others.get(panel);
      if (instead) return place.put(instead(state, shape), shape);
      place.show({
        account: account(graph, viewOf(state), cell, state.unread),
        said: told ? [] : sentences(state, stage),
        tag: tagOf(cell !== null, state.pinned !== null),
        ...{ shape, kit, told, colours: stage.painter.colours },
        standing: standingOf(store, journey, other),
      });
    },
  };
}

/**
 * @param {PageStore} store
 * @param {Journey} journey
 * @param {Told | null} other
 */
function standingOf(store, { canBack, canForth }, other) {
  const { form, kit } = store.get();
  const effect = kit ? kit.choiceOf(store) : null;
  return { form, other, canBack: canBack(), canForth: canForth(), effect };
}

/**
 * Of a cell while nothing is drawn.
 *
 * @param {Readonly<State>} state
 * @param {Stage} stage
 */
function sentences(state, { view }) {
  const { kit, graph } = state;
  const cell = selection(state);
  return kit && graph && cell ? kit.cellSentences(graph, cell, view.layout) : [];
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
 */
function rivalOf({ pinned, pointed }) {
  return pinned && pointed && !sameCell(pinned, pointed) ? pointed : null;
}

/** @param {Readonly<State>} state */
function shapeOf({ phone, pinned, panel, account: chosen }) {
  if (!phone) return chosen;
  return pinned || panel ? 'sheet' : 'line';
}

/**
 * @param {Cell} cell
 * @param {Told | null} told
 */
function spoken({ layer, channel, row, column }, told) {
  if (!told) return `${layer} ${channel}, ${row}, ${column}`;
  const { name, valueText, check } = told.receipt;
  return `${name}: ${valueText}. ${check}`;
}

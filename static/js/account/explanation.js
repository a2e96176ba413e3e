// The account's place, kept as the state says: the account of the cell that is selected, or a panel in
// its stead; and what is told to those who walk by keys.

import { sameCell } from '../geometry/regions.js';
import { account } from '../scene/account.js';
import { selection, viewOf } from '../stage/state.js';
import { createAccount } from '../ui/account.js';
import { say } from '../ui/dom.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Account } from '../scene/types.d.ts' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { Kit as Shapes } from '../ui/account.js' */
/** @import { Choice } from '../ui/effect.js' */
/** @import { Told } from '../ui/receipt/types.d.ts' */
/** @import { Journey } from './journey.js' */
/** @import { AccountState, AccountStore, PanelName } from './state.js' */
/** @import { Panel, Shape } from './types.d.ts' */

/**
 * What shows receipts, which is most of the code: it may be loaded later than the rest.
 *
 * @typedef {object} OwnKit
 * @property {typeof import('./telling.js').tell} tell
 * @property {(stage: Stage, state: Readonly<AccountState>, graph: Graph) => Told | null} [tellAlone] what is told while no cell is selected, if it has a receipt
 * @property {typeof import('../scene/sentences.js').cellSentences} cellSentences
 * @property {typeof import('./playing.js').playOf} playOf
 */
/** @typedef {OwnKit & Shapes} Kit */

/**
 * @typedef {object} Options
 * @property {AccountStore} store
 * @property {Stage} stage
 * @property {Journey} journey
 * @property {HTMLElement} place of the account
 * @property {HTMLElement} said where screen readers hear of a cell that is walked to
 * @property {() => Kit | null} kit
 * @property {() => CanvasImageSource | null} padImage
 * @property {() => Promise<void>} [save] fetches the trace for the code of an account
 * @property {() => Choice | null} [choice] of what the cells show
 * @property {(graph: Graph) => Account} idle whom the account is about while no cell is selected
 * @property {(state: Readonly<AccountState>) => Shape} [shape] of the place; as the state and a phone want it, where it is left out
 */

/** What changes of the state concern it, beside those of its panels. */
export const READS = /** @type {const} */ ([
  ...['trace', 'graph', 'weights', 'answers', 'quantity', 'scale', 'folded', 'theme'],
  ...['pointed', 'pinned', 'walking', 'play', 'account', 'form', 'unfolded', 'panel', 'phone'],
]);

/**
 * @param {Options} options
 * @returns {{ add: (name: PanelName, panel: Omit<Panel<any>, 'key'>) => void, show: () => void, reads: (changed: Partial<AccountState>) => boolean }}
 */
export function createExplanation(options) {
  const { store, stage, journey, kit, shape: shaped = shapeOf } = options;
  /** @type {Map<PanelName, { panel: Omit<Panel, 'key'>, shown: ReturnType<typeof kept> }>} */
  const panels = new Map();
  const place = createAccount(options.place, actsOf(options));

  /** @param {Readonly<AccountState>} state @param {Cell | null} cell */
  function toldOf(state, cell) {
    const { graph } = state;
    return (cell && graph && kit()?.tell(stage, state, graph, cell)) ?? null;
  }

  /** @param {Readonly<AccountState>} state @param {Cell | null} cell the selection */
  function ownOf(state, cell) {
    if (cell) return toldOf(state, cell);
    return (state.graph && kit()?.tellAlone?.(stage, state, state.graph)) ?? null;
  }

  function show() {
    const state = store.get();
    const { graph, panel, walking } = state;
    if (!graph) return;
    const [cell, rival] = [selection(state), rivalOf(state)];
    const [told, other] = [ownOf(state, cell), toldOf(state, rival)];
    if (walking && cell) say(options.said, spoken(rival ?? cell, other ?? told));
    const shape = shaped(state);
    const instead = panel && panels.get(panel);
    if (instead) return place.put(instead.shown(state, shape), shape);
    const view = viewOf(state);
    place.show({
      account: cell ? account(graph, view, cell) : options.idle(graph),
      said: told ? [] : said(graph, cell),
      tag: tagOf(cell !== null, state.pinned !== null),
      ...{ shape, kit: kit(), told, colours: stage.painter.colours },
      standing: standing(state, other),
    });
  }

  /** Of a cell while there are no numbers. @param {Graph} graph @param {Cell | null} cell */
  function said(graph, cell) {
    return (cell && kit()?.cellSentences(graph, cell, stage.view.layout)) ?? [];
  }

  /** @param {Readonly<AccountState>} state @param {Told | null} other */
  function standing({ form }, other) {
    const [effect, play] = [options.choice?.() ?? null, kit()?.playOf(store) ?? null];
    return { form, other, effect, play, canBack: journey.canBack(), canForth: journey.canForth() };
  }

  return {
    show,
    add: (name, panel) => void panels.set(name, { panel, shown: kept(panel) }),
    reads(changed) {
      const { panel } = store.get();
      const more = panel ? (panels.get(panel)?.panel.reads ?? []) : [];
      return [...READS, ...more].some((key) => key in changed);
    },
  };
}

/** @param {Options} options */
function actsOf({ store, journey, padImage: pad, save }) {
  return {
    ...journey,
    pad,
    save,
    choose: (/** @type {AccountState['form']} */ form) => store.set({ form }),
    unfold: (/** @type {boolean} */ unfolded) => store.set({ unfolded }),
    toggle: () => store.set({ account: store.get().account === 'open' ? 'line' : 'open' }),
    release: () => store.set({ pinned: null, pointed: null }),
  };
}

/**
 * @param {Omit<Panel, 'key'>} panel
 * @returns {(state: Readonly<AccountState>, shape: Shape) => HTMLElement}
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
 * @param {Readonly<AccountState>} state
 */
function rivalOf({ pinned, pointed }) {
  return pinned && pointed && !sameCell(pinned, pointed) ? pointed : null;
}

/** @param {Readonly<AccountState>} state @returns {Shape} */
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

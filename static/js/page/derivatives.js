// Keeps the derivatives of the pinned cell, or of the first guess's score, and says what they say.

import { sameCell } from '../geometry/regions.js';
import { unknownBehind } from '../kinds/network/windows.js';
import { codeName } from '../scene/effect.js';
import { derivativeText, influenced, influenceText } from '../scene/effect_words.js';
import { unknownText } from '../kinds/names.js';
import { guessedUnit, STRONGEST } from '../scene/guess.js';
import { createLinksSwitch } from '../ui/effect.js';
import { find } from '../ui/dom.js';
import { createDerivativesReader } from '../wire/derivatives.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Effect } from '../ui/effect.js' */
/** @import { Feature, Offer, Page } from './types.d.ts' */
/** @import { PageStore, State } from './state.js' */

/** What of the state decides which derivatives are wanted. */
const CONCERNS = /** @type {const} */ (['trace', 'pinned', 'links', 'graph', 'connection']);

/** And what, where the switch of the lines stands and what it says. */
const PLACES = /** @type {const} */ ([
  ...['trace', 'graph', 'account', 'phone', 'panel', 'pinned', 'links'],
]);

/** @type {Feature} */
export const derivatives = { name: 'derivatives', open };

/** @param {Page} page @returns {Offer} */
function open({ store, url, link, painted }) {
  const asking = createDerivativesReader({
    url,
    link,
    onFound(cell, { tensors }) {
      const wanted = cellOf(store.get());
      // of the drawing as it was one answer ago: to wait until the pen rests would show older ones
      if (wanted && sameCell(wanted, cell)) store.set({ derivatives: { cell, tensors } });
    },
  });

  function follow() {
    const state = store.get();
    const cell = cellOf(state);
    const { derivatives, drawing, center, trace } = state;
    const moved = trace?.moved;
    if (!cell) asking.forget();
    if (derivatives && !(cell && sameCell(cell, derivatives.cell)))
      store.set({ derivatives: null });
    if (cell) asking.read({ ...drawing, center, moved, cell, tag: { sequence: 0, time: null } });
  }

  const choose = (/** @type {State['links']} */ links) => store.set({ links });
  const lines = createLinksSwitch(choose);
  const tools = find('#tools', HTMLElement);
  /** In the head of the answer's account; where that is a line or on a phone, among the tools. */
  function settle() {
    const { phone, account } = store.get();
    if (phone || account === 'line') return void tools.append(lines.element);
    document.querySelector('#account .of')?.after(lines.element);
  }
  store.subscribe((state, changed) => {
    if (CONCERNS.some((key) => key in changed)) follow();
    if (!PLACES.some((key) => key in changed)) return;
    lines.show(state.links, sentenceOf(state));
    void painted().then(settle);
  });
  lines.show(store.get().links, sentenceOf(store.get()));
  follow();
  void painted().then(settle);
  return {
    keys: {
      g: () => choose(store.get().links === 'guess' ? 'all' : 'guess'),
      v: () => store.set({ effect: !store.get().effect }),
    },
  };
}

/**
 * @param {Readonly<State>} state
 * @returns {Cell | null} whose derivatives are wanted
 */
function cellOf({ graph, trace, pinned, links }) {
  if (!graph || !trace) return null;
  if (pinned) return influenced(graph, pinned);
  return links === 'guess' ? guessedUnit(graph, trace.tensors) : null;
}

/**
 * For the account of a pinned cell.
 *
 * @param {PageStore} store
 * @returns {Effect | null}
 */
export function effectOf(store) {
  const { graph, pinned, derivatives, effect, trace, pointed } = store.get();
  if (!graph || !pinned || !trace) return null;
  const cell = influenced(graph, pinned);
  const known = derivatives && sameCell(derivatives.cell, cell) ? derivatives : null;
  const name = codeName(graph, cell);
  return {
    on: effect,
    text: known ? textOf(graph, known, pinned, pointed, effect) : '',
    formula: `Influence is ∂ ${name} / ∂ cell before it, and ∂ cell / ∂ ${name} after it`,
    choose: (on) => store.set({ effect: on }),
  };
}

/**
 * @param {Graph} graph
 * @param {NonNullable<State['derivatives']>} derivatives
 * @param {Cell} pinned
 * @param {Cell | null} pointed
 * @param {boolean} effect
 */
function textOf(graph, derivatives, pinned, pointed, effect) {
  if (pointed && !sameCell(pointed, pinned)) return derivativeText(graph, derivatives, pointed);
  return effect ? influenceText(graph, derivatives, pinned) : '';
}

/**
 * What the lines are.
 *
 * @param {Readonly<State>} state
 */
function sentenceOf({ graph, trace, links }) {
  if (links !== 'guess') return '';
  const unit = graph && trace ? guessedUnit(graph, trace.tensors) : null;
  if (!graph || !unit) return 'Draw a digit to see its paths.';
  const name = graph.classes[unit.channel] ?? '';
  const unknown = unknownBehind(graph, unit.layer);
  const ends = unknown ? ` None leads through ${unknown.name}: ${unknownText(unknown)}.` : '';
  return `The paths that did most for ${name} (the ${STRONGEST} strongest into each layer).${ends}`;
}

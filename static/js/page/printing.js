// On paper, below all: a caption, and the link that leads back.

import { account } from '../scene/account.js';
import { viewOf } from '../stage/state.js';
import { message } from '../text/messages.js';
import { html } from '../ui/dom.js';

/** @import { State } from './state.js' */
/** @import { Feature, Page } from './types.d.ts' */

/** Of a hash. */
const DIGITS = 8;

/** @type {Feature} */
export const printing = { name: 'printing', open };

/** @param {Page} page */
function open({ store, stage, address }) {
  const place = html('p', { class: 'printed', hidden: true });
  document.body.append(place);
  addEventListener('beforeprint', () => {
    const lines = [captionOf(store.get(), stage).join(' · '), address.link()];
    place.replaceChildren(...lines.map((line) => html('span', {}, line)));
    place.hidden = false;
  });
  addEventListener('afterprint', () => void (place.hidden = true));
}

/**
 * Which network this is, what is read and how sure, and the pinned cell.
 *
 * @param {Readonly<State>} state
 * @param {Page['stage']} stage
 * @returns {string[]}
 */
export function captionOf(state, stage) {
  const { trace, weights, spec } = state;
  const hash = (trace?.metadata['weights'] ?? weights?.sha256 ?? '').slice(0, DIGITS);
  const network = [message('save.network'), spec?.title ?? '', message('save.weights', { hash })];
  return [...network, ...readIn(state), pinnedIn(state, stage)].filter(Boolean);
}

/** @param {Readonly<State>} state */
function readIn(state) {
  const answer = state.graph && state.trace && account(state.graph, viewOf(state), null);
  if (answer?.kind !== 'answer') return [message('save.empty')];
  const { name, probabilityText: share, doubtText } = answer;
  return [message('save.reads', { class: name, share }), doubtText];
}

/** @param {Readonly<State>} state @param {Page['stage']} stage */
function pinnedIn(state, stage) {
  const { graph, pinned, kit } = state;
  const told = graph && pinned && kit?.tell(stage, state, graph, pinned);
  return told
    ? message('save.cell', { name: told.receipt.name, value: told.receipt.valueText })
    : '';
}

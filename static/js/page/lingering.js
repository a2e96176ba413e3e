// What was pointed at stays while the pointer is in the account: else nobody could reach its tabs.

import { sameCell } from '../geometry/regions.js';
import { find } from '../ui/dom.js';

/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { Feature } from './types.d.ts' */
/** @import { PageStore, State } from './state.js' */

/**
 * What the account was about for a while, because the pointer was there.
 *
 * @typedef {object} Stay
 * @property {Cell | null} cell
 * @property {State['subject']} layer whose caption explained it
 * @property {number} from ms
 * @property {number} to Infinity while it lasts
 */

/** Longer than this nobody is on the way, ms. */
const WAY = 1500;

/**
 * On the way from a cell to the account others are crossed, each for a moment: of those that were
 * pointed at lately, the one that was looked at for longest.
 *
 * @param {readonly Stay[]} stays in order
 * @param {number} now
 * @returns {Stay | null}
 */
export function restedOn(stays, now) {
  let best = null;
  let longest = 0;
  for (const stay of stays) {
    const { from, to } = stay;
    if (to < now - WAY || !(stay.cell || stay.layer)) continue;
    const lasted = Math.min(to, now) - from;
    if (lasted < longest) continue;
    [best, longest] = [stay, lasted];
  }
  return best;
}

/** @type {Feature} */
export const lingering = {
  name: 'lingering',
  open: ({ store }) => linger(store, find('#account', HTMLElement)),
};

/**
 * @param {PageStore} store
 * @param {HTMLElement} account
 */
function linger(store, account) {
  const clock = () => performance.now();
  const stays = followed(store, clock);
  /** What the account stands for only because the pointer is in it. @type {Stay | null} */
  let kept = null;

  account.addEventListener('pointerenter', ({ pointerType }) => {
    const { pointed, panel } = store.get();
    if (pointerType === 'touch' || pointed || panel) return;
    kept = restedOn(stays(), clock());
    if (!kept) return;
    const { cell, layer } = kept;
    if (cell) store.set({ pointed: cell, walking: false });
    else store.set({ panel: 'layers', passing: true, subject: layer });
  });
  account.addEventListener('click', () => {
    if (!kept?.layer) return;
    kept = null; // used once, the list stays as one that was opened
    store.set({ passing: false });
  });
  account.addEventListener('pointerleave', () => {
    const { pointed, panel } = store.get();
    if (kept?.cell && pointed && sameCell(pointed, kept.cell)) store.set({ pointed: null });
    if (kept?.layer && panel === 'layers') store.set({ panel: null });
    kept = null;
  });
}

/**
 * @param {PageStore} store
 * @param {() => number} clock
 */
function followed(store, clock) {
  /** @type {Stay[]} */
  let stays = [];

  store.subscribe((state, changed) => {
    if (!('pointed' in changed) && !('panel' in changed) && !('pinned' in changed)) return;
    if ('pinned' in changed) stays = []; // whoever pins has chosen, and what came before is past
    const cell = state.pointed;
    const layer = !cell && state.panel === 'layers' ? state.subject : null;
    const now = clock();
    const last = stays.at(-1);
    if (last && sameSubject(last, cell, layer)) return;
    if (last) last.to = Math.min(last.to, now);
    stays = stays.filter(({ to }) => to > now - WAY);
    stays.push({ cell, layer, from: now, to: Infinity });
  });
  return () => stays;
}

/**
 * @param {Stay} last
 * @param {Cell | null} cell
 * @param {State['subject']} layer
 */
function sameSubject(last, cell, layer) {
  if (layer !== last.layer) return false;
  return cell && last.cell ? sameCell(cell, last.cell) : cell === last.cell;
}

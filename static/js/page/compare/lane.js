// One more picture beside the page's own: a network, or a difference, on a stage of its own.

import { createStore } from '../../core/store.js';
import { MARKS } from '../../stage/marks.js';
import { openPointing } from '../../stage/pointing.js';
import { createStage } from '../../stage/stage.js';
import { EMPTY_STAGE } from '../../stage/state.js';
import { message } from '../../text/messages.js';
import { html, say } from '../../ui/dom.js';
import { gap, leave } from '../../ui/frames.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Stage } from '../../stage/stage.js' */
/** @import { StageState, StageStore } from '../../stage/state.js' */
/** @import { Trace } from '../state.js' */
/** @import { Page } from '../types.d.ts' */

/**
 * @typedef {object} Lane
 * @property {StageStore} store
 * @property {Stage} stage
 * @property {(who: string, what: string) => void} title says whose picture it is, and what it was read as
 * @property {() => void} end
 */

/**
 * At the right of the last one.
 *
 * @param {Page} page
 * @param {Pick<StageState, 'graph' | 'weights'>} network
 * @param {object} on
 * @param {(cell: Cell | null) => void} on.point
 * @param {(cell: Cell | null) => void} on.pin
 * @returns {Lane}
 */
export function createLane({ theme, loop, viewport, store: other }, { graph, weights }, on) {
  const canvas = html('canvas', {
    ...{ tabindex: 0, role: 'application', 'aria-roledescription': message('stage.role') },
    'aria-label': message('compare.second'),
  });
  const overlay = html('canvas', { class: 'lane-overlay', 'aria-hidden': true });
  const sheet = html('div', { class: 'stage-sheet' }, canvas, overlay);
  const place = html('section', { class: 'lane' }, sheet);
  const store = createStore({ ...EMPTY_STAGE, graph, weights, ...followed(other.get()) });
  const stage = createStage({ canvas, overlay, place, store, loop, viewport, theme });
  const head = createLaneHead(stage);
  document.querySelector('#account')?.before(head.element, place);
  stage.view.marks = MARKS;
  openPointing(stage, { onPoint: on.point, onPin: on.pin });
  stage.closing.add(other.subscribe((state) => store.set(followed(state))));

  /** @type {Lane['title']} */
  function title(who, what) {
    head.title(who, what);
    place.setAttribute('aria-label', message('compare.picture', { who }));
  }

  function end() {
    stage.end();
    head.element.remove();
    place.remove();
  }

  return { store, stage, title, end };
}

/** @param {Readonly<StageState>} state */
function followed({ folded, scale, theme }) {
  return { folded, scale, theme };
}

/**
 * What stands above a picture: whose it is, and what it was read as.
 *
 * @param {Stage} stage
 * @param {() => void} [stop] ends the comparison; above the page's own picture
 */
export function createLaneHead(stage, stop) {
  const name = html('b');
  const rest = html('span');
  const end = stop ? [gap(), leave(message('compare.stop'), stop)] : [];
  const element = html('section', { class: 'lane-head' }, name, rest, ...end);

  /** @type {Lane['title']} */
  function title(who, what) {
    stage.company.title = [who, what];
    say(name, who);
    say(rest, what);
    element.setAttribute('aria-label', message('compare.reading', { who }));
  }

  return { element, title };
}

/**
 * @param {Lane} lane
 * @param {Trace | null} trace now
 * @param {Trace | null} kept
 * @param {ReadonlyMap<string, number>} limits
 */
export function showDifference({ store, title }, trace, kept, limits) {
  const beside = { limits, then: kept?.tensors ?? null };
  store.set({ beside, trace: kept && trace, quantity: 'difference' });
  title(message('difference'), message('compare.difference'));
}

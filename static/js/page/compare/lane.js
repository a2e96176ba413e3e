// One more picture beside the page's own: a network, or a difference, on a stage of its own.

import { createStore } from '../../core/store.js';
import { MARKS } from '../../stage/marks.js';
import { openPointing } from '../../stage/pointing.js';
import { createStage } from '../../stage/stage.js';
import { EMPTY_STAGE } from '../../stage/state.js';
import { createLaneElements } from '../../ui/compare/lane.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Stage } from '../../stage/stage.js' */
/** @import { StageState, StageStore } from '../../stage/state.js' */
/** @import { Page } from '../types.d.ts' */

/**
 * @typedef {object} Lane
 * @property {StageStore} store
 * @property {Stage} stage
 * @property {ReturnType<typeof createLaneElements>} elements
 * @property {() => void} end
 */

/**
 * @param {Page} page
 * @param {Pick<StageState, 'graph' | 'weights'>} network
 * @param {object} on
 * @param {(cell: Cell | null) => void} on.point
 * @param {(cell: Cell | null) => void} on.pin
 * @returns {Lane}
 */
export function createLane({ theme, loop, viewport, store: other }, network, on) {
  const elements = createLaneElements();
  const { canvas, overlay, scroller: place } = elements;
  const store = createStore({ ...EMPTY_STAGE, ...network, ...followed(other.get()) });
  const stage = createStage({ canvas, overlay, place, store, loop, viewport, theme });
  stage.view.marks = MARKS;
  openPointing(stage, { onPoint: on.point, onPin: on.pin });
  stage.closing.add(other.subscribe((state) => store.set(followed(state))));

  function end() {
    stage.end();
    elements.head.remove();
    place.remove();
  }

  return { store, stage, elements, end };
}

/** @param {Readonly<StageState>} state */
function followed({ folded, scale, theme }) {
  return { folded, scale, theme };
}

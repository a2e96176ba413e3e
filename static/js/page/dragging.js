// Drags the digit about on the input of the stage, as far as the map of moves reaches, while it is held.

import { home, movesOf, shiftTo } from '../scene/moves.js';

/** @import { Moves, Spot } from '../scene/moves.js' */
/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { Page } from './types.d.ts' */

/**
 * @typedef {object} Held
 * @property {number} x where it was taken, CSS pixels of the window
 * @property {number} y
 * @property {number} cell CSS pixels of a cell of the input
 * @property {boolean} moved
 */

/**
 * @param {Page} page
 * @param {(spot: Spot | null, moves: Moves | null) => void} onDrag where to, of which moves; null when it is let go
 */
export function listenToDrags({ stage, store }, onDrag) {
  const { canvas, view, signal } = stage;
  /** @type {Held | null} */
  let held = null;
  /** The click with which a drag ends pins nothing. */
  let dragged = false;

  /** @param {number} x @param {number} y CSS pixels of the picture @returns {Cell | null} where there is something to drag */
  function grip(x, y) {
    const { panel, graph, space, moves } = store.get();
    const cell = panel === 'moves' && moves.found && !space ? view.pick(x, y) : null;
    return cell?.layer === graph?.input ? cell : null;
  }

  /** @param {PointerEvent} event */
  function down(event) {
    const { offsetX, offsetY, clientX: x, clientY: y, pointerId, button } = event;
    dragged = false;
    const cell = grip(offsetX, offsetY);
    const rect = cell && view.rectOf(cell);
    if (!rect || button !== 0) return;
    event.stopImmediatePropagation();
    canvas.setPointerCapture(pointerId);
    held = { x, y, cell: rect.width, moved: false };
  }

  /** @param {PointerEvent} event */
  function move(event) {
    const { graph, moves: asked } = store.get();
    const moves = graph && asked.found && movesOf(asked.found.tensors, graph, 0);
    if (!held || !moves) return;
    event.stopImmediatePropagation();
    const by = (/** @type {number} */ px) => Math.round(px / (held?.cell ?? 1));
    const spot = shiftTo(moves, by(event.clientY - held.y), by(event.clientX - held.x));
    held.moved ||= spot.index !== home(moves, 'shift').index;
    if (held.moved) onDrag(spot, moves);
  }

  function up() {
    if (!held) return;
    dragged = held.moved;
    held = null;
    if (dragged) onDrag(null, null);
  }

  const listen = /** @type {HTMLElement['addEventListener']} */ (
    (/** @type {string} */ type, /** @type {EventListener} */ listener) =>
      canvas.addEventListener(type, listener, { capture: true, passive: false, signal })
  );
  listen('pointerdown', down);
  listen('pointermove', move);
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) listen(end, up);
  listen('click', (event) => {
    if (dragged) event.stopImmediatePropagation();
  });
  // a finger that holds the digit does not scroll
  listen('touchstart', (event) => {
    const { left, top } = canvas.getBoundingClientRect();
    const [finger] = event.touches;
    if (finger && grip(finger.clientX - left, finger.clientY - top)) event.preventDefault();
  });
}

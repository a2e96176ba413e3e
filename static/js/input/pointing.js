// Pointing at cells of the stage: with mouse, pen, finger and keys. Tells which; knows no picture.

import { sameCell } from '../geometry/regions.js';
import { ARROWS, listening } from './listening.js';

/** @import { Cell } from '../geometry/types.d.ts' */

/**
 * @typedef {object} Ground
 * @property {(x: number, y: number) => Cell | null} pick CSS pixels of the picture
 * @property {(cell: Cell, dx: number, dy: number) => Cell} step the cell beside it
 * @property {(cell: Cell | null, by: -1 | 1) => Cell | null} jump to the layer before or after
 */

/**
 * @typedef {object} PointingOptions
 * @property {HTMLCanvasElement} canvas
 * @property {Ground} ground
 * @property {() => { pointed: Cell | null, pinned: Cell | null }} present
 * @property {(cell: Cell | null, time: number, byKey: boolean) => void} onPoint
 * @property {(cell: Cell | null) => void} onPin
 * @property {AbortSignal} [signal] ends it
 */

/** @param {PointingOptions} options */
export function createPointing({ canvas, ground, present, onPoint, onPin, signal }) {
  const listen = listening(canvas, signal);
  /** @param {PointerEvent | MouseEvent} event */
  const under = (event) => ground.pick(event.offsetX, event.offsetY);

  listen('pointermove', (event) => {
    if (event.pointerType === 'touch') return; // a finger scrolls; its tap pins
    onPoint(under(event), event.timeStamp, false);
  });
  listen('pointerleave', (event) => {
    if (event.pointerType !== 'touch') onPoint(null, event.timeStamp, false);
  });
  listen('click', (event) => {
    const cell = under(event);
    const { pinned } = present();
    onPin(cell && pinned && sameCell(cell, pinned) ? null : cell);
  });

  /** @param {KeyboardEvent} event */
  function walked(event) {
    const { pointed, pinned } = present();
    const cell = pointed ?? pinned;
    const arrow = ARROWS[event.key];
    if (arrow) return cell ? ground.step(cell, arrow[0], arrow[1]) : ground.jump(null, 1);
    if (event.key === 'PageDown') return ground.jump(cell, 1);
    if (event.key === 'PageUp') return ground.jump(cell, -1);
    return undefined;
  }

  listen('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const cell = walked(event);
    if (cell) {
      event.preventDefault();
      if (present().pinned) onPin(cell);
      onPoint(cell, event.timeStamp, true);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onPin(present().pointed);
    }
  });
}

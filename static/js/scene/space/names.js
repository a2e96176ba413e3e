// The names of classes in space, beside the units of the answer.

import { project } from './camera.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { BarValue, FontRole, Rect, Tone } from '../types.d.ts' */
/** @import { Camera, Plane, Space, Vec3 } from './types.d.ts' */

/**
 * @typedef {object} UnitName
 * @property {string} text
 * @property {FontRole} font
 * @property {Tone} tone
 * @property {number} x @property {number} y middle of its left end
 */

/** Rows closer than this carry the first guess alone. */
const ROW = 15;

/**
 * The names of classes beside the units of the answer, and how likely each is.
 *
 * @param {Space} space
 * @param {Graph} graph
 * @param {Camera} camera
 * @param {(layer: string) => readonly BarValue[]} barsOf
 * @returns {UnitName[]}
 */
export function unitNames(space, graph, camera, barsOf) {
  return space.planes.flatMap((plane) => {
    if (plane.look !== 'bars') return [];
    const bars = barsOf(plane.layer);
    const first = unitEnd(plane, 0, camera);
    const second = unitEnd(plane, Math.min(1, plane.channels.length - 1), camera);
    const close = Math.abs(first.y - second.y) < ROW;
    return Array.from(plane.channels).flatMap((channel, tile) => {
      const bar = bars[channel];
      if (close && !bar?.strong) return [];
      return [nameOf(graph.classes[channel] ?? '', bar, unitEnd(plane, tile, camera))];
    });
  });
}

/** @param {string} name @param {BarValue | undefined} bar @param {{ x: number, y: number }} end @returns {UnitName} */
function nameOf(name, bar, end) {
  const said = bar && bar.text !== '0' ? `${name}  ${bar.text}` : name;
  if (bar?.strong) return { ...end, text: said, font: 'classStrong', tone: 'ink' };
  return { ...end, text: said, font: 'shape', tone: bar?.tone ?? 'ink2' };
}

/** The end of a unit that lies to the right on the screen, where it reads on. */
/** @param {Plane} plane @param {number} tile @param {Camera} camera @returns {{ x: number, y: number }} */
function unitEnd({ x, y, z, cell, thickness }, tile, camera) {
  const middle = (y[tile] ?? 0) - cell / 2;
  const left = z[tile] ?? 0;
  const ends = [left, left + cell].flatMap((out) =>
    [x, x - thickness].map((along) => project(camera, /** @type {Vec3} */ ([along, middle, out]))),
  );
  const end = ends.reduce((most, one) => (one[0] > most[0] ? one : most));
  return { x: end[0] + 8, y: end[1] };
}

/**
 * Where names stand, whatever they say: what is beside them need not move with the values.
 *
 * @param {Space} space
 * @param {Camera} camera
 * @param {number} width of the widest name
 * @returns {Rect[]}
 */
export function namesRoom({ planes }, camera, width) {
  return planes.flatMap((plane) => {
    if (plane.look !== 'bars') return [];
    const [first, last] = [0, plane.channels.length - 1].map((tile) =>
      unitEnd(plane, tile, camera),
    );
    if (!first || !last) return [];
    const [x, y] = [Math.min(first.x, last.x), Math.min(first.y, last.y)];
    const across = Math.abs(first.x - last.x) + width;
    return [{ x, y: y - ROW / 2, width: across, height: Math.abs(first.y - last.y) + ROW }];
  });
}

// What pointing means, in cells: which are framed, which lines join them, which stay lit. Flat and in
// space the same marks are drawn, each by its own file: flat.js here, and marks.js in space/.

import { regionOf, sameCell, wholeLayer } from '../../geometry/regions.js';
import { cellMarks } from './cell.js';
import { standCell } from './cone.js';
import { FRAMES, NO_MARKS, framed } from './frames.js';
import { pathMarks } from './paths.js';
import { weightMarks } from './weight.js';

/** @import { Cell, Graph } from '../../geometry/types.d.ts' */
/** @import { Weight } from '../../kinds/types.d.ts' */
/** @import { FrameMark, FrameRole, Layout, Marks, Paths, View } from '../types.d.ts' */

/**
 * @typedef {object} Pointing
 * @property {Cell | null} pointed
 * @property {Cell | null} pinned
 * @property {Cell | null} [focus] the cell that the keyboard stands on
 * @property {Weight | null} [weight] of a kernel: it takes the place of the cell
 * @property {boolean} [fills] the map of the pinned cell fills: what it reaches is not there yet
 * @property {Paths | null} [paths] to a score, while they are shown
 * @property {string | null} [spot] the layer in a spotlight
 * @property {number | null} [path] the one of them that is lit alone
 */

/**
 * Pointing dims nothing; a pinned cell dims what takes no part and shows what it reaches; a second
 * cell beside a pinned one is compared.
 * @param {Layout} layout the flat one: which layers are shown, and which stands for which
 * @param {Graph} graph
 * @param {View} view
 * @param {Pointing} pointing
 * @returns {Marks}
 */
export function marksOf(layout, graph, view, pointing) {
  const { pointed, pinned, focus = null, weight, fills = false } = pointing;
  const selected = pinned ?? pointed;
  if (weight) return weightMarks(layout, graph, view, weight, selected, pinned !== null);
  if (!selected) return unselected(layout, graph, pointing);
  const stand = standCell(layout, graph, selected);
  const marks = cellMarks(layout, graph, view, stand, pinned !== null, fills);
  const rival = pinned && pointed && !sameCell(pinned, pointed) ? pointed : null;
  const more = [...frame(layout, graph, rival, 'compare'), ...frame(layout, graph, focus, 'focus')];
  return more.length ? { ...marks, frames: [...marks.frames, ...more] } : marks;
}

/** @param {Layout} layout @param {Graph} graph @param {Pointing} pointing @returns {Marks} */
function unselected(layout, graph, { paths, path = null, spot }) {
  if (paths) return pathMarks(layout, graph, paths, path);
  const layer = spot ? layout.stand(spot) : '';
  if (!layout.box(layer)) return NO_MARKS;
  return { ...NO_MARKS, lit: [{ region: wholeLayer(graph, layer), whole: true }] };
}

/** @param {Layout} layout @param {Graph} graph @param {Cell | null} cell @param {FrameRole & ('compare' | 'focus')} role @returns {FrameMark[]} */
function frame(layout, graph, cell, role) {
  if (!cell) return [];
  return [framed(role, FRAMES[role], { region: regionOf(standCell(layout, graph, cell)) })];
}

// What pointing means while gradients are shown: the cells above that read the cell, and a line for each
// of those whose gradient counts most, to where it comes back.

import { at } from '../kinds/parts/data.js';
import { box, regionOf } from '../geometry/regions.js';
import { standCell } from '../scene/marks/cone.js';
import { flatMarks } from '../scene/marks/flat.js';
import { FRAMES, framed, NO_MARKS } from '../scene/marks/frames.js';
import { weightMarks } from '../scene/marks/weight.js';
import { rectOf } from '../scene/pick.js';
import { MARKS as USUAL } from '../stage/marks.js';
import { selection, viewOf } from '../stage/state.js';
import { cellIn } from './gradient/receipt.js';
import { aboutCell } from './gradient/told.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { ToldGradient } from '../kinds/gradient.d.ts' */
/** @import { Layout, LineMark, Marks } from '../scene/types.d.ts' */
/** @import { LearnState } from './state.js' */

/** Lines at most. */
const STRONGEST = 10;

/** @type {typeof USUAL} */
export const MARKS = {
  ...USUAL,
  items(layout, graph, state, quantity) {
    const { told, weight } = /** @type {Readonly<LearnState>} */ (state);
    const cell = selection(state);
    if (quantity.name !== 'gradient' || !cell) return USUAL.items(layout, graph, state, quantity);
    if (weight) {
      const { kernel } = state;
      const view = { ...viewOf(state), trace: null };
      const marks = kernel && weightMarks(layout, graph, view, kernel, null, false);
      return flatMarks(layout, graph, marks ?? NO_MARKS);
    }
    const known = told && told.key === aboutCell(graph, cell).query ? told : null;
    return flatMarks(layout, graph, marksOf(layout, graph, cell, known, state.pinned !== null));
  },
};

/** @param {Layout} layout @param {Graph} graph @param {Cell} cell @param {ToldGradient | null} told @param {boolean} pinned @returns {Marks} */
function marksOf(layout, graph, cell, told, pinned) {
  const own = standCell(layout, graph, cell);
  if (!rectOf(layout, own)) return NO_MARKS;
  const above = told ? aboveOf(layout, graph, told) : [];
  /** @type {Map<string, Cell[]>} */
  const byLayer = new Map();
  for (const { from } of above) byLayer.set(from.layer, [...(byLayer.get(from.layer) ?? []), from]);
  const windows = [...byLayer].map(([layer, cells]) =>
    framed('window', FRAMES.window, { region: hullOf(layer, cells) }),
  );
  return {
    ...NO_MARKS,
    frames: [
      ...windows,
      framed(pinned ? 'pinned' : 'pointed', FRAMES.cell, { region: regionOf(own) }),
    ],
    lines: linesTo(own, above),
  };
}

/** The cells above that are seen, with what comes back from each. @param {Layout} layout @param {Graph} graph @param {ToldGradient} told */
function aboveOf(layout, graph, { readers, reader, cells, above, factors }) {
  return Array.from({ length: above.length }, (_, i) => i).flatMap((i) => {
    const { layer = '' } = readers[reader[i] ?? 0] ?? {};
    if (!graph.has(layer)) return [];
    const from = standCell(layout, graph, cellIn(layer, cells, i));
    const value = at(above, i) * at(factors, i);
    return rectOf(layout, from) ? [{ from, value }] : [];
  });
}

/** @param {string} layer @param {readonly Cell[]} cells */
function hullOf(layer, cells) {
  const ends = (/** @type {'channel' | 'row' | 'column'} */ key) => {
    const all = cells.map((cell) => cell[key]);
    return /** @type {const} */ ([Math.min(...all), Math.max(...all) + 1]);
  };
  return box(layer, ...ends('channel'), ...ends('row'), ...ends('column'));
}

/** @param {Cell} own @param {readonly { from: Cell, value: number }[]} above @returns {LineMark[]} the weakest first */
function linesTo(own, above) {
  const strong = above
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, STRONGEST);
  const largest = Math.abs(strong[0]?.value ?? 1);
  return strong.toReversed().map(({ from, value }) => ({
    ...{ from: regionOf(from), to: regionOf(own), value, t: value / largest, onwards: false },
  }));
}

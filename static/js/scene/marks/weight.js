// The marks of a weight of a kernel: all cells that it multiplies, all that it helps to make.

import { multiplied, usesOf } from '../../kinds/network/uses.js';
import { box, regionOf, wholeMap } from '../../geometry/regions.js';
import { standCell } from './cone.js';
import { FRAMES, MOST_APART, NO_MARKS, framed } from './frames.js';
import { termOf, weightsOf } from '../kernels.js';
import { rectOf } from '../pick.js';

/** @import { Cell, Graph, Tensor } from '../../geometry/types.d.ts' */
/** @import { Uses, Weight } from '../../kinds/types.d.ts' */
/** @import { Layout, Marks, Part, View } from '../types.d.ts' */

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {View} view
 * @param {Weight} weight
 * @param {Cell | null} cell the selection: of the map that the weight helps to make, its term is marked
 * @param {boolean} pinned what takes no part is dimmed: all but the two maps that the weight connects
 * @returns {Marks}
 */
export function weightMarks(layout, graph, view, weight, cell, pinned) {
  const uses = usesOf(graph, weight);
  if (!uses) return NO_MARKS;
  const made = { region: wholeMap(graph, weight.layer, weight.out) };
  const { hull, cells } = usedParts(weight, uses);
  const term = termMarks(layout, graph, view, weight, cell);
  const read = { region: wholeMap(graph, uses.source, weight.into) };
  return {
    cells: [],
    wedges: [{ from: hull, to: [made], edged: true }],
    lines: term.lines,
    frames: [
      framed('forward', FRAMES.made, made),
      ...cells.map((part) => framed('field', FRAMES.winner, part)),
      ...hull.map((part) => framed('window', FRAMES.window, part)),
      ...term.frames,
    ],
    lit: pinned ? [made, ...(hull.length ? [read] : [])] : null,
  };
}

/**
 * The box around all cells that it multiplies; each by itself where there are others between.
 * @param {Weight} weight
 * @param {Uses} uses
 * @returns {{ hull: Part[], cells: Part[] }}
 */
function usedParts({ into }, { source, rows, columns }) {
  /** @param {number} row0 @param {number} row1 @param {number} column0 @param {number} column1 */
  const part = (row0, row1, column0, column1) => ({
    region: box(source, into, into + 1, row0, row1, column0, column1),
  });
  if (rows.count * columns.count === 0) return { hull: [], cells: [] };
  const end = (/** @type {typeof rows} */ { first, step, count }) => first + (count - 1) * step + 1;
  const hull = [part(rows.first, end(rows), columns.first, end(columns))];
  const apart = rows.step > 1 || columns.step > 1;
  if (!apart || rows.count * columns.count > MOST_APART) return { hull, cells: [] };
  const places = (/** @type {typeof rows} */ { first, step, count }) =>
    Array.from({ length: count }, (_, i) => first + i * step);
  const cells = places(rows).flatMap((r) => places(columns).map((c) => part(r, r + 1, c, c + 1)));
  return { hull, cells };
}

/**
 * Of the cell that is selected: itself, the cell that the weight multiplies for it, and the line
 * between them.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {View} view
 * @param {Weight} weight
 * @param {Cell | null} cell
 * @returns {Pick<Marks, 'frames' | 'lines'>}
 */
function termMarks(layout, graph, view, weight, cell) {
  const shown = (/** @type {Cell | null} */ one) => {
    const at = one && standCell(layout, graph, one);
    return at && rectOf(layout, at) ? regionOf(at) : null;
  };
  const to = shown(cell);
  if (!cell || !to) return NO_MARKS;
  const own = framed('pinned', FRAMES.cell, { region: to });
  const source = multiplied(graph, weight, cell);
  const from = shown(source);
  if (!source || !from) return { lines: [], frames: [own] };
  const value = productOf(graph, view, weight, source);
  const line = { from, to, value, t: Math.sign(value), onwards: false };
  return {
    lines: value === 0 ? [] : [line],
    frames: [framed('winner', FRAMES.cell, { region: from }), own],
  };
}

/** What it contributes. @param {Graph} graph @param {Pick<View, 'trace' | 'weights'>} view @param {Weight} weight @param {Cell} source */
function productOf(graph, { trace, weights }, weight, source) {
  const value = numberAt(trace?.get(source.layer), graph.offset(source));
  return value * numberAt(weightsOf(weights, weight.layer), termOf(graph, weight));
}

/** @param {Tensor | null | undefined} tensor @param {number} index */
function numberAt(tensor, index) {
  return Number(tensor?.data[index] ?? 0);
}

// A weight that is pointed at, on the stage: all cells that it multiplies, all that it helps to make.

import { multiplied, usesOf } from '../kinds/network/uses.js';
import { box } from '../geometry/regions.js';
import { standCell } from './cone.js';
import { FRAMES } from './frames.js';
import { curve, wedges } from './connections.js';
import { termOf, weightsOf } from './kernels.js';
import { around, rectOf, regionRects, tileRect } from './pick.js';

/** @import { Cell, Graph, Region, Tensor } from '../geometry/types.d.ts' */
/** @import { Uses, Weight } from '../kinds/types.d.ts' */
/** @import { FrameItem, FrameRole, FrameStyle, Layout, OverlayItem, Rect, View } from './types.d.ts' */

/** Above this many cells apart from each other only the frame around all is drawn. */
const MOST = 400;

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {View} view
 * @param {Weight} weight
 * @param {Cell | null} cell the selection: of the map that the weight helps to make, its term is marked
 * @param {boolean} pinned what takes no part is dimmed
 * @returns {OverlayItem[]} in painting order
 */
export function weightItems(layout, graph, view, weight, cell, pinned) {
  const uses = usesOf(graph, weight);
  if (!uses) return [];
  const used = usedRects(layout, graph, weight, uses);
  const made = madeRects(layout, graph, weight);
  const term = termItems(layout, graph, view, weight, cell);
  const scrim = pinned ? [scrimOf(layout, [...used.hull, ...made])] : [];
  return [
    ...scrim,
    ...wedges(layout, used.hull, made),
    ...made.map((rect) => frame(layout.stand(weight.layer), 'forward', rect, FRAMES.made)),
    ...used.cells.map((rect) => frame(layout.stand(uses.source), 'field', rect, FRAMES.winner)),
    ...used.hull.map((rect) => frame(layout.stand(uses.source), 'window', rect, FRAMES.window)),
    ...term,
  ];
}

/** @param {string} layer @param {FrameRole} role @param {Rect} rect @param {FrameStyle} style @returns {FrameItem} */
function frame(layer, role, rect, style) {
  return { kind: 'frame', role, layer, rect, ...style };
}

/** @param {Layout} layout @param {Graph} graph @param {Weight} weight @param {Uses} uses */
function usedRects(layout, graph, weight, uses) {
  const { hull, cells } = usedRegions(weight, uses);
  const rects = (/** @type {Region} */ region) => regionRects(layout, graph, region);
  return { hull: hull.flatMap(rects), cells: cells.flatMap(rects) };
}

/**
 * The box around all cells that it multiplies; each by itself where there are others between.
 * @param {Weight} weight
 * @param {Uses} uses
 * @returns {{ hull: Region[], cells: Region[] }}
 */
export function usedRegions({ into }, { source, rows, columns }) {
  const part = (
    /** @type {number} */ r0,
    /** @type {number} */ r1,
    /** @type {number} */ c0,
    /** @type {number} */ c1,
  ) => box(source, into, into + 1, r0, r1, c0, c1);
  if (rows.count * columns.count === 0) return { hull: [], cells: [] };
  const end = (/** @type {typeof rows} */ { first, step, count }) => first + (count - 1) * step + 1;
  const hull = [part(rows.first, end(rows), columns.first, end(columns))];
  const apart = rows.step > 1 || columns.step > 1;
  if (!apart || rows.count * columns.count > MOST) return { hull, cells: [] };
  const places = (/** @type {typeof rows} */ { first, step, count }) =>
    Array.from({ length: count }, (_, i) => first + i * step);
  const cells = places(rows).flatMap((r) => places(columns).map((c) => part(r, r + 1, c, c + 1)));
  return { hull, cells };
}

/** @param {Layout} layout @param {Graph} graph @param {Weight} weight @returns {Rect[]} */
function madeRects(layout, graph, weight) {
  return regionRects(layout, graph, madeRegion(graph, weight));
}

/** The map that it helps to make. @param {Graph} graph @param {Weight} weight @returns {Region} */
export function madeRegion(graph, { layer, out }) {
  const { rows, columns } = graph.size(layer);
  return box(layer, out, out + 1, 0, rows, 0, columns);
}

/**
 * Of the cell that is selected: itself, the cell that the weight multiplies for it, and the line
 * between them.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {View} view
 * @param {Weight} weight
 * @param {Cell | null} cell
 * @returns {OverlayItem[]}
 */
function termItems(layout, graph, { trace, weights }, weight, cell) {
  const rect = cell && rectOf(layout, standCell(layout, graph, cell));
  if (!cell || !rect) return [];
  const own = frame(layout.stand(cell.layer), 'pinned', rect, FRAMES.cell);
  const source = multiplied(graph, weight, cell);
  const from = source && rectOf(layout, standCell(layout, graph, source));
  if (!source || !from) return [own];
  const product = productOf(graph, { trace, weights }, weight, source);
  const line = product === 0 ? [] : [curve(layout, from, rect, product, Math.abs(product), false)];
  return [...line, frame(layout.stand(source.layer), 'winner', from, FRAMES.cell), own];
}

/** What it contributes. @param {Graph} graph @param {Pick<View, 'trace' | 'weights'>} view @param {Weight} weight @param {Cell} source */
export function productOf(graph, { trace, weights }, weight, source) {
  const value = numberAt(trace?.get(source.layer), graph.offset(source));
  return value * numberAt(weightsOf(weights, weight.layer), termOf(graph, weight));
}

/** @param {Tensor | null | undefined} tensor @param {number} index */
function numberAt(tensor, index) {
  return Number(tensor?.data[index] ?? 0);
}

/** Readout, captions and legends never dim; nor do the two maps that the weight connects. */
/** @param {Layout} layout @param {Rect[]} rects @returns {OverlayItem} */
function scrimOf(layout, rects) {
  const readout = layout.boxes.filter(({ look }) => look === 'bars').map(({ slot }) => slot);
  const texts = layout.boxes.flatMap(({ caption, legend }) =>
    legend ? [caption, legend] : [caption],
  );
  const tiles = layout.boxes.flatMap((box) =>
    Array.from(box.channels, (_, i) => tileRect(layout, box, i)).filter((tile) =>
      rects.some((rect) => meet(tile, rect)),
    ),
  );
  const wide = texts.map((rect) =>
    around(rect, { ...rect, x: rect.x - 7, width: rect.width + 14 }),
  );
  return { kind: 'scrim', area: layout.field, holes: [...tiles, ...rects, ...readout, ...wide] };
}

/** @param {Rect} a @param {Rect} b */
function meet(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

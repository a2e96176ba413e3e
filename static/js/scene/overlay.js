// What pointing and pinning add to the picture: frames, curves, wedges, and the scrim.

import { contributions } from '../kinds/network/contributions.js';
import { sameCell } from '../geometry/regions.js';
import { traitsOf } from '../kinds/traits.js';
import { FRAMES } from './frames.js';
import { fieldParts, forwardParts, standCell, strongestReaders, windowParts } from './cone.js';
import { incoming, outgoing, wedges } from './connections.js';
import { rectOf, regionRects, tileRect } from './pick.js';

/** @import { Cell, Graph, Region } from '../geometry/types.d.ts' */
/** @import { CurveItem, FrameItem, FrameRole, FrameStyle, Layout, OverlayItem, Rect, ScrimItem, View, WedgeItem } from './types.d.ts' */
/** @import { Part } from './cone.js' */

/**
 * LOOK.md "States". Pointing dims nothing; a pinned cell dims what takes no part and shows what it
 * reaches; a second cell beside a pinned one is compared.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell | null} pointed
 * @param {Cell | null} pinned
 * @param {Cell | null} [focus] the cell that the keyboard stands on
 * @returns {OverlayItem[]} in painting order
 */
export function overlayItems(layout, graph, view, pointed, pinned, focus = null) {
  const selected = pinned ?? pointed;
  const items = selected
    ? selection(layout, graph, view, standCell(layout, graph, selected), pinned !== null)
    : [];
  if (pinned && pointed && !sameCell(pinned, pointed))
    items.push(...cellFrame(layout, standCell(layout, graph, pointed), 'compare'));
  if (focus) items.push(...cellFrame(layout, standCell(layout, graph, focus), 'focus'));
  return items;
}

/** @param {Layout} layout @param {Graph} graph @param {View} view @param {Cell} cell @param {boolean} pinned @returns {OverlayItem[]} */
function selection(layout, graph, view, cell, pinned) {
  const rect = rectOf(layout, cell);
  if (!rect) return [];
  const windows = windowParts(graph, cell);
  const fields = fieldParts(layout, graph, cell, windows);
  const forward = pinned ? forwardCone(layout, graph, view, cell, rect) : NOTHING;
  const shown = framesByLayer(layout, graph, fields, windows);
  const scrim = pinned ? [scrimOf(layout, graph, cell, shown, forward.holes)] : [];
  return [
    ...scrim,
    ...wedgesOf(layout, inSight(layout, cell, rect, shown)),
    ...forward.wedges,
    ...forward.curves,
    ...incoming(layout, graph, view, cell, rect),
    ...fields.flatMap((part) => partFrames(layout, graph, part, 'field')),
    ...windows.flatMap((part) => partFrames(layout, graph, part, 'window')),
    ...winnerFrame(layout, graph, view, cell),
    ...forward.frames,
    ...cellFrame(layout, cell, pinned ? 'pinned' : 'pointed'),
  ];
}

/** Every cell of a layer is one frame; otherwise one a map. */
/** @param {Layout} layout @param {Graph} graph @param {Part} part @returns {Rect[]} */
function rectsOf(layout, graph, { region, whole }) {
  const box = layout.box(layout.stand(region.layer));
  return whole && box ? [box.rect] : regionRects(layout, graph, region);
}

/** That a cell depends on all of a layer far behind it says nothing; on the image it is shown. */
/** @param {Graph} graph @param {Part} part @param {'field' | 'window'} role */
function tells(graph, { region, whole }, role) {
  return role === 'window' || !whole || region.layer === graph.input;
}

/** @param {Layout} layout @param {Graph} graph @param {Part} part @param {'field' | 'window'} role @returns {FrameItem[]} */
function partFrames(layout, graph, part, role) {
  if (!tells(graph, part, role)) return [];
  const { layer } = part.region;
  const image = layer === graph.input;
  const style = role === 'window' ? FRAMES.window : image ? FRAMES.image : FRAMES.field;
  return rectsOf(layout, graph, part).map((rect) => frame(layout.stand(layer), role, rect, style));
}

/** @param {string} layer @param {FrameRole} role @param {Rect} rect @param {FrameStyle} style @returns {FrameItem} */
function frame(layer, role, rect, style) {
  return { kind: 'frame', role, layer, rect, ...style };
}

/** @param {Layout} layout @param {Cell} cell @param {'pointed' | 'pinned' | 'compare' | 'focus'} role @returns {FrameItem[]} */
function cellFrame(layout, cell, role) {
  const rect = rectOf(layout, cell);
  if (!rect) return [];
  if (role === 'compare') return [frame(cell.layer, role, rect, FRAMES.compare)];
  if (role === 'focus') return [frame(cell.layer, role, rect, FRAMES.focus)];
  return [frame(cell.layer, role, rect, layout.axis === 'y' ? FRAMES.smallCell : FRAMES.cell)];
}

/** @param {Layout} layout @param {Graph} graph @param {View} view @param {Cell} cell @returns {FrameItem[]} */
function winnerFrame(layout, graph, { trace, weights }, cell) {
  const layer = graph.layer(cell.layer);
  if (!trace || !traitsOf(layer).picks?.(layer)) return [];
  const found = contributions(graph, trace, weights, cell);
  if (!found || found.winner < 0) return [];
  const region = found.region(found.winner);
  return regionRects(layout, graph, region).map((rect) =>
    frame(layout.stand(region.layer), 'winner', rect, FRAMES.winner),
  );
}

/** @param {Layout} layout @param {Graph} graph @param {Part[]} fields @param {Part[]} windows @returns {Map<string, Rect[]>} */
function framesByLayer(layout, graph, fields, windows) {
  /** @type {Map<string, Rect[]>} */
  const found = new Map();
  for (const part of [...fields.filter((field) => tells(graph, field, 'field')), ...windows]) {
    const name = layout.stand(part.region.layer);
    found.set(name, [...(found.get(name) ?? []), ...rectsOf(layout, graph, part)]);
  }
  return found;
}

/** Where what a cell reads is hidden, lines lead to the cell itself from what lies before. */
/** @param {Layout} layout @param {Cell} cell @param {Rect} rect @param {Map<string, Rect[]>} shown */
function inSight(layout, { layer }, rect, shown) {
  const seen = new Map([...shown].filter(([name]) => layout.box(name)));
  const across = [...shown.keys()].some((name) => !layout.box(name));
  return across ? seen.set(layer, [rect]) : seen;
}

/** From each framed layer to the framed layers that read it. */
/** @param {Layout} layout @param {Map<string, Rect[]>} shown @returns {WedgeItem[]} */
function wedgesOf(layout, shown) {
  return [...shown].flatMap(([name, to]) =>
    layout.sources(name).flatMap((source) => wedges(layout, shown.get(source) ?? [], to)),
  );
}

/** @typedef {{ frames: FrameItem[], curves: CurveItem[], wedges: WedgeItem[], holes: Rect[] }} Cone */
/** @type {Cone} */
const NOTHING = { frames: [], curves: [], wedges: [], holes: [] };

/** @param {Layout} layout @param {Graph} graph @param {View} view @param {Cell} cell @param {Rect} rect @returns {Cone} */
function forwardCone(layout, graph, view, cell, rect) {
  const parts = forwardParts(layout, graph, cell).filter(({ whole }) => !whole);
  const frames = parts.flatMap((part) => {
    const single = part.region.row1 - part.region.row0 === 1;
    return rectsOf(layout, graph, part).map((at) =>
      frame(part.region.layer, 'forward', at, single ? FRAMES.reachedCell : FRAMES.reached),
    );
  });
  const holes = parts.flatMap(({ region }) => tilesOrCells(layout, graph, region));
  const { trace } = view;
  if (!trace) return { ...NOTHING, frames, holes };
  const { from, strongest } = strongestReaders(layout, graph, { ...view, trace }, cell);
  const start = rectOf(layout, from) ?? rect;
  const curves = outgoing(layout, graph, start, strongest);
  const reached = strongest.flatMap(({ region }) => regionRects(layout, graph, region));
  const on = from === cell ? [] : wedges(layout, [rect], [start]);
  return { frames, curves, wedges: on, holes: [...holes, ...reached] };
}

/** A single cell stands in its map; a box of cells by itself. */
/** @param {Layout} layout @param {Graph} graph @param {Region} region @returns {Rect[]} */
function tilesOrCells(layout, graph, region) {
  const single = region.row1 - region.row0 === 1 && region.column1 - region.column0 === 1;
  const { rows, columns } = graph.size(region.layer);
  const cells = single ? { ...region, row0: 0, row1: rows, column0: 0, column1: columns } : region;
  return regionRects(layout, graph, cells);
}

/** Readout, captions and legends never dim. */
/** @param {Layout} layout @param {Graph} graph @param {Cell} cell @param {Map<string, Rect[]>} shown @param {Rect[]} forward @returns {ScrimItem} */
function scrimOf(layout, graph, cell, shown, forward) {
  const box = layout.box(cell.layer);
  const own = box ? [tileRect(layout, box, box.place[cell.channel] ?? 0)] : [];
  const readout = layout.boxes.filter(({ look }) => look === 'bars').map(({ slot }) => slot);
  const texts = layout.boxes.flatMap(({ caption, legend }) =>
    [caption, legend].filter((text) => text !== null).map(reaching),
  );
  const holes = [...shown.values()].flat().concat(own, forward, readout, texts);
  return { kind: 'scrim', area: layout.field, holes };
}

/** Captions may be wider than their layer. */
/** @param {Rect} rect @returns {Rect} */
function reaching({ x, y, width, height }) {
  return { x: x - 7, y, width: width + 14, height };
}

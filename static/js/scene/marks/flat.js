// Marks on the flat picture: frames around rectangles, curves and wedges between them, numbers, the
// scrim.

import { regionRects } from './rects.js';
import { around, turned, turnedRect } from '../metrics.js';
import { FRAMES } from './frames.js';
import { noteItems } from './notes.js';

/** @import { Graph, Region } from '../../geometry/types.d.ts' */
/** @import { CellsItem, CurveItem, FrameItem, Layout, LineMark, Marks, OverlayItem, Part, Point, Reach, Rect, ScrimItem, WedgeItem } from '../types.d.ts' */

/** How opaque a line is that leads onwards. */
const FORWARD = 0.8;

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Marks} marks
 * @returns {OverlayItem[]} in painting order
 */
export function flatMarks(layout, graph, { cells, frames, lines, wedges: cone, lit, notes = [] }) {
  const rects = (/** @type {Part} */ part) => rectsOf(layout, graph, part);
  return [
    ...(lit ? [scrimOf(layout, lit.flatMap(rects))] : []),
    ...cells.map((reach) => cellsOf(layout, graph, reach)),
    ...cone.flatMap(({ from, to, edged }) =>
      edged ? wedges(layout, from.flatMap(rects), to.flatMap(rects)) : [],
    ),
    ...curvesOf(layout, graph, lines),
    ...frames.flatMap(({ role, style, ...part }) => framesOf(layout, graph, role, style, part)),
    ...noteItems(layout, graph, notes, rects),
  ];
}

/** Every cell of a layer is one rectangle; otherwise one a map, or one a cell where some are skipped. */
/** @param {Layout} layout @param {Graph} graph @param {Part} part @returns {Rect[]} */
function rectsOf(layout, graph, { region, whole }) {
  const box = whole ? layout.box(layout.stand(region.layer)) : null;
  return box ? [box.rect] : regionRects(layout, graph, region);
}

/** @param {Layout} layout @param {Graph} graph @param {FrameItem['role']} role @param {Marks['frames'][number]['style']} style @param {Part} part @returns {FrameItem[]} */
function framesOf(layout, graph, role, style, part) {
  const look = style === FRAMES.cell && layout.axis === 'y' ? FRAMES.smallCell : style;
  const layer = layout.stand(part.region.layer);
  return rectsOf(layout, graph, part).map((rect) => ({
    kind: 'frame',
    role,
    layer,
    rect,
    ...look,
  }));
}

/**
 * What stays bright, and readout, captions and legends, which never dim.
 * @param {Layout} layout
 * @param {Rect[]} lit
 * @returns {ScrimItem}
 */
function scrimOf({ boxes, field }, lit) {
  const readout = boxes.filter(({ look }) => look === 'bars').map(({ slot }) => slot);
  // captions may be wider than their layer, those above lanes by half of their one line
  const wide = boxes.flatMap(({ caption, legend, lanes }) => {
    const more = lanes > 1 ? 36 : 7;
    return [caption, legend].flatMap((text) =>
      text ? { ...text, x: text.x - more, width: text.width + 2 * more } : [],
    );
  });
  return { kind: 'scrim', area: field, holes: [...lit, ...readout, ...wide] };
}

/** @param {Layout} layout @param {Graph} graph @param {Reach} reach @returns {CellsItem} */
function cellsOf(layout, graph, { region, after }) {
  const { layer } = region;
  const bars = layout.box(layer)?.look === 'bars';
  const rects = bars ? [] : regionRects(layout, graph, region);
  return { kind: 'cells', layer, after, region, rects };
}

/** @param {Layout} layout @param {Graph} graph @param {readonly LineMark[]} lines @returns {CurveItem[]} */
function curvesOf(layout, graph, lines) {
  /** Most lines share an end: it is looked for once. @type {Map<Region, Rect | undefined>} */
  const known = new Map();
  const place = (/** @type {Region} */ region) => {
    if (!known.has(region)) known.set(region, regionRects(layout, graph, region)[0]);
    return known.get(region);
  };
  return lines.flatMap((line) => {
    const [a, b] = [place(line.from), place(line.to)];
    return a && b ? [curve(layout, a, b, line)] : [];
  });
}

/** @param {Layout} layout @param {Rect} source @param {Rect} target @param {Omit<LineMark, 'from' | 'to'>} line @returns {CurveItem} */
function curve({ axis }, source, target, { value, t, onwards }) {
  const [a, b] = [turnedRect(axis, source), turnedRect(axis, target)];
  const [x0, y0] = [a.x + a.width + 2, a.y + a.height / 2];
  const [x1, y1] = [b.x - 3, b.y + b.height / 2];
  const half = (x1 - x0) / 2;
  return {
    ...{ kind: 'curve', t, value, forward: onwards },
    from: turned(axis, [x0, y0]),
    control1: turned(axis, [x0 + half, y0]),
    control2: turned(axis, [x1 - half, y1]),
    to: turned(axis, [x1, y1]),
    width: 0.75 + 3.25 * Math.abs(t),
    opacity: (0.18 + 0.77 * Math.abs(t)) * (onwards ? FORWARD : 1),
  };
}

/**
 * Lines from the frames of one layer to those of the layer that reads it. They run from the end of
 * each line of maps to the beginning of the next layer's, so that they cross no map on the way.
 * @param {Layout} layout
 * @param {Rect[]} from
 * @param {Rect[]} to
 * @returns {WedgeItem[]}
 */
function wedges(layout, from, to) {
  const sources = edgeOf(layout, from, 1);
  const targets = edgeOf(layout, to, -1);
  if (!sources.length || !targets.length) return [];
  const lines = pairs(sources, targets).flatMap(([a, b]) => wedge(layout, a, b));
  return [{ kind: 'wedge', lines, opacity: 0.28 }];
}

/** @param {Rect[]} sources @param {Rect[]} targets @returns {[Rect, Rect][]} */
function pairs(sources, targets) {
  const [source, target] = [sources.reduce(around), targets.reduce(around)];
  if (sources.length === 1) return targets.map((b) => [source, b]);
  if (sources.length !== targets.length) return [[source, target]];
  return sources.map((a, i) => [a, targets[i] ?? a]);
}

/** The frames of each line that come last (side 1) or first (side −1) in reading direction. */
/** @param {Layout} layout @param {Rect[]} rects @param {1 | -1} side @returns {Rect[]} */
function edgeOf({ axis }, rects, side) {
  /** @type {Map<number, Rect>} */
  const lines = new Map();
  for (const rect of rects) {
    const [main, line] = turned(axis, [rect.x, rect.y]);
    const known = lines.get(line);
    if (!known || (main - turnedRect(axis, known).x) * side > 0) lines.set(line, rect);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([, rect]) => rect);
}

/** @param {Layout} layout @param {Rect} source @param {Rect} target @returns {[number, number, number, number][]} */
function wedge({ axis }, source, target) {
  const [a, b] = [turnedRect(axis, source), turnedRect(axis, target)];
  return [0, 1].map((side) => [
    ...turned(axis, [a.x + a.width, a.y + side * a.height]),
    ...turned(axis, [b.x, b.y + side * b.height]),
  ]);
}

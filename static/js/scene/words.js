// Where words and numbers stand that no line may strike through, and which of them lines would.

import { eachNumber, sizeIn } from './numbers.js';

/** @import { CurveItem, Layout, OverlayItem, Point, Quantity, Rect, StillItem, Tensors, WedgeItem } from './types.d.ts' */

/** Around a text, CSS px at plain text size: above its line, below it, on both sides. */
const ABOVE = 12;
const BELOW = 4;
const ASIDE = 3;
/** Pieces in which a curve is looked at. */
const PIECES = 16;

/**
 * Captions, legends, names beside cells and rulers.
 * @param {Layout} layout
 * @param {readonly StillItem[]} items
 * @returns {Rect[]}
 */
export function wordRects({ text, measure, boxes }, items) {
  const texts = items.flatMap((item) => {
    if (item.kind !== 'text' || item.text === '') return [];
    const width = measure(item.text, item.font) * text;
    const share = item.align === 'left' ? 0 : item.align === 'center' ? 0.5 : 1;
    const top = item.baseline === 'middle' ? (ABOVE + BELOW) / 2 : ABOVE;
    return [
      {
        ...{ x: item.x - width * share - ASIDE, y: item.y - top * text },
        ...{ width: width + 2 * ASIDE, height: (ABOVE + BELOW) * text },
      },
    ];
  });
  return [...texts, ...boxes.flatMap(({ legend }) => legend ?? [])];
}

/**
 * What stands in cells that are large enough.
 * @param {Layout} layout
 * @param {Tensors} tensors by layer
 * @returns {Rect[]}
 */
export function numberRects(layout, tensors) {
  const { measure } = layout;
  /** @type {Rect[]} */
  const rects = [];
  eachNumber(layout, tensors, (box, channel, row, column, said) => {
    const size = sizeIn(layout, box);
    const width = (measure(said, 'legend') * size) / ABOVE + 2;
    const at = box.place[channel] ?? 0;
    const x = (box.x[at] ?? 0) + (column + 0.5) * box.cell;
    const y = (box.y[at] ?? 0) + (row + 0.5) * box.cell;
    rects.push({ x: x - width / 2, y: y - size / 2, width, height: size });
  });
  return rects;
}

/**
 * The words that lines would strike through.
 * @param {Layout} layout
 * @param {readonly StillItem[]} still
 * @param {readonly OverlayItem[]} overlay
 * @param {Quantity} quantity whose numbers stand in cells
 * @returns {Rect[]}
 */
export function struckWords(layout, still, overlay, quantity) {
  const lines = overlay.filter((item) => item.kind === 'curve' || item.kind === 'wedge');
  if (lines.length === 0) return [];
  const numbers = layout.sight ? numberRects(layout, seen(quantity, overlay)) : [];
  return struck([...wordRects(layout, still), ...numbers], lines);
}

/** @param {Quantity} quantity @param {readonly OverlayItem[]} overlay @returns {Tensors} what stands in the cells of each layer */
function seen({ tensors, under }, overlay) {
  if (!under) return tensors;
  const over = overlay.flatMap((item) => (item.kind === 'cells' ? [item.layer] : []));
  const found = new Map(under.tensors);
  for (const [layer, tensor] of tensors) if (over.includes(layer)) found.set(layer, tensor);
  return found;
}

/**
 * Those of the rects that a line touches.
 * @param {readonly Rect[]} rects
 * @param {readonly (CurveItem | WedgeItem)[]} lines
 * @returns {Rect[]}
 */
export function struck(rects, lines) {
  const bounds = lines.map((line) =>
    line.kind === 'curve' ? [around(pathOf(line), line.width / 2)] : line.lines.map(boundsOf),
  );
  return rects.filter((rect) =>
    lines.some(
      (line, i) =>
        bounds[i]?.some((part) => meet(part, rect)) &&
        (line.kind === 'wedge' ? line.lines.some((one) => cuts(one, rect)) : crosses(line, rect)),
    ),
  );
}

/** @param {CurveItem} curve @param {Rect} rect */
function crosses(curve, rect) {
  const path = pathOf(curve);
  for (let i = 1; i < path.length; i++) {
    const [from, to] = [path[i - 1], path[i]];
    if (from && to && meet(around([from, to], curve.width / 2), rect)) return true;
  }
  return false;
}

/** @param {readonly [number, number, number, number]} line @param {Rect} rect */
function cuts([x0, y0, x1, y1], rect) {
  for (let i = 0; i < PIECES; i++) {
    const at = (/** @type {number} */ t) =>
      /** @type {Point} */ ([x0 + (x1 - x0) * t, y0 + (y1 - y0) * t]);
    if (meet(around([at(i / PIECES), at((i + 1) / PIECES)], 0.5), rect)) return true;
  }
  return false;
}

/** @type {WeakMap<CurveItem, Point[]>} */
const paths = new WeakMap();

/** @param {CurveItem} curve @returns {Point[]} */
function pathOf(curve) {
  const known = paths.get(curve);
  if (known) return known;
  const { from, control1, control2, to } = curve;
  const path = Array.from({ length: PIECES + 1 }, (_, i) => {
    const t = i / PIECES;
    const s = 1 - t;
    const along = (/** @type {0 | 1} */ axis) =>
      s * s * s * from[axis] +
      3 * s * s * t * control1[axis] +
      3 * s * t * t * control2[axis] +
      t * t * t * to[axis];
    return /** @type {Point} */ ([along(0), along(1)]);
  });
  paths.set(curve, path);
  return path;
}

/** @param {readonly [number, number, number, number]} line */
function boundsOf([x0, y0, x1, y1]) {
  return around(
    [
      [x0, y0],
      [x1, y1],
    ],
    0.5,
  );
}

/** @param {readonly Point[]} points @param {number} more @returns {Rect} */
function around(points, more) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return {
    ...{ x: left - more, y: top - more },
    ...{ width: right - left + 2 * more, height: bottom - top + 2 * more },
  };
}

/** @param {Rect} a @param {Rect} b */
function meet(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

// Where words and numbers stand that no line may strike through, and which of them lines would.

import { numbersIn } from './numbers.js';
import { around, aroundPoints, meet } from './metrics.js';

/** @import { CurveItem, Layout, OverlayItem, Point, Quantity, Rect, StillItem, Tensors, TextItem, WedgeItem } from './types.d.ts' */

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
export function wordRects({ boxes, ...layout }, items) {
  const texts = items.flatMap((item) =>
    item.kind === 'text' && item.text !== '' ? [rectOf(layout, item)] : [],
  );
  return [...texts, ...boxes.flatMap(({ legend }) => legend ?? [])];
}

/** @param {Pick<Layout, 'text' | 'measure'>} layout @param {TextItem} item @returns {Rect} */
function rectOf({ text: size, measure }, { text, font, align, baseline, x, y }) {
  const width = measure(text, font) * size;
  const share = align === 'left' ? 0 : align === 'center' ? 0.5 : 1;
  const top = baseline === 'middle' ? (ABOVE + BELOW) / 2 : ABOVE;
  return {
    ...{ x: x - width * share - ASIDE, y: y - top * size },
    ...{ width: width + 2 * ASIDE, height: (ABOVE + BELOW) * size },
  };
}

/**
 * @param {Layout} layout
 * @param {readonly StillItem[]} items
 * @param {number} x CSS pixels of the picture
 * @param {number} y
 * @returns {TextItem | null} what is written there
 */
export function textAt(layout, items, x, y) {
  for (const item of items) {
    if (item.kind !== 'text' || item.text === '') continue;
    const rect = rectOf(layout, item);
    const [right, down] = [x - rect.x, y - rect.y];
    if (right >= 0 && right < rect.width && down >= 0 && down < rect.height) return item;
  }
  return null;
}

/**
 * What stands in cells that are large enough.
 * @param {Layout} layout
 * @param {Tensors} tensors by layer
 * @returns {Rect[]}
 */
export function numberRects(layout, tensors) {
  return numbersIn(layout, tensors).map(({ x, y, size, text }) => {
    const width = (layout.measure(text, 'legend') * size) / ABOVE + 2;
    return { x: x - width / 2, y: y - size / 2, width, height: size };
  });
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
  const lines = overlay.flatMap((item) =>
    item.kind === 'curve' || item.kind === 'wedge' ? linesOf(item) : [],
  );
  if (lines.length === 0) return [];
  const numbers = layout.sight ? numberRects(layout, seen(quantity, overlay)) : [];
  return [...wordRects(layout, still), ...numbers].filter((rect) =>
    lines.some(({ whole, pieces }) => meet(whole, rect) && pieces.some((one) => meet(one, rect))),
  );
}

/** @param {Quantity} quantity @param {readonly OverlayItem[]} overlay @returns {Tensors} what stands in the cells of each layer */
function seen({ tensors, under }, overlay) {
  if (!under) return tensors;
  const over = overlay.flatMap((item) => (item.kind === 'cells' ? [item.layer] : []));
  const found = new Map(under.tensors);
  for (const [layer, tensor] of tensors) if (over.includes(layer)) found.set(layer, tensor);
  return found;
}

/** @typedef {{ whole: Rect, pieces: Rect[] }} Line what it covers, all of it and piece by piece */

/** @type {WeakMap<CurveItem | WedgeItem, Line[]>} */
const known = new WeakMap();

/** @param {CurveItem | WedgeItem} item @returns {Line[]} */
function linesOf(item) {
  const found =
    known.get(item) ?? (item.kind === 'curve' ? [bent(item)] : item.lines.map(straight));
  known.set(item, found);
  return found;
}

/** @param {CurveItem} curve */
function bent({ from, control1, control2, to, width }) {
  return line(width / 2, (axis, t) => {
    const s = 1 - t;
    return (
      s * s * s * from[axis] +
      3 * s * s * t * control1[axis] +
      3 * s * t * t * control2[axis] +
      t * t * t * to[axis]
    );
  });
}

/** @param {WedgeItem['lines'][number]} ends */
function straight([x0, y0, x1, y1]) {
  return line(0.5, (axis, t) => (axis === 0 ? x0 + (x1 - x0) * t : y0 + (y1 - y0) * t));
}

/**
 * @param {number} more half of its width
 * @param {(axis: 0 | 1, t: number) => number} at where it is after a share t of its way
 * @returns {Line}
 */
function line(more, at) {
  const point = (/** @type {number} */ i) =>
    /** @type {Point} */ ([at(0, i / PIECES), at(1, i / PIECES)]);
  const pieces = Array.from({ length: PIECES }, (_, i) =>
    aroundPoints([point(i), point(i + 1)], more),
  );
  return { whole: pieces.reduce(around), pieces };
}

// Numbers of rows and columns at the edges of maps whose cells are large enough to be counted.

/** @import { Layout, LayerBox, Rect, TextItem } from './types.d.ts' */

/** Cells smaller than this are not counted, CSS px at plain text size. */
const LEAST_CELL = 14;
/** Room for the numbers above and to the left of what is seen, CSS px. */
const HIGH = 16;
const WIDE = 24;
/** Between a number and the cells. */
const AIR = 4;
/** Room that a number needs along its row, and along its column. */
const ACROSS = 20;
const DOWN = 15;
const STEPS = [1, 2, 5, 10, 20, 50];

/** @param {Pick<LayerBox, 'look' | 'cell' | 'rows' | 'columns'>} box @param {number} text */
function counts({ look, cell, rows, columns }, text) {
  const map = look === 'maps' || look === 'image';
  return map && rows * columns > 1 && cell >= LEAST_CELL * text;
}

/**
 * The part of the screen that is left for cells beside the numbers.
 * @param {Rect} sight
 * @param {readonly Pick<LayerBox, 'look' | 'cell' | 'rows' | 'columns'>[]} boxes
 * @param {Pick<Layout, 'text' | 'dpr'>} layout
 * @returns {Rect}
 */
export function besideRulers(sight, boxes, { text, dpr }) {
  if (!boxes.some((box) => counts(box, text))) return sight;
  const px = (/** @type {number} */ css) => Math.round(css * text * dpr) / dpr;
  const [left, top] = [px(WIDE), px(HIGH)];
  return {
    ...{ x: sight.x + left, y: sight.y + top },
    ...{ width: Math.max(1, sight.width - left), height: Math.max(1, sight.height - top) },
  };
}

/**
 * At the layer's edge while that is in sight, else at the edge of what is seen.
 * @param {Pick<Layout, 'text'> & { sight: Rect }} layout
 * @param {LayerBox} box
 * @returns {TextItem[]}
 */
export function rulerItems({ text, sight }, box) {
  if (!counts(box, text)) return [];
  const { layer, rect, cell, rows, columns } = box;
  const [right, bottom] = [sight.x + sight.width, sight.y + sight.height];
  if (rect.x >= right || rect.x + rect.width <= sight.x) return [];
  if (rect.y >= bottom || rect.y + rect.height <= sight.y) return [];
  /** @type {Pick<TextItem, 'kind' | 'layer' | 'font' | 'tone' | 'baseline'>} */
  const said = { kind: 'text', layer, font: 'legend', tone: 'ink3', baseline: 'alphabetic' };
  const y = Math.max(rect.y, sight.y) - AIR * text;
  const x = Math.max(rect.x, sight.x) - AIR * text;
  const above = countsOf(box.x, columns, cell, ACROSS * text, sight.x, right);
  const beside = countsOf(box.y, rows, cell, DOWN * text, sight.y, bottom);
  return [
    ...above.map(
      ([at, number]) =>
        /** @type {TextItem} */ ({ ...said, text: number, x: at, y, align: 'center' }),
    ),
    ...beside.map(
      ([at, number]) =>
        /** @type {TextItem} */ ({ ...said, text: number, x, y: at + 4 * text, align: 'right' }),
    ),
  ];
}

/**
 * The middles of the cells that are counted, once for all maps above or beside each other.
 * @param {Float64Array} tiles where they begin
 * @param {number} count cells of one
 * @param {number} cell
 * @param {number} room for one number
 * @param {number} from
 * @param {number} to
 * @returns {[at: number, number: string][]}
 */
function countsOf(tiles, count, cell, room, from, to) {
  const step = STEPS.find((cells) => cells * cell >= room) ?? count;
  /** @type {[number, string][]} */
  const found = [];
  for (const tile of new Set(tiles))
    for (let i = 0; i < count; i += step) {
      const at = tile + (i + 0.5) * cell;
      if (at > from && at < to) found.push([at, String(i)]);
    }
  return found;
}

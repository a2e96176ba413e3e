// A part of the picture enlarged: the same layout seen by a camera, its cells still whole pixels.

import { sightOf } from './camera.js';
import { ALONG, clamp, meet } from './metrics.js';

/** @import { Camera, Layout, LayerBox, Point, Rect, TextItem } from './types.d.ts' */
/** @import { Room } from './camera.js' */

/** Where captions of layers that are out of sight stand: on no screen. */
const NOWHERE = -10000;

/**
 * @typedef {object} Look
 * @property {Layout} layout fitted
 * @property {Camera} camera
 * @property {Room} room
 * @property {Rect} sight where cells and their rulers are seen
 * @property {Rect} inner where cells are seen
 * @property {number} ruler height of the numbers of columns; 0 where there are none
 */

/**
 * Items, overlay, picking and walking take this layout for any other. Every tile has its share of
 * the enlarged picture and stands in its middle, in cells of as many whole device pixels as fit:
 * tiles never lie on each other and cells stay squares. Captions and legends keep their size and
 * stay beside what is seen of their layer.
 * @param {Layout} layout fitted
 * @param {Camera} camera
 * @param {Room} room
 * @returns {Layout}
 */
export function zoomed(layout, camera, room) {
  const sight = sightOf(layout, room);
  const tiles = new Map(layout.boxes.map((box) => [box, tilesOf({ layout, camera }, box)]));
  const inner = besideRulers(
    sight,
    [...tiles].map(([box, seen]) => ({ ...box, ...seen })),
    layout,
  );
  const look = { layout, camera, room, sight, inner, ruler: inner.y - sight.y };
  const boxes = [...tiles].map(([box, seen]) => ({
    ...box,
    ...seen,
    ...marginsSeen(look, box, seen.rect),
  }));
  const byName = new Map(boxes.map((box) => [box.layer, box]));
  return {
    ...layout,
    ...{ width: room.width, height: room.height, scrolls: false },
    extent: { width: room.width, height: room.height },
    boxes,
    box: (name) => byName.get(name),
    edges: layout.edges.map((edge) => ({ ...edge, points: edge.points.map(pointSeen(camera)) })),
    field: inner,
    sight: inner,
    rulers: boxes.flatMap((box) => rulerItems({ text: layout.text, sight: inner }, box)),
  };
}

/** @param {Camera} camera @returns {(point: Point) => Point} */
function pointSeen({ zoom, x, y }) {
  return (point) => [point[0] * zoom + x, point[1] * zoom + y];
}

/** @param {Rect} rect of the fitted picture @param {Camera} camera @returns {Rect} on the screen */
export function rectSeen({ x, y, width, height }, { zoom, x: right, y: down }) {
  return {
    ...{ x: x * zoom + right, y: y * zoom + down },
    ...{ width: width * zoom, height: height * zoom },
  };
}

/** @typedef {Pick<LayerBox, 'cell' | 'x' | 'y' | 'rect'>} Tiles */

/** Bars have no cells, and follow the camera. */
/** @param {Pick<Look, 'layout' | 'camera'>} look @param {LayerBox} box @returns {Tiles} */
function tilesOf({ layout: { dpr }, camera }, box) {
  const snapped = (/** @type {number} */ place) => Math.round(place * dpr) / dpr;
  const bars = box.look === 'bars';
  const exact = box.cell * camera.zoom;
  const cell = bars ? exact : Math.max(1, Math.floor(exact * dpr + 1e-6)) / dpr;
  /** @param {Float64Array} places @param {number} pan @param {number} cells */
  const along = (places, pan, cells) =>
    places.map((place) => snapped(place * camera.zoom + pan + ((exact - cell) * cells) / 2));
  const [x, y] = [along(box.x, camera.x, box.columns), along(box.y, camera.y, box.rows)];
  const whole = rectSeen(box.rect, camera);
  const [left, top] = bars
    ? [snapped(whole.x), snapped(whole.y)]
    : [Math.min(...x), Math.min(...y)];
  const [right, end] = bars
    ? [snapped(whole.x + whole.width), snapped(bottom(whole))]
    : [Math.max(...x) + box.columns * cell, Math.max(...y) + box.rows * cell];
  return { cell, x, y, rect: { x: left, y: top, width: right - left, height: end - top } };
}

/**
 * Caption and legend beside what is seen of the layer, within the space it owns.
 * @param {Look} look
 * @param {LayerBox} box fitted
 * @param {Rect} rect of its tiles now
 * @returns {Pick<LayerBox, 'slot' | 'caption' | 'legend'>}
 */
function marginsSeen(look, box, rect) {
  const { layout, inner } = look;
  const slot = slotSeen(look, box);
  if (!meet(rect, inner))
    return { slot: { ...slot, y: NOWHERE }, caption: { ...box.caption, y: NOWHERE }, legend: null };
  const seen = { slot, rect };
  const caption = captionSeen(look, box, seen);
  const { legend } = box;
  if (!legend) return { slot, caption, legend };
  if (layout.axis === 'x') return { slot, caption, legend: legendSeen(look, box, legend, seen) };
  const x = caption.x + legend.x - box.caption.x;
  const y = bottom(caption) + legend.y - bottom(box.caption);
  return { slot, caption, legend: { ...legend, x, y } };
}

/** Along the flow of single layers captions and legends keep their height on the screen. */
/** @param {Look} look @param {LayerBox} box @returns {Rect} */
function slotSeen({ layout, camera, room }, { slot, lanes }) {
  const { x, y, width, height } = rectSeen(slot, camera);
  if (lanes > 1) return { x, y, width, height };
  if (layout.axis === 'y') return { x: slot.x, y, width: slot.width, height };
  return { x, y: slot.y, width, height: room.height - slot.y };
}

/** @typedef {{ slot: Rect, rect: Rect }} Seen a layer's own space and its tiles, on the screen */

/** @param {Look} look @param {LayerBox} box @param {Seen} seen @returns {Rect} */
function captionSeen({ layout, sight, ruler }, box, seen) {
  const { axis, text } = layout;
  const { caption, lanes } = box;
  const { before, laneBefore } = ALONG[axis];
  const share = axis === 'y' || box.look === 'bars' ? 0 : 0.5;
  const x = axis === 'y' && lanes === 1 ? caption.x : beside(seen, sight, caption.width, share);
  if (axis === 'x' && lanes === 1) return { ...caption, x };
  const height = Math.min(caption.height, (lanes > 1 ? laneBefore : before) * text);
  return { ...caption, x, y: Math.max(seen.rect.y - height - ruler, sight.y - height), height };
}

/** @param {Look} look @param {LayerBox} box @param {Rect} legend @param {Seen} seen @returns {Rect} */
function legendSeen({ layout, sight }, { lanes, rect, slot }, legend, seen) {
  const x = beside(seen, sight, legend.width, 0.5);
  const margin = bottom(slot) - ALONG[layout.axis].after * layout.text; // skips run below it
  if (lanes === 1) return { ...legend, x, y: bottom(sight) + legend.y - margin };
  const below = legend.y - bottom(rect);
  return { ...legend, x, y: Math.min(bottom(seen.rect), bottom(sight)) + below };
}

/**
 * Where something so wide begins, along what is seen of a layer: it follows its share of that, and
 * stays in the layer's own space.
 * @param {Seen} seen
 * @param {Rect} sight
 * @param {number} width
 * @param {number} share 0 at the beginning, 0.5 in the middle
 */
function beside({ slot, rect }, sight, width, share) {
  const from = Math.max(rect.x, sight.x);
  const to = Math.min(rect.x + rect.width, sight.x + sight.width);
  const wanted = from + (to - from - width) * share;
  const last = slot.x + slot.width - width;
  return Math.round(last < slot.x ? (slot.x + last) / 2 : clamp(wanted, slot.x, last));
}

/** @param {Rect} rect */
function bottom({ y, height }) {
  return y + height;
}

/** Cells smaller than this are not counted, CSS px at plain text size. */
const COUNTED = 14;
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
  return map && rows * columns > 1 && cell >= COUNTED * text;
}

/**
 * The part of the screen that is left for cells beside the numbers.
 * @param {Rect} sight
 * @param {readonly Pick<LayerBox, 'look' | 'cell' | 'rows' | 'columns'>[]} boxes
 * @param {Pick<Layout, 'text' | 'dpr'>} layout
 * @returns {Rect}
 */
function besideRulers(sight, boxes, { text, dpr }) {
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
function rulerItems({ text, sight }, box) {
  if (!counts(box, text)) return [];
  const { layer, rect, cell, rows, columns } = box;
  if (!meet(rect, sight)) return [];
  const y = Math.max(rect.y, sight.y) - AIR * text;
  const x = Math.max(rect.x, sight.x) - AIR * text;
  const above = countsOf(box.x, columns, cell, ACROSS * text, sight.x, sight.x + sight.width);
  const beside = countsOf(box.y, rows, cell, DOWN * text, sight.y, sight.y + sight.height);
  const number = { kind: 'text', layer, font: 'legend', tone: 'ink3', baseline: 'alphabetic' };
  return /** @type {TextItem[]} */ ([
    ...above.map(([at, said]) => ({ ...number, text: said, x: at, y, align: 'center' })),
    ...beside.map(([at, said]) => ({ ...number, text: said, x, y: at + 4 * text, align: 'right' })),
  ]);
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

// A part of the picture enlarged: the same layout seen by a camera, its cells still whole pixels.

import { sightOf, within } from './camera.js';
import { ALONG } from './metrics.js';
import { around } from './pick.js';
import { besideRulers, rulerItems } from './rulers.js';

/** @import { Camera, Layout, LayerBox, Point, Rect } from './types.d.ts' */
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

/** @param {Pick<Look, 'layout' | 'camera'>} look @param {LayerBox} box @returns {Tiles} */
function tilesOf(look, box) {
  return box.look === 'bars' ? barsSeen(look, box) : tilesSeen(look, box);
}

/** @param {Pick<Look, 'layout' | 'camera'>} look @param {LayerBox} box @returns {Tiles} */
function tilesSeen({ layout: { dpr }, camera: { zoom, x, y } }, box) {
  const cell = Math.max(1, Math.floor(box.cell * zoom * dpr + 1e-6)) / dpr;
  const [width, height] = [box.columns * cell, box.rows * cell];
  const lost = box.cell * zoom - cell;
  /** @param {Float64Array} places @param {number} pan @param {number} cells */
  const along = (places, pan, cells) =>
    places.map((place) => Math.round((place * zoom + pan + (lost * cells) / 2) * dpr) / dpr);
  const [left, top] = [along(box.x, x, box.columns), along(box.y, y, box.rows)];
  let rect = { x: left[0] ?? x, y: top[0] ?? y, width, height };
  for (let i = 1; i < left.length; i++)
    rect = around(rect, { x: left[i] ?? 0, y: top[i] ?? 0, width, height });
  return { cell, x: left, y: top, rect };
}

/** @param {Pick<Look, 'layout' | 'camera'>} look @param {LayerBox} box @returns {Tiles} */
function barsSeen({ layout: { dpr }, camera }, box) {
  const snapped = (/** @type {number} */ place) => Math.round(place * dpr) / dpr;
  const { x, y, width, height } = rectSeen(box.rect, camera);
  const [left, top] = [snapped(x), snapped(y)];
  return {
    cell: box.cell * camera.zoom,
    x: box.x.map((place) => snapped(place * camera.zoom + camera.x)),
    y: box.y.map((place) => snapped(place * camera.zoom + camera.y)),
    rect: { x: left, y: top, width: snapped(x + width) - left, height: snapped(y + height) - top },
  };
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
    return {
      slot: { ...slot, y: NOWHERE },
      caption: { ...box.caption, y: NOWHERE },
      legend: null,
    };
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
  const { width } = box.caption;
  const { before, laneBefore } = ALONG[axis];
  const height = Math.min(box.caption.height, (box.lanes > 1 ? laneBefore : before) * text);
  const y = Math.max(seen.rect.y - height - ruler, sight.y - height);
  if (axis === 'x' && box.lanes === 1)
    return { ...box.caption, x: beside(seen, sight, width, box.look === 'bars' ? 0 : 0.5) };
  if (axis === 'y' && box.lanes === 1) return { ...box.caption, y, height };
  return { x: beside(seen, sight, width, axis === 'x' ? 0.5 : 0), y, width, height };
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
  return Math.round(last < slot.x ? (slot.x + last) / 2 : within(wanted, slot.x, last));
}

/** @param {Rect} rect */
function bottom({ y, height }) {
  return y + height;
}

/** @param {Rect} a @param {Rect} b */
export function meet(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

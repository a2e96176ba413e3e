// Arithmetic of the camera: how far in, which part, and what stays where it is. Lengths in CSS px.
//
// World is the fitted picture, screen is the place it is seen in: screen = world × zoom + (x, y).

import { ALONG, around, aroundPoints, clamp, middleOf } from './metrics.js';

/** @import { Anchor, Camera, Layout, LayerBox, Point, Rect } from './types.d.ts' */

/** @typedef {Pick<Rect, 'width' | 'height'>} Room the place that the picture is seen in */

/** @type {Camera} */
export const FIT = Object.freeze({ zoom: 1, x: 0, y: 0, at: null });

/** Nobody needs cells larger than this. */
const LARGEST_CELL = 64;
/** What is brought into sight keeps this far from the edge. */
const MARGIN = 24;
/** Nearer to the fitted picture than this is the fitted picture. */
const ALMOST = 1.005;

/** How far in one may go: until the smallest cell is large. */
/** @param {Layout} layout */
export function furthest({ boxes }) {
  const cells = boxes.flatMap(({ look, cell }) => (look === 'bars' ? [] : [cell]));
  return Math.max(1, LARGEST_CELL / Math.min(LARGEST_CELL, ...cells));
}

/**
 * The part of the screen in which cells are seen: captions and legends keep their bands at its edge.
 * @param {Layout} layout
 * @param {Room} room
 * @returns {Rect}
 */
export function sightOf({ axis, text, dpr, boxes }, { width, height }) {
  const px = (/** @type {number} */ css) => Math.round(css * text * dpr) / dpr;
  const { before, laneBefore, after } = ALONG[axis];
  const lanes = axis === 'y' && boxes.some((box) => box.lanes > 1);
  const top = px(lanes ? laneBefore : before);
  return { x: 0, y: top, width, height: Math.max(1, height - top - px(after)) };
}

/**
 * All of the world that there is to see.
 * @param {Layout} layout
 * @returns {Rect}
 */
function worldOf(layout) {
  const { extent, edges, boxes } = layout;
  const lines = edges.map(({ points }) => aroundPoints(points));
  return [...boxes.map(({ rect }) => rect), ...lines].reduce(around, sightOf(layout, extent));
}

/**
 * The nearest camera that shows nothing but the picture, on whole device pixels.
 * @param {Layout} layout fitted
 * @param {Camera} camera
 * @param {Room} room
 * @returns {Camera}
 */
export function held(layout, camera, room) {
  const zoom = Math.min(furthest(layout), camera.zoom);
  if (!(zoom > ALMOST)) return FIT;
  const world = worldOf(layout);
  const sight = sightOf(layout, room);
  const { dpr } = layout;
  /** @param {number} pan @param {number} first @param {number} last */
  const along = (pan, first, last) =>
    Math.round(clamp(pan, Math.min(first, last), Math.max(first, last)) * dpr) / dpr;
  const { x, y, width, height } = sight;
  return {
    zoom,
    x: along(camera.x, x - world.x * zoom, x + width - (world.x + world.width) * zoom),
    y: along(camera.y, y - world.y * zoom, y + height - (world.y + world.height) * zoom),
  };
}

/**
 * Another zoom that leaves one point of the screen where it is.
 * @param {Camera} camera
 * @param {number} zoom
 * @param {Point} point of the screen
 * @returns {Camera}
 */
export function zoomedAbout(camera, zoom, [x, y]) {
  const more = zoom / camera.zoom;
  return { zoom, x: x - (x - camera.x) * more, y: y - (y - camera.y) * more };
}

/** @param {Camera} camera @param {number} dx @param {number} dy @returns {Camera} */
export function moved({ zoom, x, y }, dx, dy) {
  return { zoom, x: x + dx, y: y + dy };
}

/**
 * As little movement as brings a rect into sight; its middle where it is larger than that.
 * @param {Camera} camera
 * @param {Rect} rect on the screen
 * @param {Rect} sight
 * @returns {Camera}
 */
export function showing(camera, rect, sight) {
  /** @param {number} from @param {number} size @param {number} low @param {number} length */
  const lack = (from, size, low, length) => {
    const margin = Math.max(0, Math.min(MARGIN, (length - size) / 2));
    if (size > length) return low + length / 2 - (from + size / 2);
    if (from < low) return low + margin - from;
    return from + size > low + length ? low + length - margin - from - size : 0;
  };
  return moved(
    camera,
    lack(rect.x, rect.width, sight.x, sight.width),
    lack(rect.y, rect.height, sight.y, sight.height),
  );
}

/**
 * On the way from one camera to another. The point that both show in the same place stays there.
 * @param {Camera} from
 * @param {Camera} to
 * @param {number} t 0..1
 * @returns {Camera}
 */
export function between(from, to, t) {
  const zoom = from.zoom * (to.zoom / from.zoom) ** t;
  const share = from.zoom === to.zoom ? t : (zoom - from.zoom) / (to.zoom - from.zoom);
  const mix = (/** @type {number} */ a, /** @type {number} */ b) => a + (b - a) * share;
  return { zoom, x: mix(from.x, to.x), y: mix(from.y, to.y) };
}

/**
 * Which point of which layer stands at a point of the world: the nearest layer's.
 * @param {Pick<Layout, 'boxes'>} layout
 * @param {Point} point of the world
 * @returns {Anchor | null}
 */
export function anchorAt({ boxes }, [x, y]) {
  const away = (/** @type {LayerBox} */ { rect }) => distance(rect, x, y);
  const [nearest] = boxes.toSorted((a, b) => away(a) - away(b));
  if (!nearest) return null;
  const { layer, rect } = nearest;
  return { layer, u: (x - rect.x) / rect.width, v: (y - rect.y) / rect.height };
}

/**
 * The camera that shows an anchor in the middle.
 * @param {Layout} layout fitted
 * @param {Anchor} anchor
 * @param {number} zoom
 * @param {Room} room
 * @returns {Camera}
 */
export function centredOn(layout, { layer, u, v }, zoom, room) {
  const box = layout.box(layout.stand(layer));
  if (!box) return FIT;
  const { rect } = box;
  const [x, y] = middleOf(sightOf(layout, room));
  return {
    zoom,
    x: x - (rect.x + u * rect.width) * zoom,
    y: y - (rect.y + v * rect.height) * zoom,
  };
}

/** @param {Rect} rect @param {number} x @param {number} y */
function distance(rect, x, y) {
  const dx = x - clamp(x, rect.x, rect.x + rect.width);
  const dy = y - clamp(y, rect.y, rect.y + rect.height);
  return Math.hypot(dx, dy);
}

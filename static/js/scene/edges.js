// The lines between layers at rest: arrows in the gutters, turns between lanes, channels for skips.

import { turned, turnedRect } from './rects.js';

/** @import { Layout, LayerBox, LayoutEdge, Point } from './types.d.ts' */
/** @import { Folded } from './fold.js' */
/** @import { Plan } from './layout.js' */

const AWAY = 4; // CSS pixels between a line and the tiles
const SHORTEST = 4;

/**
 * @param {Plan} plan
 * @param {Folded} folded
 * @param {LayerBox[]} boxes
 * @returns {LayoutEdge[]}
 */
export function edgesOf({ metrics, tracks }, folded, boxes) {
  const byName = new Map(boxes.map((box) => [box.layer, box]));
  const axis = metrics.axis;
  const ends = gutterEnds(boxes, axis);
  const outside = (metrics.crossStart + metrics.crossPx) / metrics.dpr;
  /** @type {LayoutEdge[]} */
  const edges = [];
  for (const to of folded.visible)
    for (const from of folded.sources(to)) {
      const [a, b] = [byName.get(from), byName.get(to)];
      if (!a || !b) continue;
      const track = tracks.get(`${from}>${to}`);
      const channel = track === undefined ? null : outside + (track + 0.5) * 12;
      const points = path(a, b, axis, ends, channel);
      if (points) edges.push({ from, to, points, skip: track !== undefined });
    }
  return edges;
}

/** @typedef {{ first: number[], last: number[] }} Ends where each rank's slots begin and end */

/** @param {LayerBox[]} boxes @param {Layout['axis']} axis @returns {Ends} */
function gutterEnds(boxes, axis) {
  /** @type {Ends} */
  const ends = { first: [], last: [] };
  for (const { rank, slot } of boxes) {
    const { x, width } = turnedRect(axis, slot);
    ends.first[rank] = Math.min(ends.first[rank] ?? Infinity, x);
    ends.last[rank] = Math.max(ends.last[rank] ?? 0, x + width);
  }
  return ends;
}

/**
 * @param {LayerBox} a
 * @param {LayerBox} b
 * @param {Layout['axis']} axis
 * @param {Ends} ends
 * @param {number | null} channel across, for skips
 * @returns {Point[] | null} null where there is no room for an arrow
 */
function path(a, b, axis, { first, last }, channel) {
  const [source, target] = [span(a, axis), span(b, axis)];
  const start = source.end + AWAY;
  // going down, the caption stands before the tiles: the line ends above it
  const end = (axis === 'x' ? target.start : (first[b.rank] ?? target.start)) - AWAY;
  const gutter = (/** @type {number} */ before, /** @type {number} */ share) => {
    const [from, to] = [last[before] ?? 0, first[before + 1] ?? 0];
    return from + (to - from) * share;
  };
  const straight = channel === null && Math.abs(source.middle - target.middle) <= 1; // odd and even
  if (straight && end - start < SHORTEST) return null;
  const [from, to] = [source.middle, straight ? source.middle : target.middle];
  /** @type {Point[]} */
  const turns = [];
  if (channel !== null) {
    const [out, back] = [gutter(a.rank, 0.4), gutter(b.rank - 1, 0.45)];
    turns.push([out, from], [out, channel], [back, channel], [back, to]);
  } else if (!straight) {
    const turn = gutter(b.rank - 1, 0.5);
    turns.push([turn, from], [turn, to]);
  }
  /** @type {Point[]} */
  const points = [[start, from], ...turns, [end, to]];
  return points.map((point) => turned(axis, point));
}

/** @param {LayerBox} box @param {Layout['axis']} axis */
function span({ rect }, axis) {
  const { x, y, width, height } = turnedRect(axis, rect);
  return { start: x, end: x + width, middle: Math.round(y + height / 2) + 0.5 };
}

// Where everything stands: gutters, slots, tiles, and the lines between them, from a plan. Device
// pixels in, CSS pixels out.

import { total } from './grow.js';
import { turned, turnedRect } from './metrics.js';

/** @import { LayerBox, Rect, Layout, LayoutEdge, Point } from './types.d.ts' */
/** @import { Grid, Node } from './nodes.js' */
/** @import { Folded } from './fold.js' */
/** @import { Lane, Plan } from './layout.js' */
/** @import { Metrics } from './metrics.js' */

/**
 * @typedef {object} Stand one layer's place along the main axis
 * @property {Node} node
 * @property {Lane} lane
 * @property {Grid} grid
 * @property {number} start @property {number} length along the main axis
 * @property {number} lead room for a caption before it
 * @property {number} pitch of tiles across, shared by the run
 * @property {number} laneIndex @property {number} lanes
 */

/**
 * @param {Plan} plan
 * @param {Folded} folded
 * @returns {{ boxes: LayerBox[], length: number }} length of the picture in device pixels
 */
export function place(plan, folded) {
  const { metrics, gutters, leads, picks } = plan;
  const ranks = rankLengths(plan);
  const each = Math.max(0, (plan.length - total(picks)) / Math.max(1, ranks.length - 1));
  const widened = gutters.map((least, rank) => {
    const most = gutterMost(least, leads[rank], metrics);
    return rank === 0 ? least : Math.max(least, Math.min(least + each, most));
  });
  const used = total(picks) + widened.reduce((a, b) => a + b, 0);
  const outside = Math.max(0, metrics.mainPx - used);
  let at = metrics.mainStart + (metrics.axis === 'x' ? outside / 2 : 0);
  const starts = ranks.map((length, rank) => {
    at += widened[rank] ?? 0;
    const start = Math.round(at);
    at += length;
    return start;
  });
  const boxes = standsOf(plan, starts, ranks).map((stand) => boxOf(stand, metrics, folded));
  const order = new Map(folded.visible.map((name, index) => [name, index]));
  boxes.sort((a, b) => (order.get(a.layer) ?? 0) - (order.get(b.layer) ?? 0));
  return { boxes, length: Math.max(metrics.mainPx, used) };
}

/** @param {number} least @param {number | undefined} lead @param {Metrics} metrics */
function gutterMost(least, lead = 0, { gutterMost: most, elbow }) {
  return Math.max(lead + most, least - lead >= elbow ? least : 0);
}

/** @param {Plan} plan @returns {number[]} length of each rank */
function rankLengths({ segments, picks }) {
  return segments.flatMap(({ lanes }, i) => {
    const pick = picks[i];
    if (!pick) return [];
    return lanes.length > 1 ? [pick.main] : (pick.grids[0]?.mains ?? []);
  });
}

/** @param {Plan} plan @param {number[]} starts @param {number[]} lengths @returns {Stand[]} */
function standsOf({ segments, picks, leads, metrics }, starts, lengths) {
  return segments.flatMap(({ rank, lanes }, s) =>
    lanes.flatMap((lane, laneIndex) => {
      const grid = /** @type {Grid} */ (picks[s]?.grids[laneIndex]);
      const pitch = pitchOf(lane, metrics);
      return lane.nodes.map((node, i) => {
        const at = rank + i;
        const along = { start: starts[at] ?? 0, length: lengths[at] ?? 0, lead: leads[at] ?? 0 };
        return { ...along, node, lane, grid, pitch, laneIndex, lanes: lanes.length };
      });
    }),
  );
}

/** Rows of a run centre on each other, so they share the largest pitch. */
/** @param {Lane} lane @param {Metrics} metrics */
function pitchOf({ nodes, room }, { axis, unitGap }) {
  if (axis === 'y' && nodes.some(({ look }) => look === 'bars'))
    return Math.floor((room + unitGap) / (nodes[0]?.channels.length ?? 1));
  return Math.max(...nodes.map(({ wide, size, gap }) => wide * size.cell + gap));
}

/** @param {Stand} stand @param {Metrics} metrics @param {Folded} folded @returns {LayerBox} */
function boxOf(stand, metrics, folded) {
  const { node, lane, grid, start, length, lead } = stand;
  const { axis, dpr } = metrics;
  const tiles = tilesOf(stand, metrics);
  const css = (/** @type {Rect} */ { x, y, width, height }) => ({
    ...{ x: x / dpr, y: y / dpr, width: width / dpr, height: height / dpr },
  });
  const along = { x: start - lead, width: lead + length };
  const slot = turnedRect(axis, { ...along, y: lane.slot, height: lane.slotPx });
  const place = new Int32Array(node.channels.length + node.hidden).fill(-1);
  node.channels.forEach((channel, i) => (place[channel] = i));
  return {
    layer: node.name,
    fold: folded.folds(node.name),
    look: node.look,
    rank: folded.rank(node.name),
    lane: stand.laneIndex,
    lanes: stand.lanes,
    rect: css(tiles.rect),
    slot: css(slot),
    caption: css(captionOf(stand, slot, tiles.rect, metrics)),
    legend: node.look === 'bars' ? null : css(legendOf(stand, slot, tiles.rect, metrics)),
    cell: node.size.cell / dpr,
    rows: node.rows,
    columns: node.columns,
    lines: grid.long,
    across: grid.wide,
    channels: node.channels,
    x: tiles.x.map((x) => x / dpr),
    y: tiles.y.map((y) => y / dpr),
    place,
    hidden: node.hidden,
  };
}

/**
 * Tiles stand in reading order, block under block. Those of a run share the largest pitch across, so
 * that map k stays beside map k; a smaller tile is inset by half of what it lacks. Bars are as long
 * as the layer, and fill their pitch.
 * @param {Stand} stand
 * @param {Metrics} metrics
 * @returns {{ x: Float64Array, y: Float64Array, rect: Rect }}
 */
function tilesOf({ node, lane, lanes, grid, pitch, start, length }, { axis, blockGap }) {
  const { gap, blocks, between, size } = node;
  const bars = node.look === 'bars';
  const long = bars ? length : node.long * size.cell;
  const spare = bars ? 0 : pitch - gap - node.wide * size.cell;
  const width = grid.long * (long + gap) - gap + between.along;
  const height = grid.wide * pitch - gap + between.across;
  const hangs = axis === 'y' && lanes > 1; // from its caption
  const rect = turnedRect(axis, {
    ...{ x: hangs ? start : middle(start, length, width), width },
    ...{ y: middle(lane.cells, lane.room, height) + Math.floor(spare / 2), height: height - spare },
  });
  const [across] = turned(axis, [grid.long, grid.wide]);
  const [right, down] = turned(axis, [long + gap, pitch]);
  /** @type {[number, number][]} */
  const corners = [];
  let line = 0;
  blocks.forEach((count, block) => {
    for (let i = 0; i < count; i++) {
      const row = line + Math.floor(i / across);
      const below = block * (blockGap - gap);
      corners.push([rect.x + (i % across) * right, rect.y + row * down + below]);
    }
    line += Math.ceil(count / across);
  });
  return {
    x: Float64Array.from(corners, ([x]) => x),
    y: Float64Array.from(corners, ([, y]) => y),
    rect,
  };
}

/** @param {number} from @param {number} room @param {number} size @returns {number} where it begins */
function middle(from, room, size) {
  return from + Math.floor((room - size) / 2);
}

/** Above the layer, or in the gutter before it. */
/** @param {Stand} stand @param {Rect} slot @param {Rect} tiles @param {Metrics} metrics @returns {Rect} */
function captionOf({ lanes, lead }, slot, tiles, { axis, before, laneBefore }) {
  if (axis === 'y') return { ...slot, height: lead };
  if (lanes === 1) return { ...slot, height: before };
  return { ...slot, y: tiles.y - laneBefore, height: laneBefore };
}

/** Below the layer, or in the gutter before it. */
/** @param {Stand} stand @param {Rect} slot @param {Rect} tiles @param {Metrics} metrics @returns {Rect} */
function legendOf({ lanes, lead }, slot, tiles, { axis, px, after, laneAfter, text }) {
  const beside = px(131 * text);
  if (axis === 'y') {
    const height = px(20 * text);
    const y = slot.y + lead - height - px(2);
    if (lanes === 1) return { x: slot.x + slot.width - beside, y, width: beside, height };
    return { x: slot.x, y, width: Math.min(beside, slot.width), height };
  }
  const width = lanes > 1 ? beside : Math.max(px(60), Math.min(px(112), slot.width));
  const x = slot.x + Math.round((slot.width - width) / 2);
  if (lanes > 1) return { x, y: tiles.y + tiles.height + px(4), width, height: laneAfter - px(4) };
  const y = slot.y + slot.height - after + px(10);
  return { x, y, width, height: after - px(18) };
}

// -------- the lines between layers: arrows in the gutters, turns between lanes, channels for skips

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

// Where everything stands: gutters, slots and tiles, from a plan. Device pixels in, CSS pixels out.

import { captionOf, legendOf } from './margins.js';
import { total } from './plan.js';
import { tilesOf } from './tiles.js';

/** @import { LayerBox, Rect } from './types.d.ts' */
/** @import { Grid } from './grids.js' */
/** @import { Folded } from './fold.js' */
/** @import { Metrics } from './metrics.js' */
/** @import { Node } from './nodes.js' */
/** @import { Lane, Plan } from './plan.js' */

/**
 * @typedef {object} Stand one layer's place along the main axis
 * @property {Node} node
 * @property {Lane} lane
 * @property {Grid} grid
 * @property {number} cell
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
  const { metrics, gutters, leads } = plan;
  const ranks = rankLengths(plan);
  const spare = plan.length - total(plan.picks);
  const shares = Math.max(1, ranks.length - 1);
  const each = Math.max(0, spare / shares);
  let at = metrics.mainStart;
  const widened = gutters.map((least, rank) =>
    rank === 0
      ? least
      : Math.max(least, Math.min(least + each, gutterMost(least, leads[rank], metrics))),
  );
  const used = total(plan.picks) + widened.reduce((a, b) => a + b, 0);
  const outside = Math.max(0, metrics.mainPx - used);
  at += metrics.axis === 'x' ? outside / 2 : 0;
  const starts = ranks.map((length, rank) => {
    at += widened[rank] ?? 0;
    const start = Math.round(at);
    at += length;
    return start;
  });
  const boxes = standsOf(plan, starts, ranks, leads).map((stand) => boxOf(stand, metrics, folded));
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

/** @param {Plan} plan @param {number[]} starts @param {number[]} lengths @param {number[]} leads @returns {Stand[]} */
function standsOf({ segments, picks, metrics }, starts, lengths, leads) {
  return segments.flatMap(({ rank, lanes }, s) =>
    lanes.flatMap((lane, laneIndex) => {
      const grid = /** @type {Grid} */ (picks[s]?.grids[laneIndex]);
      const pitch = pitchOf(lane, grid, metrics);
      return lane.nodes.map((node, i) => ({
        ...{ node, lane, grid, pitch, laneIndex, lanes: lanes.length },
        cell: grid.cells[i] ?? 1,
        start: starts[rank + i] ?? 0,
        length: lengths[rank + i] ?? 0,
        lead: leads[rank + i] ?? 0,
      }));
    }),
  );
}

/** Rows of a run centre on each other, so they share the largest pitch. */
/** @param {Lane} lane @param {Grid} grid @param {Metrics} metrics */
function pitchOf({ nodes, room }, { cells }, { axis, unitGap }) {
  if (axis === 'y' && nodes.some(({ look }) => look === 'bars'))
    return Math.floor((room + unitGap) / (nodes[0]?.channels.length ?? 1));
  return Math.max(
    ...nodes.map(
      ({ rows, columns, gap }, i) => (axis === 'x' ? rows : columns) * (cells[i] ?? 1) + gap,
    ),
  );
}

/** @param {Stand} stand @param {Metrics} metrics @param {Folded} folded @returns {LayerBox} */
function boxOf(stand, metrics, folded) {
  const { node, lane, grid, cell, start, length, lead } = stand;
  const along = metrics.axis === 'x';
  const tiles = tilesOf(stand, metrics);
  const css = (/** @type {Rect} */ { x, y, width, height }) => ({
    ...{ x: x / metrics.dpr, y: y / metrics.dpr },
    ...{ width: width / metrics.dpr, height: height / metrics.dpr },
  });
  const slot = along
    ? { x: start, y: lane.slot, width: length, height: lane.slotPx }
    : { x: lane.slot, y: start - lead, width: lane.slotPx, height: lead + length };
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
    cell: cell / metrics.dpr,
    rows: node.rows,
    columns: node.columns,
    lines: along ? grid.across : grid.down,
    across: along ? grid.down : grid.across,
    channels: node.channels,
    x: tiles.x.map((x) => x / metrics.dpr),
    y: tiles.y.map((y) => y / metrics.dpr),
    place,
    hidden: node.hidden,
  };
}

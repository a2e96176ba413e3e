// The plan of a picture: segments, lanes and their room across, gutters, and the chosen grids.

import { classNameWidth } from './captions.js';
import { Growth } from './grow.js';
import { metricsFor } from './metrics.js';
import { nodesOf, segmentsOf } from './nodes.js';
import { sizesOf } from './sizes.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Cells, LayoutOptions } from './types.d.ts' */
/** @import { Pick } from './grow.js' */
/** @import { Folded } from './fold.js' */
/** @import { Metrics } from './metrics.js' */
/** @import { Node } from './nodes.js' */
/** @import { Sizes } from './sizes.js' */

/**
 * @typedef {object} Lane
 * @property {Node[]} nodes
 * @property {number} slot begin across @property {number} slotPx
 * @property {number} cells begin of the cells across @property {number} room
 */
/** @typedef {{ rank: number, lanes: Lane[] }} Segment */
/**
 * @typedef {object} Plan
 * @property {Metrics} metrics
 * @property {Segment[]} segments
 * @property {number[]} gutters least room before each rank; the caption is part of it on y
 * @property {number[]} leads the caption's part of it
 * @property {Map<string, number>} tracks skip edges, "from>to" -> channel
 * @property {Pick[]} picks one a segment
 * @property {Cells} cells
 * @property {number} length all of it along the main axis, device pixels
 * @property {number} bars length of the answer
 */

const MOST_TRACKS = 4;

/**
 * @param {Graph} graph
 * @param {Folded} folded
 * @param {LayoutOptions} options
 * @returns {Plan | null} null when a layer is too large for the stage even at a pixel a cell
 */
export function planOf(graph, folded, options) {
  const tracks = skipTracks(folded);
  const metrics = metricsFor(options, new Set(tracks.values()).size);
  let rank = 0;
  const segments = segmentsOf(graph, folded).map((chains) => {
    const lanes = lanesOf(graph, folded, chains, metrics, options);
    const segment = { rank, lanes };
    rank += chains.length > 1 ? 1 : (chains[0]?.length ?? 1);
    return segment;
  });
  const { px, text, axis } = metrics;
  const answer = (classNameWidth(graph, metrics.measure) + 122) * text;
  const bars = px(axis === 'x' ? answer : 60 * text);
  const { gutters, leads } = guttersOf(folded, tracks, metrics);
  const free = metrics.mainPx - gutters.reduce((a, b) => a + b, 0);
  const runs = segments.flatMap(({ lanes }) => lanes.map(({ nodes }) => nodes));
  const sizes = sizesOf(graph, folded, runs, options.cells);
  const chosen = grown(segments, metrics, sizes, free, bars);
  return chosen && { metrics, segments, gutters, leads, tracks, bars, ...chosen };
}

/**
 * What does not fit scrolls: a quarter longer than the least length.
 * @param {Segment[]} segments
 * @param {Metrics} metrics
 * @param {Sizes} sizes
 * @param {number} free
 * @param {number} bars
 */
function grown(segments, metrics, sizes, free, bars) {
  const growth = new Growth(
    segments.map(({ lanes }) => lanes),
    metrics,
    sizes,
    bars,
  );
  const picks = growth.fill(free);
  if (picks) return { picks, cells: growth.cells, length: free };
  const longer = growth.fill(Math.ceil(growth.shortest() * 1.25) + segments.length * 8, 1);
  if (!longer) return null;
  return { picks: longer, cells: growth.cells, length: Math.max(free, total(longer)) };
}

/** @param {readonly Pick[]} picks */
export function total(picks) {
  return picks.reduce((sum, { main }) => sum + main, 0);
}

/**
 * Lanes share the room across in proportion to √cells, after their captions and legends.
 * @param {Graph} graph
 * @param {Folded} folded
 * @param {string[][]} chains
 * @param {Metrics} metrics
 * @param {LayoutOptions} options
 * @returns {Lane[]}
 */
function lanesOf(graph, folded, chains, metrics, options) {
  const { axis, crossStart, crossPx, laneBefore, laneAfter, laneGap } = metrics;
  const alone = chains.length === 1;
  const x = axis === 'x';
  const before = x ? (alone ? metrics.before : laneBefore) : 0;
  const after = x ? (alone ? metrics.after : laneAfter) : 0;
  const overhead = before + after;
  const free = crossPx - chains.length * overhead - (chains.length - 1) * laneGap;
  const wants = chains.map(([name = '']) => Math.sqrt(graph.count(name)));
  const sum = wants.reduce((a, b) => a + b, 0);
  let slot = crossStart;
  return chains.map((chain, i) => {
    const room = Math.max(1, alone ? free : Math.floor((free * (wants[i] ?? 0)) / sum));
    const lane = { slot, slotPx: room + overhead, cells: slot + before, room };
    slot += lane.slotPx + laneGap;
    return { ...lane, nodes: nodesOf(graph, folded, chain, metrics, room, options) };
  });
}

/** Edges that pass a rank get a channel; two share one when they don't overlap. */
/** @param {Folded} folded @returns {Map<string, number>} */
function skipTracks({ visible, sources, rank }) {
  /** @type {Map<string, number>} */
  const tracks = new Map();
  /** @type {number[]} */
  const ends = [];
  for (const to of visible)
    for (const from of sources(to)) {
      if (rank(to) - rank(from) < 2) continue;
      const free = ends.findIndex((end) => end <= rank(from));
      const track = free >= 0 ? free : ends.length % MOST_TRACKS;
      ends[track] = Math.max(ends[track] ?? 0, rank(to));
      tracks.set(`${from}>${to}`, track);
    }
  return tracks;
}

/**
 * Least room before each rank. Lines that turn need more of it.
 * @param {Folded} folded
 * @param {Map<string, number>} tracks
 * @param {Metrics} metrics
 */
function guttersOf({ ranks, rank }, tracks, { axis, gutter, elbow, before, laneBefore }) {
  const turns = new Set();
  for (const edge of tracks.keys()) {
    const [from = '', to = ''] = edge.split('>');
    turns.add(rank(from) + 1).add(rank(to));
  }
  const leads = ranks.map((lanes) => (axis === 'x' ? 0 : lanes.length > 1 ? laneBefore : before));
  const gutters = ranks.map((lanes, r) => {
    const lead = leads[r] ?? 0;
    if (r === 0) return lead;
    const turning = turns.has(r) || lanes.length > 1 || (ranks[r - 1]?.length ?? 1) > 1;
    return lead + (turning ? elbow : gutter);
  });
  return { gutters, leads };
}

// The plan of a picture: segments, lanes and their room across, gutters, and the chosen grids.

import { candidates, sideBySide } from './candidates.js';
import { classNameWidth } from './captions.js';
import { choose } from './choose.js';
import { metricsFor } from './metrics.js';
import { nodesOf, segmentsOf } from './nodes.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { LayoutOptions } from './types.d.ts' */
/** @import { Attempt, Candidate, Grid } from './candidates.js' */
/** @import { Folded } from './fold.js' */
/** @import { Metrics } from './metrics.js' */
/** @import { Node } from './nodes.js' */

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
 * @property {Candidate[]} picks one a segment
 * @property {number} length all of it along the main axis, device pixels
 * @property {number} enlarged
 * @property {number} bars length of the answer
 */

const ENLARGED = [2, 1.75, 1.5, 1.25, 1];
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
  const answer = (classNameWidth(graph, metrics.measure) + 118) * text;
  const bars = px(axis === 'x' ? answer : 60 * text);
  const { gutters, leads } = guttersOf(folded, tracks, metrics);
  const free = metrics.mainPx - gutters.reduce((a, b) => a + b, 0);
  const chosen = chooseAll(segments, metrics, free, bars);
  return chosen && { metrics, segments, gutters, leads, tracks, bars, ...chosen };
}

/** @param {Segment[]} segments @param {Metrics} metrics @param {number} free @param {number} bars */
function chooseAll(segments, metrics, free, bars) {
  const frontsOf = (/** @type {Attempt} */ attempt) =>
    segments.map(({ lanes }) =>
      sideBySide(lanes.map(({ nodes, room }) => candidates(nodes, metrics, room, attempt, bars))),
    );
  for (const enlarged of ENLARGED) {
    const fronts = frontsOf({ scale: enlarged, map: 2, unit: 8, longest: Infinity });
    if (enlarged > 1 && leastOk(fronts) > free) continue; // saves the search, not the outcome
    const picks = choose(fronts, free);
    if (picks && (enlarged === 1 || picks.every(({ ok }) => ok)))
      return { picks, enlarged, length: free };
  }
  const tight = choose(frontsOf({ scale: 1, map: 2, unit: 5, longest: Infinity }), free);
  if (tight) return { picks: tight, enlarged: 0, length: free };
  return scrolled(frontsOf, metrics, free);
}

/** @param {Candidate[][]} fronts @returns {number} least length at which every layer is large enough */
function leastOk(fronts) {
  return fronts.reduce((sum, front) => sum + (front.find(({ ok }) => ok)?.main ?? Infinity), 0);
}

/**
 * What does not fit scrolls: a quarter longer than the least length at two pixels a cell. No layer
 * is longer than the stage; one that would be goes down to a pixel a cell.
 * @param {(attempt: Attempt) => Candidate[][]} frontsOf
 * @param {Metrics} metrics
 * @param {number} free
 */
function scrolled(frontsOf, { mainPx }, free) {
  const wanted = frontsOf({ scale: 1, map: 2, unit: 5, longest: mainPx });
  const small = frontsOf({ scale: 1, map: 1, unit: 4, longest: mainPx });
  const any = frontsOf({ scale: 1, map: 1, unit: 1, longest: Infinity });
  const fronts = wanted.map((front, i) =>
    front.length ? front : small[i]?.length ? small[i] : (any[i] ?? []),
  );
  const least = fronts.reduce((sum, front) => sum + (front[0]?.main ?? 0), 0);
  const length = Math.max(free, Math.ceil(least * 1.25) + fronts.length * 8);
  const picks = choose(fronts, length);
  if (!picks) return null;
  return { picks, enlarged: 0, length: Math.max(free, total(picks)) };
}

/** @param {Candidate[]} picks */
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

// Where every layer, map and cell stands, from the spec and the size of the stage alone.

import { classNameWidth } from './captions.js';
import { edgesOf, place } from './place.js';
import { foldGraph } from './fold.js';
import { Growth, total } from './grow.js';
import { axisFor, metricsFor } from './metrics.js';
import { nodesOf, segmentsOf } from './nodes.js';
import { joinPooled } from './sizes.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Folded } from './fold.js' */
/** @import { Pick } from './grow.js' */
/** @import { Metrics } from './metrics.js' */
/** @import { Node } from './nodes.js' */
/** @import { Sizes } from './sizes.js' */
/** @import { Cells, Layout, LayoutOptions } from './types.d.ts' */

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
 */

/**
 * The picture reads along the stage's longer side, unless only the other way needs no scrolling.
 * @param {Graph} graph
 * @param {LayoutOptions} options
 * @returns {Layout}
 */
export function layout(graph, options) {
  const picture = along(graph, options);
  if (picture && (!picture.scrolls || options.axis)) return picture;
  const axis = axisFor(options) === 'x' ? 'y' : 'x';
  const turned = options.axis ? null : along(graph, { ...options, axis });
  const better = turned && (!picture || !turned.scrolls) ? turned : picture;
  if (!better) throw new Error('A layer has maps too large for this stage: enlarge the window.');
  return better;
}

/**
 * LOOK.md "Layout: from the spec alone": fold, group, candidates, value, choose, place, graphs.
 * Recomputed when the stage changes its size and on folding, never on pointing.
 * @param {Graph} graph
 * @param {LayoutOptions} options
 * @returns {Layout | null}
 */
function along(graph, options) {
  const folded = foldGraph(graph, options.folded, options.hidden);
  const plan = planOf(graph, folded, options);
  if (!plan) return null;
  const { boxes, length } = place(plan, folded);
  const { metrics } = plan;
  const byName = new Map(boxes.map((box) => [box.layer, box]));
  const extent = extentOf(metrics, length, options);
  return {
    width: options.width,
    height: options.height,
    dpr: options.dpr,
    text: metrics.text,
    measure: metrics.measure,
    axis: metrics.axis,
    few: metrics.few,
    extent,
    scrolls: length > metrics.mainPx,
    cells: plan.cells,
    boxes,
    box: (name) => byName.get(name),
    stand: folded.stand,
    sources: folded.sources,
    edges: edgesOf(plan, folded, boxes),
    field: { x: 0, y: 0, ...extent },
  };
}

/** @param {Metrics} metrics @param {number} length @param {LayoutOptions} options */
function extentOf({ axis, mainPx, dpr }, length, { width, height }) {
  const more = Math.max(0, length - mainPx) / dpr;
  return axis === 'x' ? { width: width + more, height } : { width, height: height + more };
}

const MOST_TRACKS = 4;

/**
 * @param {Graph} graph
 * @param {Folded} folded
 * @param {LayoutOptions} options
 * @returns {Plan | null} null when a layer is too large for the stage even at a pixel a cell
 */
function planOf(graph, folded, options) {
  const tracks = skipTracks(folded);
  const metrics = metricsFor(options, new Set(tracks.values()).size);
  /** @type {Sizes} */
  const sizes = new Map();
  let rank = 0;
  const segments = segmentsOf(graph, folded).map((chains) => {
    const lanes = lanesOf(graph, folded, chains, metrics, options, sizes);
    const segment = { rank, lanes };
    rank += chains.length > 1 ? 1 : (chains[0]?.length ?? 1);
    return segment;
  });
  const { px, text, axis } = metrics;
  const answer = (classNameWidth(graph, metrics.measure) + 122) * text;
  const bars = px(axis === 'x' ? answer : 60 * text);
  const { gutters, leads } = guttersOf(folded, tracks, metrics);
  const free = metrics.mainPx - gutters.reduce((a, b) => a + b, 0);
  const nodes = segments.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.nodes));
  const of = new Map(nodes.map(({ name, size }) => [name, size]));
  const poolings = joinPooled(graph, folded, sizes, of);
  const runs = segments.map(({ lanes }) => lanes);
  const growth = new Growth(runs, metrics, sizes, poolings, bars);
  // what does not fit scrolls: a quarter longer than the least length
  const longer = () => Math.ceil(growth.length() * 1.25) + runs.length * 8;
  const picks = growth.fill(free) ?? growth.fill(longer(), 1);
  if (!picks) return null;
  const length = Math.max(free, total(picks));
  return { metrics, segments, gutters, leads, tracks, picks, length, cells: growth.cells };
}

/**
 * Lanes share the room across in proportion to √cells, after their captions and legends.
 * @param {Graph} graph
 * @param {Folded} folded
 * @param {string[][]} chains
 * @param {Metrics} metrics
 * @param {LayoutOptions} options
 * @param {Sizes} sizes
 * @returns {Lane[]}
 */
function lanesOf(graph, folded, chains, metrics, options, sizes) {
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
    return { ...lane, nodes: nodesOf(graph, folded, chain, metrics, room, options, sizes) };
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

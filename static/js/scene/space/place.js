// Where every layer, map and cell stands in space, from the spec and from what the flat layout shows.

import { blockSizes } from '../nodes.js';
import { presetOrbit, seenSize } from './camera.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { LayerBox, Layout } from '../types.d.ts' */
/** @import { Bounds, Plane, Space, Vec3 } from './types.d.ts' */

/** World units, close to CSS pixels. */
const GAP = 6;
const UNIT_GAP = 2.4;
const UNIT = 11;
const READOUT = 22;
const LANE_GAP = 46;
/** Between the maps of one source of a concat and of the next. */
const BLOCK_GAP = 18;
/** Between one plane and the next: a part of their width, so that a turned one hides no other. */
const SPREAD = 0.8;
const LEAST = 62;
/** How much closer or further apart planes may stand to fill the stage. */
const STRETCH = { least: 0.85, most: 1.8, step: 0.05 };
/** About what labels and controls take of the stage. */
const MARGINS = { width: 136, height: 138 };
const SPARE = 46;
/** A layer of few units stands as one column, as answers are read. */
const COLUMN = 16;
const MOST_RELIEF = 34;
/** Of a cell that does not rise: nothing that is seen. */
const SHEET = 0.01;

/**
 * Layers stand as planes one behind the other along the flow, by rank; layers of one rank above
 * each other. The maps of a layer stand in a grid close to a square.
 *
 * @param {Layout} layout the same layers and maps are shown
 * @param {Graph} graph
 * @returns {Space}
 */
export function placeInSpace(layout, graph) {
  const sizes = layout.boxes.map((box) => gridOf(box, graph));
  const ranks = byRank(layout);
  const depths = depthsOf(ranks, layout, sizes);
  /** @type {Plane[]} */
  const close = [];
  let first = 0;
  for (const [i, box] of layout.boxes.entries()) {
    const grid = /** @type {Grid} */ (sizes[i]);
    const lanes = ranks.get(box.rank) ?? [i];
    const middle = laneMiddle(lanes, sizes, i);
    close.push(planeOf(box, grid, depths.get(box.rank) ?? 0, middle, first));
    first += box.channels.length * box.rows * box.columns;
  }
  const planes = stretched(close, layout);
  const named = new Map(planes.map((plane) => [plane.layer, plane]));
  return {
    planes,
    plane: (layer) => named.get(layer),
    stand: layout.stand,
    edges: edgesOf(planes, layout),
    count: first,
    ...middleOf(planes),
  };
}

/**
 * @typedef {object} Grid
 * @property {number} cell @property {number} gap
 * @property {number} columns tiles beside each other
 * @property {readonly number[]} blocks tiles by source of a concat, each from a row of its own
 * @property {number} width of all @property {number} height
 */

/** @param {LayerBox} box @param {Graph} graph @returns {Grid} */
function gridOf(box, graph) {
  const { layer, rows, columns, channels } = box;
  const unit = rows * columns === 1;
  const count = channels.length;
  const cell = cellOf(box, count);
  const gap = unit ? UNIT_GAP : GAP;
  const across = unit && count <= COLUMN ? 1 : acrossOf(count);
  const blocks = blockSizes(graph, layer, channels);
  const down = blocks.reduce((sum, tiles) => sum + Math.ceil(tiles / across), 0);
  return {
    ...{ cell, gap, columns: across, blocks },
    width: across * (columns * cell + gap) - gap,
    height: down * (rows * cell + gap) - gap + (blocks.length - 1) * BLOCK_GAP,
  };
}

/** Small maps get larger cells, so that all layers are of a size. */
/** @param {LayerBox} box @param {number} count */
function cellOf({ rows, columns, look }, count) {
  if (rows * columns === 1) return look === 'bars' || count <= COLUMN ? READOUT : UNIT;
  return Math.min(10, Math.max(2, 26 / Math.sqrt(Math.max(rows, columns))));
}

/** Tiles beside each other: the largest divisor below the root that leaves no gap, if it is near. */
/** @param {number} count */
function acrossOf(count) {
  const root = Math.max(1, Math.floor(Math.sqrt(count)));
  for (let across = root; across >= root * 0.68; across--) if (count % across === 0) return across;
  return root;
}

/** @param {Layout} layout @returns {Map<number, number[]>} positions of boxes by rank, in lane order */
function byRank({ boxes }) {
  /** @type {Map<number, number[]>} */
  const ranks = new Map();
  for (const [i, { rank }] of boxes.entries()) ranks.set(rank, [...(ranks.get(rank) ?? []), i]);
  for (const lanes of ranks.values())
    lanes.sort((a, b) => (boxes[a]?.lane ?? 0) - (boxes[b]?.lane ?? 0));
  return ranks;
}

/** @param {Map<number, number[]>} ranks @param {Layout} layout @param {Grid[]} sizes */
function depthsOf(ranks, layout, sizes) {
  /** @type {Map<number, number>} */
  const depths = new Map();
  let [x, before] = [0, 0];
  for (const rank of [...ranks.keys()].sort((a, b) => a - b)) {
    const width = Math.max(...(ranks.get(rank) ?? []).map((i) => sizes[i]?.width ?? 0));
    if (depths.size > 0) x += Math.max(LEAST, ((before + width) / 2) * SPREAD + SPARE);
    depths.set(rank, x);
    before = width;
  }
  return depths;
}

/** Lanes hang under each other, together around the flow's axis. */
/** @param {number[]} lanes @param {Grid[]} sizes @param {number} own */
function laneMiddle(lanes, sizes, own) {
  const height = (/** @type {number} */ i) => sizes[i]?.height ?? 0;
  const whole = lanes.reduce((sum, i) => sum + height(i), 0) + LANE_GAP * (lanes.length - 1);
  let top = whole / 2;
  for (const i of lanes) {
    if (i === own) return top - height(i) / 2;
    top -= height(i) + LANE_GAP;
  }
  return 0;
}

/** @param {LayerBox} box @param {Grid} grid @param {number} x @param {number} middle @param {number} first @returns {Plane} */
function planeOf(box, grid, x, middle, first) {
  const { cell, width, height } = grid;
  const { layer, fold, look, rank, channels, place, hidden } = box;
  const top = middle + height / 2;
  return {
    ...{ layer, fold, look, rank, x, cell, channels, place, hidden, first },
    ...{ rows: box.rows, columns: box.columns },
    thickness: SHEET,
    relief: Math.min(MOST_RELIEF, cell * 2.4),
    ...tilesOf(box, grid, top),
    bounds: { y0: top - height, y1: top, z0: -width / 2, z1: width / 2 },
  };
}

/** The upper left corners of all tiles. */
/** @param {LayerBox} box @param {Grid} grid @param {number} top */
function tilesOf(box, { cell, gap, columns, blocks, width }, top) {
  const [y, z] = [new Float64Array(box.channels.length), new Float64Array(box.channels.length)];
  let [from, line] = [0, top];
  for (const tiles of blocks) {
    for (let i = 0; i < tiles; i++) {
      y[from + i] = line - Math.floor(i / columns) * (box.rows * cell + gap);
      z[from + i] = (i % columns) * (box.columns * cell + gap) - width / 2;
    }
    from += tiles;
    line -= Math.ceil(tiles / columns) * (box.rows * cell + gap) + BLOCK_GAP;
  }
  return { y, z };
}

/**
 * As far apart as fills a wide stage when the network is first looked at: few layers would stand
 * lost in its middle.
 *
 * @param {Plane[]} planes
 * @param {Pick<Layout, 'width' | 'height'>} stage
 * @returns {Plane[]}
 */
function stretched(planes, { width, height }) {
  if (width <= height) return planes;
  const wanted = Math.max(1, width - MARGINS.width) / Math.max(1, height - MARGINS.height);
  const orbit = presetOrbit('oblique', { width, height });
  let best = { planes, off: Infinity };
  for (let by = STRETCH.least; by <= STRETCH.most; by += STRETCH.step) {
    const moved = planes.map((plane) => ({ ...plane, x: plane.x * by }));
    const seen = seenSize({ planes: moved, ...middleOf(moved) }, orbit);
    const off = Math.abs(Math.log(seen.width / seen.height / wanted));
    if (off < best.off) best = { planes: moved, off };
  }
  return best.planes;
}

/** As in the flat picture, lines join across what is hidden. */
/** @param {Plane[]} planes @param {Layout} layout */
function edgesOf(planes, { sources }) {
  const ranks = new Map(planes.map(({ layer, rank }) => [layer, rank]));
  return planes.flatMap(({ layer, rank }) =>
    sources(layer).flatMap((from) => {
      const before = ranks.get(from);
      return before === undefined ? [] : [{ from, to: layer, skip: rank - before > 1 }];
    }),
  );
}

/** @param {Plane[]} planes @returns {{ centre: Vec3, radius: number }} */
function middleOf(planes) {
  const [first, last] = [planes[0]?.x ?? 0, planes.reduce((most, { x }) => Math.max(most, x), 0)];
  const y0 = Math.min(0, ...planes.map(({ bounds }) => bounds.y0));
  const y1 = Math.max(0, ...planes.map(({ bounds }) => bounds.y1));
  const wide = Math.max(0, ...planes.map(({ bounds }) => bounds.z1));
  const half = (last - first) / 2 + MOST_RELIEF;
  return {
    centre: [(first + last) / 2, (y0 + y1) / 2, 0],
    radius: Math.hypot(half, (y1 - y0) / 2, wide),
  };
}

/**
 * The bounds of a box of cells in one tile.
 *
 * @param {Plane} plane
 * @param {number} tile
 * @param {number} row0 @param {number} row1 @param {number} column0 @param {number} column1
 * @returns {Bounds}
 */
export function boundsOf({ y, z, cell }, tile, row0, row1, column0, column1) {
  const top = y[tile] ?? 0;
  const left = z[tile] ?? 0;
  return {
    y0: top - row1 * cell,
    y1: top - row0 * cell,
    z0: left + column0 * cell,
    z1: left + column1 * cell,
  };
}

/**
 * Position of a cell among all cells of the space; −1 where it is not shown.
 *
 * @param {Space} space
 * @param {import('../../geometry/types.d.ts').Cell} cell
 */
export function indexIn(space, { layer, channel, row, column }) {
  const plane = space.plane(layer);
  const tile = plane?.place[channel] ?? -1;
  if (!plane || tile < 0) return -1;
  return plane.first + (tile * plane.rows + row) * plane.columns + column;
}

// The lines that pointing draws: curves of contributions, wedges from frame to frame.

import { contributions } from '../kinds/network/contributions.js';
import { traitsOf } from '../kinds/traits.js';
import { around, regionRects } from './pick.js';

/** @import { Cell, Contributions, Graph } from '../geometry/types.d.ts' */
/** @import { CurveItem, Layout, Point, Rect, View, WedgeItem } from './types.d.ts' */
/** @import { Influence } from '../kinds/types.d.ts' */

const LEAST = 0.08; // of the largest; the account lists what is weaker
const FORWARD = 0.8;

/**
 * From what a cell reads to the cell: contributions, the winner alone for max pooling.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell} cell
 * @param {Rect} rect of the cell
 * @returns {CurveItem[]} weakest first
 */
export function incoming(layout, graph, { trace, weights }, cell, rect) {
  const found = trace && contributions(graph, trace, weights, cell);
  if (!found || found.largest === 0) return [];
  const parts = bundle(graph, cell, found);
  const largest = parts.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  return parts
    .sort((a, b) => Math.abs(a.value) - Math.abs(b.value))
    .flatMap(({ region, value }) => {
      const [from] = regionRects(layout, graph, region);
      return from && value !== 0 ? [curve(layout, from, rect, value, largest, false)] : [];
    });
}

/**
 * One curve for each of these: what is strong enough to be seen. Pooling sends a single one, from
 * the winner or from its whole window.
 * @param {Graph} graph
 * @param {Cell} cell
 * @param {Contributions} found
 * @returns {Influence[]}
 */
export function bundle(graph, cell, { values, region, how, winner, largest }) {
  const one = (/** @type {number} */ i) => ({ region: region(i), value: values[i] ?? 0 });
  if (how === 'max') return [one(winner)];
  if (traitsOf(graph.layer(cell.layer)).pools) {
    const { row1, column1 } = region(values.length - 1);
    const value = values.reduce((a, b) => a + b, 0);
    return [{ value, region: { ...region(0), row1, column1 } }];
  }
  /** @type {Influence[]} */
  const parts = [];
  for (let i = 0; i < values.length; i++)
    if (Math.abs(values[i] ?? 0) >= LEAST * largest) parts.push(one(i));
  return parts;
}

/**
 * From a cell to its strongest readers.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Rect} from
 * @param {Influence[]} strongest strongest first
 * @returns {CurveItem[]} weakest first
 */
export function outgoing(layout, graph, from, strongest) {
  const largest = Math.abs(strongest[0]?.value ?? 0);
  return strongest.toReversed().flatMap(({ region, value }) =>
    regionRects(layout, graph, region)
      .slice(0, 1)
      .map((to) => curve(layout, from, to, value, largest, true)),
  );
}

/** @param {Layout} layout @param {Rect} a @param {Rect} b @param {number} value @param {number} largest @param {boolean} forward @returns {CurveItem} */
export function curve({ axis }, a, b, value, largest, forward) {
  const t = value / largest;
  const along = axis === 'x';
  /** @type {Point} */
  const from = along
    ? [a.x + a.width + 2, a.y + a.height / 2]
    : [a.x + a.width / 2, a.y + a.height + 2];
  /** @type {Point} */
  const to = along ? [b.x - 3, b.y + b.height / 2] : [b.x + b.width / 2, b.y - 3];
  const half = along ? (to[0] - from[0]) / 2 : (to[1] - from[1]) / 2;
  return {
    ...{ kind: 'curve', from, to, t, value, forward },
    control1: along ? [from[0] + half, from[1]] : [from[0], from[1] + half],
    control2: along ? [to[0] - half, to[1]] : [to[0], to[1] - half],
    width: 0.75 + 3.25 * Math.abs(t),
    opacity: (0.18 + 0.77 * Math.abs(t)) * (forward ? FORWARD : 1),
  };
}

/**
 * Lines from the frames of one layer to those of the layer that reads it. They run from the end of
 * each line of maps to the beginning of the next layer's, so that they cross no map on the way.
 * @param {Layout} layout
 * @param {Rect[]} from
 * @param {Rect[]} to
 * @returns {WedgeItem[]}
 */
export function wedges(layout, from, to) {
  const sources = edgeOf(layout, from, 1);
  const targets = edgeOf(layout, to, -1);
  if (!sources.length || !targets.length) return [];
  const lines = pairs(sources, targets).flatMap(([a, b]) => wedge(layout, a, b));
  return [{ kind: 'wedge', lines, opacity: 0.28 }];
}

/** @param {Rect[]} sources @param {Rect[]} targets @returns {[Rect, Rect][]} */
function pairs(sources, targets) {
  const [source, target] = [sources.reduce(around), targets.reduce(around)];
  if (sources.length === 1) return targets.map((b) => [source, b]);
  if (sources.length !== targets.length) return [[source, target]];
  return sources.map((a, i) => [a, targets[i] ?? a]);
}

/** The frames of each line that come last (side 1) or first (side −1) in reading direction. */
/** @param {Layout} layout @param {Rect[]} rects @param {1 | -1} side @returns {Rect[]} */
function edgeOf({ axis }, rects, side) {
  /** @type {Map<number, Rect>} */
  const lines = new Map();
  for (const rect of rects) {
    const [main, line] = axis === 'x' ? [rect.x, rect.y] : [rect.y, rect.x];
    const known = lines.get(line);
    const at = known && (axis === 'x' ? known.x : known.y);
    if (at === undefined || (main - at) * side > 0) lines.set(line, rect);
  }
  return [...lines.keys()]
    .sort((a, b) => a - b)
    .map((line) => /** @type {Rect} */ (lines.get(line)));
}

/** @param {Layout} layout @param {Rect} a @param {Rect} b @returns {[number, number, number, number][]} */
function wedge({ axis }, a, b) {
  const [right, bottom] = [a.x + a.width, a.y + a.height];
  if (axis === 'x')
    return [
      [right, a.y, b.x, b.y],
      [right, bottom, b.x, b.y + b.height],
    ];
  return [
    [a.x, bottom, b.x, b.y],
    [right, bottom, b.x + b.width, b.y],
  ];
}

// What a visible layer brings to the layout: how it looks, which maps are shown, its least length, and
// the lines that they can stand in.

import { blocksOf } from '../geometry/graph.js';
import { traitsOf, isAnswer } from '../kinds/traits.js';
import { captionText } from './captions.js';
import { turned } from './metrics.js';
import { sizeFor } from './sizes.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { LayoutOptions, Look } from './types.d.ts' */
/** @import { Folded } from './fold.js' */
/** @import { Metrics } from './metrics.js' */
/** @import { Size, Sizes } from './sizes.js' */

/**
 * @typedef {object} Node
 * @property {string} name
 * @property {Look} look
 * @property {number} rows cells of one map @property {number} columns
 * @property {number} long the same along the flow @property {number} wide across
 * @property {Size} size of its cells
 * @property {Int32Array} channels that are shown, ascending
 * @property {number} hidden how many are not
 * @property {number[]} blocks shown channels by source of a concat; one block elsewhere
 * @property {number} caption least length along the main axis, device pixels
 * @property {number} gap between its tiles
 * @property {{ along: number, across: number }} between what all blocks lie further apart than tiles
 */

/** @param {Graph} graph @param {string} name @returns {Look} */
export function lookOf(graph, name) {
  if (name === graph.input || graph.spec.input.greys?.[name]) return 'image';
  if (!graph.size(name).unit) return 'maps';
  const answers = isAnswer(graph, name) && traitsOf(graph.layer(name)).probable;
  return answers ? 'bars' : 'units';
}

/**
 * Runs of layers that keep the channels one by one share a grid: map k stays beside map k. Only
 * ranks of a single layer join; the scores stand with the answer that is read off them.
 * @param {Graph} graph
 * @param {Folded} folded
 * @returns {string[][][]} segments of lanes of chains; a segment with several lanes has one rank
 */
export function segmentsOf(graph, folded) {
  /** @type {string[][][]} */
  const segments = [];
  for (const [rank, lanes] of folded.ranks.entries()) {
    const chain = segments.at(-1)?.[0];
    if (!chain || !joins(graph, folded, folded.ranks[rank - 1], lanes))
      segments.push(lanes.map((lane) => [lane]));
    else if (chain.length > 1 && lookOf(graph, lanes[0] ?? '') === 'bars')
      segments.push([[...chain.splice(-1), ...lanes]]);
    else chain.push(...lanes);
  }
  return segments;
}

/** @param {Graph} graph @param {Folded} folded @param {readonly string[] | undefined} before @param {readonly string[]} lanes */
function joins(graph, folded, before, lanes) {
  const [from, to] = [before?.[0], lanes[0]];
  if (from === undefined || to === undefined || from === graph.input) return false;
  const alone = before?.length === 1 && lanes.length === 1;
  const same = graph.size(from).channels === graph.size(to).channels;
  return alone && same && traitsOf(graph.layer(to)).keeps && folded.sources(to).includes(from);
}

/**
 * @param {Graph} graph
 * @param {Folded} folded
 * @param {string[]} chain
 * @param {Metrics} metrics
 * @param {number} room across, for cells
 * @param {LayoutOptions} options
 * @param {Sizes} sizes
 * @returns {Node[]}
 */
export function nodesOf(graph, folded, chain, metrics, room, options, sizes) {
  const looks = chain.map((name) => lookOf(graph, name));
  const readout = looks.includes('bars');
  const count = graph.size(chain[0] ?? '').channels;
  const fits = chain.map((name, i) =>
    capacity(graph, name, readout ? 'bars' : (looks[i] ?? 'maps'), metrics, room),
  );
  const last = chain.at(-1) ?? '';
  const chooses = isAnswer(graph, last) ? last : (chain[0] ?? '');
  const channels = shownChannels(chooses, count, Math.min(count, ...fits), options);
  const blocks = blockSizes(graph, chain[0] ?? '', channels);
  const hidden = count - channels.length;
  return chain.map((name, i) => {
    const { rows, columns } = graph.size(name);
    const look = looks[i] ?? 'maps';
    const gap = rows * columns === 1 && look !== 'image' ? metrics.unitGap : metrics.gap;
    const caption = captionLength(graph, folded, name, look, metrics);
    const kind = readout ? 'read' : look === 'units' ? 'unit' : 'map';
    const size = sizeFor(sizes, kind, rows, columns, options.cells);
    const [long, wide] = turned(metrics.axis, [columns, rows]);
    const more = (blocks.length - 1) * (metrics.blockGap - gap); // a block stands below another
    const [along, across] = turned(metrics.axis, [0, more]);
    const between = { along, across };
    return {
      name,
      look,
      rows,
      columns,
      long,
      wide,
      size,
      channels,
      hidden,
      blocks,
      caption,
      gap,
      between,
    };
  });
}

/** How many tiles fit at one pixel a cell, in the stage's own length. */
/** @param {Graph} graph @param {string} name @param {Look} look @param {Metrics} metrics @param {number} room */
function capacity(graph, name, look, { axis, px, gap, unitGap, mainPx }, room) {
  const { rows, columns } = graph.size(name);
  if (look === 'bars')
    return Math.max(1, Math.floor((room + unitGap) / (px(axis === 'x' ? 14 : 26) + unitGap)));
  const cell = px(look === 'units' ? 4 : 1) || 1;
  const pitch = (/** @type {number} */ cells) => cells * cell + (look === 'units' ? unitGap : gap);
  const [along, across] = turned(axis, [columns, rows]);
  const lines = Math.max(1, Math.floor((mainPx + gap) / pitch(along)));
  return lines * Math.max(1, Math.floor((room + gap) / pitch(across)));
}

/** @param {string} layer @param {number} count @param {number} fit @param {LayoutOptions} options */
function shownChannels(layer, count, fit, { order }) {
  if (fit >= count) return Int32Array.from({ length: count }, (_, channel) => channel);
  const ranked = order?.(layer);
  const chosen = ranked?.length ? Array.from(ranked) : Array.from({ length: count }, (_, i) => i);
  return Int32Array.from(chosen.slice(0, fit)).sort();
}

/** @param {Graph} graph @param {string} name @param {Int32Array} channels */
export function blockSizes(graph, name, channels) {
  const layer = graph.layer(name);
  if (!traitsOf(layer).joins) return [channels.length];
  return blocksOf(graph, layer)
    .map(
      ({ start, channels: size }) =>
        channels.filter((channel) => channel >= start && channel < start + size).length,
    )
    .filter((shown) => shown > 0);
}

/** @param {Graph} graph @param {Folded} folded @param {string} name @param {Look} look @param {Metrics} metrics */
function captionLength(graph, folded, name, look, { axis, measure, px, text }) {
  if (axis === 'y' || look === 'bars') return 0;
  const { fold, shape, params, operations } = captionText(graph, name, folded.folds(name));
  const below = Math.max(
    measure(shape, 'shape'),
    measure(params, 'params'),
    measure(operations, 'params'),
  );
  const title = measure(name, 'name') + (fold ? measure(fold, 'fold') + 5 : 0);
  const alone = folded.ranks[folded.rank(name)]?.length === 1;
  const widest = alone
    ? Math.max(title, below, 68)
    : Math.max(title + 6 + measure(shape, 'shape'), 139); // one line, and the legend's line
  return px(Math.ceil(widest * text) - 8); // it may reach into the gutters
}

// ----------------------- the lines that the layers of a run can stand in

/**
 * One grid for all layers of a run, so that map k stays beside map k.
 * @typedef {object} Lines
 * @property {number} long tiles along the flow
 * @property {number} wide tiles across
 * @property {number} emptiness of the last line, 0..1
 */

/**
 * @typedef {object} Grid
 * @property {number} long @property {number} wide
 * @property {number[]} mains length along the main axis, one a layer
 */

const FILLED = 0.65; // of the last line, at least
/** Units above each other. */
const TALLEST = 32;
/** Lines of units that read well: not one long one, not many short ones. */
const WELL = { x: 24, y: 30 };

/**
 * Those with a well filled last line and no line too long, where one of them has room for the least
 * cells; else all.
 * @param {readonly Node[]} nodes a run that shares one grid
 * @param {Metrics} metrics
 * @param {number} room across
 * @returns {Lines[]}
 */
export function linesOf(nodes, metrics, room) {
  const [first] = nodes;
  if (!first) return [];
  const count = first.channels.length;
  if (nodes.some(({ look }) => look === 'bars')) return [{ long: 1, wide: count, emptiness: 0 }];
  const x = metrics.axis === 'x';
  /** @type {Lines[]} */
  const all = [];
  let last = 0;
  for (let across = 1; across <= count; across++) {
    const down = first.blocks.reduce((sum, block) => sum + Math.ceil(block / across), 0);
    if (down === last) continue; // the same lines with more room in them
    last = down;
    const emptiness = Math.max(...first.blocks.map((n) => Math.ceil(n / across) - n / across));
    all.push(x ? { long: across, wide: down, emptiness } : { long: down, wide: across, emptiness });
  }
  const well = all.filter(
    ({ emptiness, wide }) =>
      emptiness <= 1 - FILLED && (first.look !== 'units' || !x || wide <= TALLEST),
  );
  const fits = well.some((lines) =>
    nodes.every((node) => mostIn(node, metrics, room, lines) >= node.size.least),
  );
  return fits ? well : all;
}

/** The largest cell of a layer in a grid that fits across. */
/** @param {Node} node @param {number} room @param {Lines} lines */
function mostAcross({ gap, wide, between }, room, lines) {
  return Math.floor(((room - between.across + gap) / lines.wide - gap) / wide);
}

/**
 * The same where it is to be no longer than the stage, either.
 * @param {Node} node
 * @param {Metrics} metrics
 * @param {number} room across
 * @param {Lines} lines
 */
export function mostIn(node, { mainPx }, room, lines) {
  const across = mostAcross(node, room, lines);
  const { gap, long, between, look } = node;
  if (look === 'bars') return across;
  return Math.min(across, Math.floor(((mainPx - between.along + gap) / lines.long - gap) / long));
}

/**
 * The shortest grid that fits across, or the one that reads best among those of at most a length.
 * @param {readonly Node[]} nodes
 * @param {Metrics} metrics
 * @param {number} room across
 * @param {readonly Lines[]} ways
 * @param {number} bars length of the answer
 * @param {number} [longest] device pixels; the shortest where it is not given
 * @returns {{ grid: Grid, main: number } | null} null where none fits across
 */
export function gridFor(nodes, metrics, room, ways, bars, longest = 0) {
  /** @type {{ grid: Grid, main: number, price: number } | null} */
  let best = null;
  for (const lines of ways) {
    if (nodes.some((node) => node.size.cell > mostAcross(node, room, lines))) continue;
    const mains = nodes.map((node) => mainOf(node, lines, bars));
    const main = mains.reduce((a, b) => a + b, 0);
    const price = main <= longest ? priceOf(nodes, metrics, lines) : main + 10;
    if (!best || price < best.price || (price === best.price && main < best.main))
      best = { grid: { long: lines.long, wide: lines.wide, mains }, main, price };
  }
  return best;
}

/** Length of a layer along the main axis. */
/** @param {Node} node @param {Lines} lines @param {number} bars */
function mainOf({ look, gap, long, between, caption, size }, lines, bars) {
  if (look === 'bars') return bars;
  return Math.max(lines.long * (long * size.cell + gap) - gap + between.along, caption);
}

/** How badly a grid reads, 0..10. */
/** @param {readonly Node[]} nodes @param {Metrics} metrics @param {Lines} lines */
function priceOf(nodes, { axis }, { wide, emptiness }) {
  const units = nodes.every(({ look }) => look === 'units');
  const far = units ? Math.abs(Math.log2(wide / WELL[axis])) : 0;
  return Math.min(10, far + 1.5 * emptiness);
}

// What a visible layer brings to the layout: how it looks, which maps are shown, its least length.

import { blocksOf } from '../geometry/regions.js';
import { traitsOf } from '../kinds/traits.js';
import { captionText } from './captions.js';
import { isAnswer } from '../kinds/names.js';
import { turned } from './rects.js';
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
  if (name === graph.input) return 'image';
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
  const channels = shownChannels(chain[0] ?? '', count, Math.min(count, ...fits), options);
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

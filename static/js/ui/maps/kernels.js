// All kernels of a layer, laid out: each filter a block of its slices, each unit its folded weights.

import { channelNoun, traitsOf } from '../../kinds/traits.js';
import { mapLabel } from '../../kinds/parts/labels.js';
import { message } from '../../text/messages.js';
import { brief } from '../../text/numbers.js';
import {
  biasAt,
  filterBlock,
  largestWeight,
  termOf,
  weightAccount,
  kernelsText,
} from '../../scene/kernels.js';
import { weightsOf } from '../../scene/kernels.js';
import { button, html } from '../dom.js';
import { link } from '../frames.js';
import { own } from '../receipt/shade.js';
import { createBlock } from './block.js';
import { createBoard } from './board.js';
import { createLegend, createWeightText, framed } from './parts.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { Block } from '../../kinds/types.d.ts' */
/** @import { Acts, Seen } from './map.js' */

/** Of the band's height, for the numbers and biases above and below the blocks; px. */
const HEADS = 12;
/** Names of the maps to the left of the blocks, and what stands between blocks; px. */
const NAMES = 80;
const GAP = 16;
const MOST = 40;

/**
 * @param {Seen} seen that it is made for
 * @param {'open' | 'sheet'} shape
 * @param {Acts} on
 */
export function createKernelsPanel(seen, shape, on) {
  const { graph, subject, room, tall, figure } = seen;
  const { layer } = subject;
  const way = shape === 'sheet' ? 'across' : 'down';
  const { channels } = graph.size(layer);
  const filters = Array.from({ length: channels }, (_, out) => filterBlock(graph, layer, out, way));
  const cell = cellOf(filters, room, tall, shape);
  const blocks = filters.map((block) => createBlock(block, cell, figure));
  const biases = filters.map(() => html('span', { class: 'bias' }));
  const heads = filters.map(({ out }) => headOf(graph, layer, out, on));
  const units = blocks.map(({ element }, i) =>
    html('div', { class: 'filter' }, heads[i] ?? null, element, biases[i] ?? null),
  );
  const folded = !traitsOf(graph.layer(layer)).slides;
  const grid = html('div', { class: `filters board ${folded ? 'wrapped' : ''}` }, ...units);
  const across = folded ? perRow(filters, cell, room) : way === 'down' ? channels : 1;
  if (folded) grid.style.gridTemplateColumns = `repeat(${across}, auto)`;
  const label = message('kernels.label', { layer });
  const board = createBoard(grid, blocks, label, across, (term, how) =>
    on.onWeight(layer, term, how),
  );
  const rows = folded || way !== 'down' ? null : rowLabels(graph, layer, cell);
  const content = html('div', { class: 'kernels body' }, rows, grid);
  const legend = createLegend();
  const text = createWeightText();
  const all = html('small', {}, message('kernels.title'));
  const name = html('div', { class: 'name' }, layer, ' ', all);
  const size = html('p', { class: 'after' }, kernelsText(graph, layer));
  const enlarge = () => on.onMap(layer, subject.channel);
  const map = link(message(`map.enlarge.${channelNoun(graph, layer)}`), 'M', enlarge);
  const beside = [size, legend.element, text.element];
  const element = framed(shape, name, beside, [map], content, on.close);

  return {
    element,
    /** @param {Seen} now */
    show({ view, colours, kernel, subject: { channel } }) {
      const largest = largestWeight(view.weights, layer);
      const values = weightsOf(view.weights, layer)?.data ?? null;
      blocks.forEach((block, i) => {
        block.paint(values, colours, own(largest));
        const bias = biasAt(view.weights, layer, i);
        const out = filters[i]?.out ?? i;
        biases[i]?.replaceChildren(bias === null ? '' : brief(bias));
        heads[i]?.setAttribute('aria-pressed', String(out === channel));
      });
      legend.show(largest);
      const mine = kernel?.layer === layer ? kernel : null;
      board.mark(mine ? termOf(graph, mine) : -1);
      text.show(mine && weightAccount(graph, view, mine), message('kernel.point'));
    },
  };
}

/**
 * A filter by its number; it leads to its map.
 *
 * @param {Graph} graph
 * @param {string} layer
 * @param {number} out
 * @param {Acts} on
 */
function headOf(graph, layer, out, on) {
  const label = message(`map.enlarge.${channelNoun(graph, layer)}.one`, { out });
  const act = { tabindex: -1, 'aria-label': label, onclick: () => on.onMap(layer, out) };
  return button({ class: 'column-head', ...act }, String(out));
}

/** @param {Graph} graph @param {string} layer @param {number} cell */
function rowLabels(graph, layer, cell) {
  const [source = ''] = graph.layer(layer).inputs;
  const { channels } = graph.size(source);
  const [rows] = graph.layer(layer).kernel;
  const labels = Array.from({ length: channels }, (_, map) =>
    html('span', {}, mapLabel(graph, source, map)),
  );
  const element = html('div', { class: 'filter-rows' }, ...labels);
  element.style.gridAutoRows = `${rows * cell}px`;
  element.style.rowGap = `${cell}px`;
  const corner = (/** @type {string} */ text) => html('div', { class: 'filter-corner' }, text);
  const noun = message(`noun.${channelNoun(graph, source)}`);
  return html('div', {}, corner(noun), element, corner(message('bias')));
}

/**
 * @param {readonly Block[]} filters
 * @param {number} room
 * @param {number} tall
 * @param {'open' | 'sheet'} shape
 */
function cellOf(filters, room, tall, shape) {
  const [first] = filters;
  if (!first) return 1;
  const { wide, high } = first;
  if (shape === 'sheet') return Math.max(2, Math.min(MOST, Math.floor((room - 92) / wide)));
  if (wide * high === 1) return 64;
  if (wide > 12) return 4;
  const fits = ((room - NAMES + GAP) / filters.length - GAP) / wide;
  return Math.max(5, Math.min(MOST, Math.floor((tall - HEADS) / high), Math.floor(fits)));
}

/**
 * @param {readonly Block[]} filters
 * @param {number} cell
 * @param {number} room
 */
function perRow(filters, cell, room) {
  const wide = Math.max(40, (filters[0]?.wide ?? 1) * cell) + 14;
  return Math.max(1, Math.min(filters.length, Math.floor(room / wide)));
}

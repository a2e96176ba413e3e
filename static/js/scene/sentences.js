// A cell in plain words: what it is, what it reads, what it sees of the image, where it goes.

import { contributions } from '../geometry/contributions.js';
import { winnerOf, wins } from '../geometry/influence.js';
import { cellsIn } from '../geometry/regions.js';
import { receptiveField, readersOf, windowOf } from '../geometry/windows.js';
import { cellName, counted, isAnswer, number, percent, short, signed, spanText } from './format.js';

/** @import { AnyLayer, Cell, Graph, Region } from '../geometry/types.d.ts' */
/** @import { Layout, Sentence, SentenceRole, StrongPart, View } from './types.d.ts' */

const LISTED = 5;

/**
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell} cell
 * @param {Layout | null} layout
 * @returns {Sentence[]}
 */
export function cellSentences(graph, view, cell, layout) {
  const layer = graph.layer(cell.layer);
  const parts = strongParts(graph, view, cell);
  /** @type {[SentenceRole, string | null][]} */
  const said =
    layer.kind === 'input'
      ? [['ink', ink(graph, view, cell)]]
      : [
          ['is', what(layer, graph)],
          ['reads', reads(graph, cell)],
          ['winner', winner(graph, view, cell)],
          ['for', strongest(parts.positive, 'for it')],
          ['against', strongest(parts.negative, 'against it')],
          ['field', field(graph, cell)],
        ];
  const after = afterwards(graph, view, cell, layout).map(
    (text) => /** @type {[SentenceRole, string]} */ (['after', text]),
  );
  return [...said, ...after, /** @type {const} */ (['goes', goes(graph, cell, layout)])].flatMap(
    ([role, text]) => (text ? [{ role, text }] : []),
  );
}

/** @type {Record<AnyLayer['kind'], (layer: AnyLayer) => string>} */
const WHAT = {
  input: () => 'a cell of the image',
  conv: ({ parameters }) => {
    const [, maps = 1, rows = 1, columns = 1] = parameters.weight ?? [];
    const products = `${counted(maps * rows * columns, 'product')} and a bias`;
    const why =
      maps > 1 ? `One filter reads all ${maps} maps at once: ` : 'A filter at one place: ';
    return `${why}${products}, added into this one cell.`;
  },
  pool: ({ mode }) =>
    mode === 'max'
      ? 'The largest cell of its window: that the feature is here is kept, where exactly is not.'
      : `The ${mode === 'sum' ? 'sum' : 'mean'} of its window.`,
  dense: ({ parameters }) =>
    `${counted(parameters.weight?.[1] ?? 0, 'product')} and a bias, added up.`,
  relu: () => 'What it reads, with everything below zero made 0.',
  tanh: () => 'What it reads, squeezed smoothly between −1 and 1.',
  sigmoid: () => 'What it reads, squeezed smoothly between 0 and 1.',
  softmax: () => 'The exponential of its score, divided by the sum of all of them.',
  flatten: () => 'The same value, in one long row.',
  add: ({ inputs }) => `The sum of ${inputs.length} cells at the same place.`,
  concat: () => 'The same value, among the maps that were joined.',
};

/** @param {AnyLayer} layer @param {Graph} graph */
function what(layer, graph) {
  const text = WHAT[layer.kind](layer);
  return isAnswer(graph, layer.name) && layer.kind === 'softmax' ? `A probability. ${text}` : text;
}

/** @param {Graph} graph @param {Cell} cell */
function reads(graph, cell) {
  const regions = windowOf(graph, cell);
  if (!regions.length) return 'Its window is all padding: it reads nothing of the image.';
  return `It reads ${regions.map((region) => regionText(graph, region)).join(', and ')}.`;
}

/** @param {Graph} graph @param {Region} region @returns {string} "5 × 5 cells in each of the 6 maps of pool1: rows 7–11, columns 3–7" */
export function regionText(graph, region) {
  const { layer, channel0, channel1, row0, row1, column0, column1 } = region;
  const { channels, rows, columns, unit } = graph.size(layer);
  const maps = channel1 - channel0;
  if (unit && maps === 1) return `unit ${channel0} of ${layer}`;
  if (unit) return `all ${counted(channels, 'unit')} of ${layer}`;
  if (cellsIn(region) === channels * rows * columns)
    return `all ${counted(cellsIn(region), 'cell')} of ${layer}`;
  const [high, wide] = [row1 - row0, column1 - column0];
  const cells = high * wide === 1 ? 'one cell' : `${high} × ${wide} cells`;
  const one = channels === 1 ? '' : ` map ${channel0} of`;
  const where = maps > 1 ? `in each of the ${maps} maps of ${layer}` : `in${one} ${layer}`;
  return `${cells} ${where}: ${placeText(region)}`;
}

/** @param {Region} region @returns {string} "rows 7–11, columns 3–7" */
function placeText({ row0, row1, column0, column1 }) {
  const many = (/** @type {string} */ noun, /** @type {number} */ a, /** @type {number} */ b) =>
    `${noun}${b - a === 1 ? '' : 's'} ${spanText(a, b)}`;
  return `${many('row', row0, row1)}, ${many('column', column0, column1)}`;
}

/** @param {Graph} graph @param {Cell} cell */
function field(graph, cell) {
  const region = receptiveField(graph, cell).get(graph.input);
  if (!region) return null;
  const { rows, columns } = graph.size(graph.input);
  const [high, wide] = [region.row1 - region.row0, region.column1 - region.column0];
  if (high === rows && wide === columns) return 'Its receptive field is the whole image.';
  return `Its receptive field in the image is ${high} × ${wide} cells: ${placeText(region)}.`;
}

/** @param {Graph} graph @param {View} view @param {Cell} cell */
function winner(graph, { trace }, cell) {
  const { kind, mode } = graph.layer(cell.layer);
  if (!trace || kind !== 'pool' || mode !== 'max') return null;
  const found = winnerOf(graph, trace, cell);
  if (!found) return null;
  const [window] = windowOf(graph, cell);
  const count = window ? cellsIn(window) : 0;
  return `The largest of ${counted(count, 'cell')}; the winner is ${found.layer} row ${found.row}, column ${found.column}.`;
}

/** @param {readonly StrongPart[]} parts @param {string} whom */
function strongest([first], whom) {
  return first ? `Speaks most ${whom}: ${first.name}, with ${first.text}.` : null;
}

/**
 * The strongest contributions to a dense unit.
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell} cell
 * @returns {{ positive: StrongPart[], negative: StrongPart[] }}
 */
export function strongParts(graph, { trace, weights }, cell) {
  const dense = graph.layer(cell.layer).kind === 'dense';
  const found = trace && dense ? contributions(graph, trace, weights, cell) : null;
  if (!found) return { positive: [], negative: [] };
  const { values, region } = found;
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const part = (/** @type {number} */ index) => {
    const { layer, channel0: channel, row0: row, column0: column } = region(index);
    const from = { layer, channel, row, column };
    const value = values[index] ?? 0;
    return { cell: from, name: cellName(graph, from), value, text: signed(value, 3) };
  };
  const above = order.slice(0, LISTED).map(part);
  const below = order.slice(-LISTED).reverse().map(part);
  return {
    positive: above.filter(({ value }) => value > 0),
    negative: below.filter(({ value }) => value < 0),
  };
}

/** @param {Graph} graph @param {View} view @param {Cell} cell */
function ink({ spec, ...graph }, { trace }, cell) {
  const value = trace?.get(cell.layer)?.data[graph.offset(cell)];
  const { rows, columns } = graph.size(cell.layer);
  const edge = Math.min(cell.row, cell.column, rows - 1 - cell.row, columns - 1 - cell.column);
  const { scale, offset } = spec.input.scaling;
  const [paper, full] = [short(offset), short(offset + scale)];
  if (edge < spec.input.border) return `The border around the image: always paper, ${paper}.`;
  if (value === undefined) return `A cell of the image: ${paper} is paper, ${full} is ink.`;
  const share = (value - offset) / scale;
  if (share <= 0) return 'Paper: no ink here.';
  return share >= 1 ? 'Full ink.' : `${percent(share)} ink: ${paper} is paper, ${full} is ink.`;
}

/**
 * What the activations folded into its layer make of it, and whether the pooling after them
 * takes it.
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell} cell
 * @param {Layout | null} layout
 * @returns {string[]}
 */
function afterwards(graph, { trace }, cell, layout) {
  if (!trace) return [];
  const folds = foldedCells(graph, cell, layout);
  const said = folds.map((at) => folded(graph, trace, cell, at));
  const at = folds.at(-1) ?? cell;
  for (const region of readersOf(graph, at)) {
    const layer = graph.layer(region.layer);
    if (layer.kind !== 'pool' || layer.mode !== 'max') continue;
    said.push(pooled(graph, trace, at, region));
  }
  return said;
}

/** @param {Graph} graph @param {import('./types.d.ts').Tensors} trace @param {Cell} before @param {Cell} after */
function folded(graph, trace, before, after) {
  const valueOf = (/** @type {Cell} */ at) => trace.get(at.layer)?.data[graph.offset(at)] ?? 0;
  const [from, to] = [valueOf(before), valueOf(after)];
  if (graph.layer(after.layer).kind !== 'relu') return `${after.layer} makes it ${number(to, 3)}.`;
  if (from > 0) return `${after.layer} lets it pass: ${number(to, 3)}.`;
  return `${after.layer} makes it 0, because it is not above zero.`;
}

/** @param {Graph} graph @param {import('./types.d.ts').Tensors} trace @param {Cell} cell @param {Region} region */
function pooled(graph, trace, cell, region) {
  const { layer, channel0, row0, column0 } = region;
  const reader = { layer, channel: channel0, row: row0, column: column0 };
  if (cellsIn(region) > 1) return `${layer} compares it in ${counted(cellsIn(region), 'window')}.`;
  const [window] = windowOf(graph, reader);
  const count = counted(window ? cellsIn(window) : 0, 'cell');
  const { larger, equal } = rivals(graph, trace, window, cell);
  if (larger) return `Not the largest of its ${count}: ${layer} drops it.`;
  if (!equal) return `The largest of its ${count}: it goes on to ${layer}.`;
  const which = wins(graph, trace, cell, reader) ? 'this one' : 'another';
  return `None of its ${count} is larger; of ${equal + 1} equal ones ${layer} takes the first, ${which}.`;
}

/** How many other cells of a window are larger than this one, and how many as large. */
/** @param {Graph} graph @param {import('./types.d.ts').Tensors} trace @param {Region | undefined} window @param {Cell} cell */
function rivals(graph, trace, window, cell) {
  const valueAt = (/** @type {Cell} */ at) => trace.get(at.layer)?.data[graph.offset(at)] ?? 0;
  const value = valueAt(cell);
  const others = cellsOf(window, cell)
    .filter(({ row, column }) => row !== cell.row || column !== cell.column)
    .map(valueAt);
  return {
    larger: others.filter((other) => other > value).length,
    equal: others.filter((other) => other === value).length,
  };
}

/** The cells of a window in the map of this cell. */
/** @param {Region | undefined} window @param {Cell} cell @returns {Cell[]} */
function cellsOf(window, cell) {
  if (!window) return [];
  const { row0, row1, column0, column1 } = window;
  const wide = column1 - column0;
  return Array.from({ length: (row1 - row0) * wide }, (_, i) => ({
    ...cell,
    row: row0 + Math.floor(i / wide),
    column: column0 + (i % wide),
  }));
}

/** Who reads it, beyond the activations that are folded into its layer. */
/** @param {Graph} graph @param {Cell} cell @param {Layout | null} layout */
function goes(graph, cell, layout) {
  const last = foldedCells(graph, cell, layout).at(-1) ?? cell;
  const read = readersOf(graph, last).map((region) => readerText(graph, region));
  return read.length ? `Read by ${read.join(', and ')}.` : null;
}

/** @param {Graph} graph @param {Region} region @returns {string} "all 16 maps of conv2, in 25 cells each" */
function readerText(graph, region) {
  const { layer, channel0, channel1, row0, row1, column0, column1 } = region;
  const { unit } = graph.size(layer);
  const many = channel1 - channel0 > 1;
  if (unit) return many ? `all ${counted(channel1, 'unit')} of ${layer}` : `${layer}`;
  const cells = counted((row1 - row0) * (column1 - column0), 'cell');
  return many ? `all ${counted(channel1, 'map')} of ${layer}, in ${cells} each` : layer;
}

/** The same place in each activation that is folded into the cell's layer. */
/** @param {Graph} graph @param {Cell} cell @param {Layout | null} layout @returns {Cell[]} */
function foldedCells(graph, cell, layout) {
  const folds = layout?.box(cell.layer)?.fold ?? [];
  return folds.map((name) => graph.cellAt(name, graph.offset(cell)));
}

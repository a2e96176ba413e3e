// A cell in plain words, its number aside: what it is, what it reads and sees, where it goes.

import { cellsIn, mapsOf } from '../geometry/regions.js';
import { kindOf } from '../kinds/index.js';
import { channelNoun } from '../kinds/names.js';
import { receptiveField, readersOf, unknownBehind, windowOf } from '../kinds/network/windows.js';
import { traitsOf } from '../kinds/traits.js';
import { counted, numbered, spanText } from '../text/counts.js';

/** @import { Cell, Graph, Region, Tensors } from '../geometry/types.d.ts' */
/** @import { Layout, Sentence, SentenceRole } from './types.d.ts' */

/**
 * Without a trace, and so without a receipt.
 * @param {Graph} graph
 * @param {Cell} cell
 * @param {Layout | null} layout
 * @returns {Sentence[]}
 */
export function cellSentences(graph, cell, layout) {
  const image = cell.layer === graph.input;
  /** @type {[SentenceRole, string | null][]} */
  const said = [
    ['is', what(graph, null, cell)],
    ['reads', image ? null : reads(graph, cell)],
    ['field', image ? null : field(graph, cell)],
    ['goes', goes(graph, lastFolded(graph, cell, layout))],
  ];
  return said.flatMap(([role, text]) => (text ? [{ role, text }] : []));
}

/**
 * What the cell is, in one sentence; of the image, how much ink.
 * @param {Graph} graph
 * @param {Tensors | null} trace
 * @param {Cell} cell
 */
export function what(graph, trace, cell) {
  const layer = graph.layer(cell.layer);
  return kindOf(layer).is(graph, layer, cell, trace);
}

/** @param {Graph} graph @param {Cell} cell */
function reads(graph, cell) {
  const regions = windowOf(graph, cell);
  const layer = graph.layer(cell.layer);
  if (traitsOf(layer).unknown)
    return `It may read any cell of ${layer.inputs.join(' and ')}: all are marked.`;
  if (!regions.length) return 'Its window lies wholly in the padding: it reads nothing.';
  return `It reads ${regions.map((region) => regionText(graph, region)).join(', and ')}.`;
}

/** @param {Graph} graph @param {Region} region @returns {string} "5 × 5 cells in each of the 6 maps of pool1: rows 7–11, columns 3–7" */
function regionText(graph, region) {
  const { layer, channel0, row0, row1, column0, column1 } = region;
  const { channels, rows, columns, unit } = graph.size(layer);
  const maps = mapsOf(region).length;
  const noun = channelNoun(graph, layer);
  if (unit && maps === 1) return `${noun} ${channel0} of ${layer}`;
  if (unit) return `${which(region, channels, noun)} of ${layer}`;
  if (cellsIn(region) === channels * rows * columns)
    return `all ${counted(cellsIn(region), 'cell')} of ${layer}`;
  const [high, wide] = [row1 - row0, column1 - column0];
  const cells = high * wide === 1 ? 'one cell' : `${high} × ${wide} cells`;
  const one = channels === 1 ? '' : ` ${noun} ${channel0} of`;
  const each = maps < channels ? which(region, channels, noun) : `the ${maps} ${noun}s`;
  const where = maps > 1 ? `in each of ${each} of ${layer}` : `in${one} ${layer}`;
  return `${cells} ${where}: ${placeText(region)}`;
}

/** @param {Region} region @param {number} channels of its layer @param {string} noun @returns {string} "all 6 maps", "maps 0, 1 and 5" */
function which(region, channels, noun) {
  const maps = mapsOf(region);
  return maps.length === channels ? `all ${counted(channels, noun)}` : numbered(maps, noun);
}

/** @param {Region} region @returns {string} "rows 7–11, columns 3–7" */
function placeText({ row0, row1, column0, column1 }) {
  const many = (/** @type {string} */ noun, /** @type {number} */ a, /** @type {number} */ b) =>
    `${noun}${b - a === 1 ? '' : 's'} ${spanText(a, b)}`;
  return `${many('row', row0, row1)}, ${many('column', column0, column1)}`;
}

/** @param {Graph} graph @param {Cell} cell */
export function field(graph, cell) {
  const region = receptiveField(graph, cell).get(graph.input);
  if (!region) return null;
  const { rows, columns } = graph.size(graph.input);
  const [high, wide] = [region.row1 - region.row0, region.column1 - region.column0];
  const whole = high === rows && wide === columns;
  const guessed = unknownBehind(graph, cell.layer);
  if (guessed) {
    const size = whole ? 'the whole image' : `${high} × ${wide} cells of the image`;
    return `Its receptive field is at most ${size}: what ${guessed.name} reads is not known here.`;
  }
  if (whole) return 'Its receptive field is the whole image.';
  return `Its receptive field in the image is ${high} × ${wide} cells: ${placeText(region)}.`;
}

/**
 * Who reads it.
 * @param {Graph} graph
 * @param {Cell} cell the last of those folded together
 */
export function goes(graph, cell) {
  const read = readersOf(graph, cell).map((region) => readerText(graph, region));
  return read.length ? `Read by ${read.join(', and ')}.` : null;
}

/** @param {Graph} graph @param {Region} region @returns {string} "all 16 maps of conv2, in 25 cells each" */
function readerText(graph, region) {
  const { layer, channel0, channel1, row0, row1, column0, column1 } = region;
  const { unit, channels } = graph.size(layer);
  const many = channel1 - channel0 > 1;
  if (traitsOf(graph.layer(layer)).unknown) return layer;
  if (!many) return layer;
  const all = `${which(region, channels, channelNoun(graph, layer))} of ${layer}`;
  const cells = counted((row1 - row0) * (column1 - column0), 'cell');
  return unit ? all : `${all}, in ${cells} each`;
}

/** Where its value stands after the activations that are folded into its layer. */
/** @param {Graph} graph @param {Cell} cell @param {Layout | null} layout @returns {Cell} */
function lastFolded(graph, cell, layout) {
  const name = layout?.box(cell.layer)?.fold.at(-1);
  return name === undefined ? cell : graph.cellAt(name, graph.offset(cell));
}

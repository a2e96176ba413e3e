// A cell in plain words, its number aside: what it is, what it reads and sees, where it goes.

import { cellsIn, linesOf, mapsOf } from '../geometry/regions.js';
import { kindOf } from '../kinds/index.js';
import { channelNoun, traitsOf } from '../kinds/traits.js';
import { receptiveField, readersOf, unknownBehind, windowOf } from '../kinds/network/windows.js';
import { sentences } from '../text/sentences.js';

/** @import { Cell, Graph, Region, Tensors } from '../geometry/types.d.ts' */
/** @import { Part } from '../text/en/scene.js' */
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
  if (traitsOf(layer).unknown) return sentences().mayRead(layer.inputs);
  return sentences().cellReads(regions.map((region) => partOf(graph, region)));
}

/** @param {Graph} graph @param {Region} region @returns {Part} what is to be said of it */
function partOf(graph, region) {
  const { layer } = region;
  const { channels: of, unit } = graph.size(layer);
  const whole = cellsIn(region) === graph.count(layer);
  const noun = channelNoun(graph, layer);
  return { layer, noun, maps: mapsOf(region), of, unit, whole, ...linesOf(region) };
}

/** @param {Graph} graph @param {Cell} cell */
export function field(graph, cell) {
  const region = receptiveField(graph, cell).get(graph.input);
  if (!region) return null;
  const { rows, columns } = graph.size(graph.input);
  const [high, wide] = [region.row1 - region.row0, region.column1 - region.column0];
  const whole = high === rows && wide === columns;
  const guessed = unknownBehind(graph, cell.layer);
  return sentences().fieldIs(region, whole, guessed?.name ?? '');
}

/**
 * Who reads it.
 * @param {Graph} graph
 * @param {Cell} cell the last of those folded together
 */
export function goes(graph, cell) {
  const readers = readersOf(graph, cell).map((region) => {
    const { layer, channel0, channel1 } = region;
    const known = channel1 - channel0 > 1 && !traitsOf(graph.layer(layer)).unknown;
    return { layer, part: known ? partOf(graph, region) : null };
  });
  return readers.length ? sentences().readBy(readers) : null;
}

/** Where its value stands after the activations that are folded into its layer. */
/** @param {Graph} graph @param {Cell} cell @param {Layout | null} layout @returns {Cell} */
function lastFolded(graph, cell, layout) {
  const name = layout?.box(cell.layer)?.fold.at(-1);
  return name === undefined ? cell : graph.cellAt(name, graph.offset(cell));
}

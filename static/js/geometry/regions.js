// Boxes of cells: making, clipping, joining. Bounds are half-open everywhere.

/** @import { AnyLayer, Cell, Graph, Region } from './types.d.ts' */

/** @param {Cell} cell @returns {Region} the box of one cell */
export function regionOf({ layer, channel, row, column }) {
  return box(layer, channel, channel + 1, row, row + 1, column, column + 1);
}

/** @param {Graph} graph @param {string} layer @returns {Region} every cell of it */
export function wholeLayer(graph, layer) {
  const { channels, rows, columns } = graph.size(layer);
  return box(layer, 0, channels, 0, rows, 0, columns);
}

/**
 * @param {string} layer
 * @param {number} channel0 @param {number} channel1
 * @param {number} row0 @param {number} row1
 * @param {number} column0 @param {number} column1
 * @returns {Region}
 */
export function box(layer, channel0, channel1, row0, row1, column0, column1) {
  return { layer, channel0, channel1, row0, row1, column0, column1 };
}

/** @param {Region} region @returns {readonly number[]} its maps, rising */
export function mapsOf({ channel0, channel1, maps }) {
  return maps ?? Array.from({ length: channel1 - channel0 }, (_, i) => channel0 + i);
}

/** @param {Region} region @param {readonly number[]} maps rising @returns {Region} of these maps */
export function among(region, maps) {
  const [channel0 = 0] = maps;
  const channel1 = (maps.at(-1) ?? -1) + 1;
  const whole = maps.length === channel1 - channel0;
  const { layer, row0, row1, column0, column1 } = region;
  const bounds = box(layer, channel0, channel1, row0, row1, column0, column1);
  return whole ? bounds : { ...bounds, maps };
}

/** @param {Graph} graph @param {Region} region @returns {Region | null} null when nothing is left */
export function clipped(graph, region) {
  const inside = combined(region, wholeLayer(graph, region.layer), Math.max, Math.min);
  const { channel0, channel1, row0, row1, column0, column1 } = inside;
  if (channel0 >= channel1 || row0 >= row1 || column0 >= column1) return null;
  const kept = region.maps?.filter((map) => map >= channel0 && map < channel1);
  if (!kept) return inside;
  return kept.length ? among(inside, kept) : null;
}

/** @param {Region | undefined} a @param {Region} b of the same layer @returns {Region} */
export function hull(a, b) {
  if (!a) return b;
  const both = combined(a, b, Math.min, Math.max);
  if (!a.maps && !b.maps) return both;
  const maps = new Set([...mapsOf(a), ...mapsOf(b)]);
  const rising = [...maps].sort((one, other) => one - other);
  return among(both, rising);
}

/**
 * @param {Region} a
 * @param {Region} b of the same layer
 * @param {(a: number, b: number) => number} first which of two beginnings
 * @param {(a: number, b: number) => number} last which of two ends
 */
function combined(a, b, first, last) {
  return box(
    b.layer,
    first(a.channel0, b.channel0),
    last(a.channel1, b.channel1),
    first(a.row0, b.row0),
    last(a.row1, b.row1),
    first(a.column0, b.column0),
    last(a.column1, b.column1),
  );
}

/** @param {Region} region @returns {number} how many cells */
export function cellsIn({ channel0, channel1, row0, row1, column0, column1, maps }) {
  return (maps?.length ?? channel1 - channel0) * (row1 - row0) * (column1 - column0);
}

/**
 * The same cells under another shape, flattened in C order: the hull where they are no box.
 * @param {Graph} graph
 * @param {Region} region of one layer
 * @param {string} layer another with as many cells
 * @returns {Region}
 */
export function reshaped(graph, region, layer) {
  const { layer: from, channel0, channel1, row0, row1, column0, column1 } = region;
  const { rows, columns } = graph.size(layer);
  const own = graph.size(from);
  if (own.rows === rows && own.columns === columns) return { ...region, layer };
  const first = graph.offset({ layer: from, channel: channel0, row: row0, column: column0 });
  const last = graph.offset({
    layer: from,
    channel: channel1 - 1,
    row: row1 - 1,
    column: column1 - 1,
  });
  const a = graph.cellAt(layer, first);
  const b = graph.cellAt(layer, last);
  if (a.channel !== b.channel) return box(layer, a.channel, b.channel + 1, 0, rows, 0, columns);
  if (a.row !== b.row) return box(layer, a.channel, a.channel + 1, a.row, b.row + 1, 0, columns);
  return box(layer, a.channel, a.channel + 1, a.row, a.row + 1, a.column, b.column + 1);
}

/** @param {Region} region @param {Cell} cell of its layer @returns {boolean} whether the cell is among them */
export function holds(region, { channel, row, column }) {
  const { row0, row1, column0, column1 } = region;
  const inside = row >= row0 && row < row1 && column >= column0 && column < column1;
  return inside && mapsOf(region).includes(channel);
}

/** @param {Cell} a @param {Cell} b */
export function sameCell(a, b) {
  return a.layer === b.layer && a.channel === b.channel && a.row === b.row && a.column === b.column;
}

/**
 * Where the maps of each source begin in a layer that joins them, in channels.
 * @param {Graph} graph
 * @param {AnyLayer} layer
 */
export function blocksOf(graph, { inputs }) {
  let start = 0;
  return inputs.map((name) => {
    const block = { name, start, channels: graph.size(name).channels };
    start += block.channels;
    return block;
  });
}

/** @param {Graph} graph @param {string} layer @param {number} channel @returns {Region} all of one map */
export function wholeMap(graph, layer, channel) {
  const { rows, columns } = graph.size(layer);
  return box(layer, channel, channel + 1, 0, rows, 0, columns);
}

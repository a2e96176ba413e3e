// Boxes of cells of a layer; bounds are half-open everywhere. Some leave out maps, rows or columns.

/** @import { Cell, Graph, Region } from './types.d.ts' */

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
  return maps ?? counted(channel0, channel1);
}

/** @param {Region} region @returns {readonly number[]} its rows, rising */
export function rowsOf({ row0, row1, rows }) {
  return rows ?? counted(row0, row1);
}

/** @param {Region} region @returns {readonly number[]} its columns, rising */
export function columnsOf({ column0, column1, columns }) {
  return columns ?? counted(column0, column1);
}

/** @param {number} from @param {number} to */
function counted(from, to) {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** @param {Iterable<number>} numbers @returns {number[]} each once, rising */
export function rising(numbers) {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/**
 * Exactly these maps, rows and columns, each list rising.
 * @param {string} layer
 * @param {readonly number[]} maps
 * @param {readonly number[]} rows
 * @param {readonly number[]} columns
 * @returns {Region}
 */
export function cellsAt(layer, maps, rows, columns) {
  const ends = (/** @type {readonly number[]} */ list) =>
    /** @type {const} */ ([list[0] ?? 0, (list.at(-1) ?? -1) + 1]);
  const gaps = (/** @type {readonly number[]} */ list) =>
    ends(list)[1] - ends(list)[0] > list.length;
  return {
    ...box(layer, ...ends(maps), ...ends(rows), ...ends(columns)),
    ...(gaps(maps) && { maps }),
    ...(gaps(rows) && { rows }),
    ...(gaps(columns) && { columns }),
  };
}

/** @param {Region} region @param {readonly number[]} maps rising @returns {Region} of these maps */
export function among(region, maps) {
  return cellsAt(region.layer, maps, rowsOf(region), columnsOf(region));
}

/** @param {Graph} graph @param {Region} region @returns {Region | null} null when nothing is left */
export function clipped(graph, region) {
  const inside = combined(region, wholeLayer(graph, region.layer), Math.max, Math.min);
  const { channel0, channel1, row0, row1, column0, column1 } = inside;
  if (channel0 >= channel1 || row0 >= row1 || column0 >= column1) return null;
  if (!isListed(region)) return inside;
  const within = (
    /** @type {readonly number[]} */ list,
    /** @type {number} */ from,
    /** @type {number} */ to,
  ) => list.filter((one) => one >= from && one < to);
  const maps = within(mapsOf(region), channel0, channel1);
  const rows = within(rowsOf(region), row0, row1);
  const columns = within(columnsOf(region), column0, column1);
  return maps.length && rows.length && columns.length
    ? cellsAt(region.layer, maps, rows, columns)
    : null;
}

/** @param {Region} region @returns {boolean} whether some between its bounds are left out */
function isListed({ maps, rows, columns }) {
  return Boolean(maps ?? rows ?? columns);
}

/** @param {Region | undefined} a @param {Region} b of the same layer @returns {Region} */
export function hull(a, b) {
  if (!a) return b;
  if (!isListed(a) && !isListed(b)) return combined(a, b, Math.min, Math.max);
  const both = (/** @type {(region: Region) => readonly number[]} */ list) =>
    rising([...list(a), ...list(b)]);
  return cellsAt(b.layer, both(mapsOf), both(rowsOf), both(columnsOf));
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
export function cellsIn({ channel0, channel1, row0, row1, column0, column1, maps, rows, columns }) {
  const [high, wide] = [rows?.length ?? row1 - row0, columns?.length ?? column1 - column0];
  return (maps?.length ?? channel1 - channel0) * high * wide;
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
  /** @param {readonly number[] | undefined} list @param {number} from @param {number} to @param {number} one */
  const has = (list, from, to, one) => list?.includes(one) ?? (one >= from && one < to);
  return (
    has(region.rows, region.row0, region.row1, row) &&
    has(region.columns, region.column0, region.column1, column) &&
    has(region.maps, region.channel0, region.channel1, channel)
  );
}

/** @param {Cell} a @param {Cell} b */
export function sameCell(a, b) {
  return a.layer === b.layer && a.channel === b.channel && a.row === b.row && a.column === b.column;
}

/** @param {Graph} graph @param {string} layer @param {number} channel @returns {Region} all of one map */
export function wholeMap(graph, layer, channel) {
  const { rows, columns } = graph.size(layer);
  return box(layer, channel, channel + 1, 0, rows, 0, columns);
}

/** @param {Region} region @returns {boolean} whether it skips rows or columns */
export function hasGaps({ rows, columns }) {
  return Boolean(rows || columns);
}

/** @param {Region} region @returns {{ rows: readonly number[], columns: readonly number[] }} */
export function linesOf(region) {
  return { rows: rowsOf(region), columns: columnsOf(region) };
}

/** @param {Region} region @returns {Region} with the rows and columns that it skips */
export function filled(region) {
  const { rows, columns, ...bounds } = region;
  return rows || columns ? bounds : region;
}

/** @param {Region} region @returns {Region[]} itself, or each of its cells where it skips some */
export function boxesIn(region) {
  if (!hasGaps(region)) return [region];
  const { layer, channel0, channel1, maps } = region;
  const some = maps && { maps };
  return rowsOf(region).flatMap((row) =>
    columnsOf(region).map((column) => ({
      ...box(layer, channel0, channel1, row, row + 1, column, column + 1),
      ...some,
    })),
  );
}

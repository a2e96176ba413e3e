// The network as a graph of layers: names, sizes, who reads whom, and where a cell lies in memory;
// and boxes of its cells.

/** @import { AnyLayer, Cell, Graph, InputLayer, NetworkSpec, Size, Region } from './types.d.ts' */

/**
 * @param {NetworkSpec} spec
 * @returns {Graph}
 */
export function createGraph(spec) {
  const image = inputLayer(spec);
  /** @type {Map<string, AnyLayer>} */
  const layers = new Map([[image.name, image]]);
  for (const layer of spec.layers) layers.set(layer.name, layer);
  const names = [...layers.keys()];
  const sizes = new Map([...layers.values()].map((layer) => [layer.name, sizeOf(layer.shape)]));
  const readers = readersByName(layers);

  /** @template T @param {Map<string, T>} table @param {string} name @returns {T} */
  const find = (table, name) => {
    const found = table.get(name);
    if (found === undefined) throw new Error(`There is no layer ${JSON.stringify(name)}.`);
    return found;
  };
  const size = (/** @type {string} */ name) => find(sizes, name);

  return {
    spec,
    names,
    input: image.name,
    output: names[names.length - 1] ?? image.name,
    classes: spec.classes,
    has: (name) => layers.has(name),
    layer: (name) => find(layers, name),
    readers: (name) => find(readers, name),
    size,
    count: (name) => size(name).channels * size(name).rows * size(name).columns,
    offset: ({ layer, channel, row, column }) => {
      const { rows, columns } = size(layer);
      return (channel * rows + row) * columns + column;
    },
    cellAt: (name, offset) => cellAt(name, size(name), offset),
    valid: (cell) => layers.has(cell.layer) && inside(size(cell.layer), cell),
  };
}

/** @param {NetworkSpec} spec @returns {InputLayer} */
function inputLayer({ input }) {
  const one = /** @type {const} */ ([1, 1]);
  return {
    name: input.name,
    kind: 'input',
    inputs: [],
    kernel: one,
    stride: one,
    padding: [0, 0],
    mode: null,
    shape: input.shape,
    parameters: {},
  };
}

/** @param {readonly number[]} shape @returns {Size} */
function sizeOf([channels = 1, rows = 1, columns = 1]) {
  return { channels, rows, columns, unit: rows === 1 && columns === 1 };
}

/** @param {Map<string, AnyLayer>} layers */
function readersByName(layers) {
  /** @type {Map<string, string[]>} */
  const readers = new Map();
  for (const { name, inputs } of layers.values()) {
    for (const source of new Set(inputs)) {
      const list = readers.get(source);
      if (!list) throw new Error(`Layer ${name} reads ${source}, which does not come before it.`);
      list.push(name);
    }
    readers.set(name, []);
  }
  return readers;
}

/** @param {string} layer @param {Size} size @param {number} offset @returns {Cell} */
function cellAt(layer, { rows, columns }, offset) {
  const column = offset % columns;
  const line = (offset - column) / columns;
  const row = line % rows;
  return { layer, channel: (line - row) / rows, row, column };
}

/** @param {Size} size @param {Cell} cell */
function inside({ channels, rows, columns }, { channel, row, column }) {
  const within = (/** @type {number} */ i, /** @type {number} */ n) =>
    Number.isInteger(i) && i >= 0 && i < n;
  return within(channel, channels) && within(row, rows) && within(column, columns);
}

// ----------------------- boxes of cells; bounds are half-open everywhere

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

// The network as a graph of layers: names, sizes, who reads whom, and where a cell lies in memory.

/** @import { AnyLayer, Cell, Graph, InputLayer, NetworkSpec, Size } from './types.d.ts' */

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
    kind: input.given ? 'array' : 'input',
    inputs: [],
    kernel: one,
    stride: one,
    padding: [0, 0],
    dilation: one,
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

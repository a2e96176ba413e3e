// Which cells feed which, both ways: derived from kernel, stride and padding, stored nowhere.

import {
  among,
  blocksOf,
  box,
  clipped,
  hull,
  mapsOf,
  regionOf,
  reshaped,
  wholeLayer,
} from './regions.js';
import { traitsOf } from '../kinds/traits.js';

/** @import { AnyLayer, Cell, Graph, LayerSpec, Region } from './types.d.ts' */

/**
 * The cells that a cell is computed from, one region for each layer it reads. Padding drops out;
 * a window that is all padding leaves no region. The image has no window.
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {Region[]}
 */
export function windowOf(graph, cell) {
  return sourcesOf(graph, regionOf(cell));
}

/**
 * The window followed back through every earlier layer to the image: the bounding box of what
 * takes part. Layers that do not lie behind the cell are absent, and so is its own.
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {Map<string, Region>} in topological order, the image first
 */
export function receptiveField(graph, cell) {
  /** @type {Map<string, Region>} */
  const found = new Map([[cell.layer, regionOf(cell)]]);
  for (const name of graph.names.slice(0, graph.names.indexOf(cell.layer) + 1).reverse()) {
    const region = found.get(name);
    if (!region) continue;
    for (const source of sourcesOf(graph, region))
      found.set(source.layer, hull(found.get(source.layer), source));
  }
  found.delete(cell.layer);
  return new Map(graph.names.flatMap((name) => pair(name, found.get(name))));
}

/**
 * The last layer of a kind that the page does not know among those that make a layer, itself too.
 * Windows are drawn as large as they can be there, and so is every receptive field above.
 * @param {Graph} graph
 * @param {string} name
 * @returns {AnyLayer | null}
 */
export function unknownBehind(graph, name) {
  const behind = new Set([name]);
  for (const one of graph.names.slice(0, graph.names.indexOf(name) + 1).reverse()) {
    const layer = graph.layer(one);
    if (!behind.has(one)) continue;
    if (traitsOf(layer).unknown) return layer;
    for (const source of layer.inputs) behind.add(source);
  }
  return null;
}

/**
 * The cells that read a cell directly, one region for each layer that does (concat of a layer
 * with itself: one for each copy).
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {Region[]}
 */
export function readersOf(graph, cell) {
  return graph.readers(cell.layer).flatMap((name) => {
    const layer = /** @type {LayerSpec} */ (graph.layer(name));
    return FORWARD[layer.kind](graph, layer, cell)
      .map((region) => clipped(graph, region))
      .filter((region) => region !== null);
  });
}

/**
 * What a box of cells is computed from: windowOf for many cells at once.
 * @param {Graph} graph
 * @param {Region} region
 * @returns {Region[]}
 */
export function sourcesOf(graph, region) {
  const layer = graph.layer(region.layer);
  if (layer.kind === 'input') return [];
  /** @type {Map<string, Region>} */
  const found = new Map();
  for (const source of BACKWARD[layer.kind](graph, layer, region)) {
    const inside = clipped(graph, source);
    if (inside) found.set(inside.layer, hull(found.get(inside.layer), inside));
  }
  return [...found.values()];
}

/** @typedef {(graph: Graph, layer: AnyLayer, region: Region) => Region[]} Backward */
/** @typedef {(graph: Graph, layer: AnyLayer, cell: Cell) => Region[]} Forward */

/** @type {Backward} */
const sameCells = (_, { inputs }, region) => inputs.map((layer) => ({ ...region, layer }));
/** @type {Backward} */
const everything = (graph, { inputs }) => inputs.map((name) => wholeLayer(graph, name));
/** @type {Backward} */
const manyMaps = (graph, layer, region) => {
  const maps = new Set(mapsOf(region).flatMap((map) => readMaps(graph, layer, map)));
  const read = [...maps].sort((a, b) => a - b);
  return strided(layer, region).map((source) => among(source, read));
};

/**
 * Which maps below a map of a convolution reads: all, or those that a table names.
 * @param {Graph} graph
 * @param {AnyLayer} layer
 * @param {number} map
 * @returns {readonly number[]} rising
 */
export function readMaps(graph, { inputs, connections }, map) {
  return connections?.[map] ?? mapsOf(wholeLayer(graph, inputs[0] ?? ''));
}

/** @type {Backward} */
const sameMap = (_, layer, region) => strided(layer, region);

/** @type {Record<LayerSpec['kind'], Backward>} */
const BACKWARD = {
  conv: manyMaps,
  pool: sameMap,
  subsample: sameMap,
  dense: everything,
  softmax: everything,
  other: everything,
  relu: sameCells,
  tanh: sameCells,
  sigmoid: sameCells,
  add: sameCells,
  flatten: (graph, { inputs }, region) => inputs.map((name) => reshaped(graph, region, name)),
  concat: (graph, layer, region) =>
    blocksOf(graph, layer).map(({ name, start }) => ({
      ...region,
      layer: name,
      channel0: region.channel0 - start,
      channel1: region.channel1 - start,
      ...(region.maps && { maps: region.maps.map((map) => map - start) }),
    })),
};

/** @type {Forward} */
const sameCell = (_, { name }, cell) => [{ ...regionOf(cell), layer: name }];
/** @type {Forward} */
const everyCell = (graph, { name }) => [wholeLayer(graph, name)];

/** @type {Forward} */
const touchedMap = (_, layer, cell) => touched(layer, cell);

/** @type {Record<LayerSpec['kind'], Forward>} */
const FORWARD = {
  conv: (graph, layer, cell) => {
    const maps = mapsOf(wholeLayer(graph, layer.name)).filter((map) =>
      readMaps(graph, layer, map).includes(cell.channel),
    );
    return touched(layer, cell).map((region) => among(region, maps));
  },
  pool: touchedMap,
  subsample: touchedMap,
  dense: everyCell,
  softmax: everyCell,
  other: everyCell,
  relu: sameCell,
  tanh: sameCell,
  sigmoid: sameCell,
  add: sameCell,
  flatten: (graph, { name }, cell) => [
    regionOf({ layer: name, channel: graph.offset(cell), row: 0, column: 0 }),
  ],
  concat: (graph, layer, cell) =>
    blocksOf(graph, layer)
      .filter(({ name }) => name === cell.layer)
      .map(({ start }) => ({
        ...regionOf(cell),
        layer: layer.name,
        channel0: cell.channel + start,
        channel1: cell.channel + start + 1,
      })),
};

/** Output r reads inputs r·stride − padding up to, not including, r·stride − padding + kernel. */
/** @param {AnyLayer} layer @param {Region} region @returns {Region[]} not clipped yet */
function strided({ inputs, kernel, stride, padding }, region) {
  const first = (/** @type {number} */ out, /** @type {0 | 1} */ axis) =>
    out * stride[axis] - padding[axis];
  return inputs.map((layer) => ({
    ...region,
    layer,
    row0: first(region.row0, 0),
    row1: first(region.row1 - 1, 0) + kernel[0],
    column0: first(region.column0, 1),
    column1: first(region.column1 - 1, 1) + kernel[1],
  }));
}

/**
 * The inverse of `strided` for one cell: all r with r·stride − padding ≤ cell < … + kernel.
 * @param {AnyLayer} layer
 * @param {Cell} cell
 * @returns {Region[]} in the map with its number, not clipped yet
 */
function touched({ name, kernel, stride, padding }, cell) {
  const range = (/** @type {number} */ at, /** @type {0 | 1} */ axis) => {
    const [k, s, p] = [kernel[axis], stride[axis], padding[axis]];
    return /** @type {const} */ ([Math.ceil((at + p - k + 1) / s), Math.floor((at + p) / s) + 1]);
  };
  const [row0, row1] = range(cell.row, 0);
  const [column0, column1] = range(cell.column, 1);
  const { channel } = cell;
  return [box(name, channel, channel + 1, row0, row1, column0, column1)];
}

/** @template T @param {string} name @param {T | undefined} value @returns {[string, T][]} */
function pair(name, value) {
  return value === undefined ? [] : [[name, value]];
}

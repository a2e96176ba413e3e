// Which cells feed which, both ways: derived from kernel, stride, padding and dilation, stored nowhere.

import {
  clipped,
  columnsOf,
  filled,
  hull,
  mapsOf,
  regionOf,
  rowsOf,
} from '../../geometry/regions.js';
import { kindOf } from '../index.js';
import { spreadOf } from '../parts/reading.js';
import { traitsOf } from '../traits.js';

/** @import { AnyLayer, Cell, Graph, Region } from '../../geometry/types.d.ts' */

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
  const place = (/** @type {string} */ name) => graph.names.indexOf(name);
  const boxes = [...found].map(([name, region]) => /** @type {const} */ ([name, filled(region)]));
  return new Map(boxes.toSorted(([a], [b]) => place(a) - place(b)));
}

/**
 * What a cell can influence, followed to the last layer: the receptive field's forward twin.
 * The bounding box of the cells of every later layer that depend on a cell. Layers that do not
 * are absent, and so is its own.
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {Map<string, Region>} in topological order
 */
export function reachOf(graph, cell) {
  /** @type {Map<string, Region>} */
  const found = new Map([[cell.layer, regionOf(cell)]]);
  for (const name of graph.names) {
    const region = found.get(name);
    if (!region) continue;
    for (const one of mapsOf(region).flatMap((map) => furthest(graph, region, map)))
      for (const reader of readersOf(graph, one))
        found.set(reader.layer, hull(found.get(reader.layer), reader));
  }
  found.delete(cell.layer);
  return new Map([...found].map(([name, region]) => [name, filled(region)]));
}

/**
 * Cells of one map of a region that reach as far as all of it: windows slide, so that the first and
 * the last do. Where they leave cells out, these may be among them.
 * @param {Graph} graph
 * @param {Region} region
 * @param {number} channel
 * @returns {Cell[]}
 */
export function furthest(graph, region, channel) {
  const { layer } = region;
  const [rows, columns] = [rowsOf(region), columnsOf(region)];
  const at = (/** @type {number} */ row, /** @type {number} */ column) => ({
    layer,
    channel,
    row,
    column,
  });
  const skips = graph.readers(layer).some((name) => leavesOut(graph, graph.layer(name)));
  if (skips) return rows.flatMap((row) => columns.map((column) => at(row, column)));
  return [at(rows[0] ?? 0, columns[0] ?? 0), at(rows.at(-1) ?? 0, columns.at(-1) ?? 0)];
}

/**
 * Whether windows leave cells out: within them, between them, or at the end, where none fits any more.
 * @param {Graph} graph
 * @param {AnyLayer} layer
 */
function leavesOut(graph, layer) {
  const { inputs, kernel, stride, padding } = layer;
  if (spreadOf(layer)) return true;
  const { rows, columns } = graph.size(inputs[0] ?? '');
  return [rows, columns].some((cells, axis) => {
    const [k = 1, s = 1, p = 0] = [kernel[axis], stride[axis], padding[axis]];
    return s > k || (cells + 2 * p - k) % s > p;
  });
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
    const layer = graph.layer(name);
    return kindOf(layer)
      .feeds(graph, layer, cell)
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
function sourcesOf(graph, region) {
  const layer = graph.layer(region.layer);
  /** @type {Map<string, Region>} */
  const found = new Map();
  for (const source of kindOf(layer).reads(graph, layer, region)) {
    const inside = clipped(graph, source);
    if (inside) found.set(inside.layer, hull(found.get(inside.layer), inside));
  }
  return [...found.values()];
}

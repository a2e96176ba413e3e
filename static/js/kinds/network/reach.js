// What a cell can influence: the receptive field's forward twin, followed to the last layer.

import { hull, mapsOf, regionOf } from '../../geometry/regions.js';
import { readersOf } from './windows.js';

/** @import { Cell, Graph, Region } from '../../geometry/types.d.ts' */

/**
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
    for (const corner of corners(region))
      for (const reader of readersOf(graph, corner))
        found.set(reader.layer, hull(found.get(reader.layer), reader));
  }
  found.delete(cell.layer);
  return found;
}

/** Windows slide, so that the first and the last cell of each map reach as far as all of it. */
/** @param {Region} region @returns {Cell[]} */
function corners(region) {
  const { layer, row0, row1, column0, column1 } = region;
  return mapsOf(region).flatMap((channel) => [
    { layer, channel, row: row0, column: column0 },
    { layer, channel, row: row1 - 1, column: column1 - 1 },
  ]);
}

// Where boxes of cells stand on the flat picture.

import { boxesIn, mapsOf, reshaped } from '../../geometry/regions.js';
import { around } from '../metrics.js';
import { tileRect } from '../pick.js';

/** @import { Graph, Region } from '../../geometry/types.d.ts' */
/** @import { Layout, Rect } from '../types.d.ts' */

/**
 * Where a box of cells stands: a rect for each shown map, for each cell where some between are skipped,
 * one for a run of units. A layer that is not drawn is shown on the cells that stand for it.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Region} region
 * @returns {Rect[]}
 */
export function regionRects(layout, graph, region) {
  const stand = layout.stand(region.layer);
  const box = layout.box(stand);
  if (!box) return [];
  const cells = stand === region.layer ? region : reshaped(graph, region, stand);
  const single = box.look === 'bars' || box.look === 'units';
  const parts = boxesIn(cells);
  const rects = mapsOf(cells).flatMap((channel) => {
    const index = box.place[channel] ?? -1;
    if (index < 0) return [];
    const tile = tileRect(layout, box, index);
    return single ? tile : parts.map((part) => partOf(tile, part, box.cell));
  });
  return single && rects.length > 1 ? [rects.reduce(around)] : rects;
}

/** @param {Rect} tile @param {Region} cells @param {number} cell side @returns {Rect} */
function partOf(tile, { row0, row1, column0, column1 }, cell) {
  return {
    x: tile.x + column0 * cell,
    y: tile.y + row0 * cell,
    width: (column1 - column0) * cell,
    height: (row1 - row0) * cell,
  };
}

// The flat rectangle of every cell of a space, where its flight begins and ends.

import { indexIn } from '../../scene/space/place.js';
import { tileRect } from '../../scene/pick.js';
import { stillItems } from '../../scene/still.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { Layout, LayerBox, Rect } from '../../scene/types.d.ts' */
/** @import { Space } from '../../scene/space/types.d.ts' */

/**
 * @param {Space} space
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {{ left: number, top: number }} scroll how far the flat picture is scrolled
 * @returns {Float32Array} x, y, width and height by cell, CSS pixels of the stage's place
 */
export function flatPlaces(space, layout, graph, { left, top }) {
  const places = new Float32Array(4 * space.count);
  /** @type {Map<string, Rect>} */
  const bars = new Map();
  for (const item of stillItems(layout, graph))
    if (item.kind === 'bar') bars.set(`${item.layer} ${item.channel}`, item.track);
  for (const box of layout.boxes)
    box.channels.forEach((channel, tile) => {
      const first = indexIn(space, { layer: box.layer, channel, row: 0, column: 0 });
      const bar = bars.get(`${box.layer} ${channel}`);
      if (bar) places.set([bar.x - left, bar.y - top, bar.width, bar.height], 4 * first);
      else placeTile(places, first, box, tileRect(layout, box, tile), left, top);
    });
  return places;
}

/** @param {Float32Array} places @param {number} first @param {LayerBox} box @param {Rect} tile @param {number} left @param {number} top */
function placeTile(places, first, { rows, columns, cell }, tile, left, top) {
  for (let i = 0; i < rows * columns; i++) {
    const x = tile.x + (i % columns) * cell - left;
    const y = tile.y + Math.floor(i / columns) * cell - top;
    places.set([x, y, cell, cell], 4 * (first + i));
  }
}

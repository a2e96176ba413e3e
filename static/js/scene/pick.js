// From a place to a cell and back, exactly: what lies between the tiles is nothing.

import { clamp, middleOf } from './metrics.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Layout, LayerBox, Point, Rect } from './types.d.ts' */

/**
 * @param {Layout} layout
 * @param {number} x CSS pixels of the picture
 * @param {number} y
 * @returns {Cell | null}
 */
export function pick(layout, x, y) {
  for (const box of layout.boxes) {
    if (!inside(box.rect, x, y)) continue;
    for (let i = 0; i < box.channels.length; i++) {
      const tile = tileRect(layout, box, i);
      if (!inside(tile, x, y)) continue;
      const channel = box.channels[i] ?? 0;
      if (box.look === 'bars') return { layer: box.layer, channel, row: 0, column: 0 };
      const row = Math.min(box.rows - 1, Math.floor((y - tile.y) / box.cell));
      const column = Math.min(box.columns - 1, Math.floor((x - tile.x) / box.cell));
      return { layer: box.layer, channel, row, column };
    }
  }
  return null;
}

/**
 * @param {Layout} layout
 * @param {Cell} cell
 * @returns {Rect | null} null for layers and maps that are not drawn
 */
export function rectOf(layout, { layer, channel, row, column }) {
  const box = layout.box(layer);
  const index = box?.place[channel] ?? -1;
  if (!box || index < 0) return null;
  const tile = tileRect(layout, box, index);
  if (box.look === 'bars') return tile;
  const { cell } = box;
  return { x: tile.x + column * cell, y: tile.y + row * cell, width: cell, height: cell };
}

/**
 * The cell beside a cell, for arrow keys: in its map, then in the map beside it, then in the
 * layer beside it. The cell itself where there is none.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Cell} cell
 * @param {number} dx −1, 0 or 1
 * @param {number} dy
 * @returns {Cell}
 */
export function step(layout, graph, cell, dx, dy) {
  const near = { ...cell, row: cell.row + dy, column: cell.column + dx };
  const box = layout.box(cell.layer);
  const from = rectOf(layout, cell);
  if (!box || !from) return cell;
  if (graph.valid(near)) return near;
  const towards = (/** @type {readonly LayerBox[]} */ boxes) =>
    nearest(layout, boxes, middleOf(from), dx, dy);
  const target = towards([box]) ?? towards(layout.boxes.filter((other) => other !== box));
  return (target && pick(layout, ...target)) ?? cell;
}

/** The nearest point of a tile that lies in a direction; sideways counts three times. */
/** @param {Layout} layout @param {readonly LayerBox[]} boxes @param {Point} from @param {number} dx @param {number} dy @returns {Point | null} */
function nearest(layout, boxes, [x, y], dx, dy) {
  /** @type {Point | null} */
  let best = null;
  let least = Infinity;
  for (const box of boxes)
    for (let i = 0; i < box.channels.length; i++) {
      const tile = tileRect(layout, box, i);
      const half = box.look === 'bars' ? 1 : box.cell / 2;
      const nearX = clamp(x, tile.x + half, tile.x + tile.width - half);
      const nearY = clamp(y, tile.y + half, tile.y + tile.height - half);
      const [right, down] = [nearX - x, nearY - y];
      const ahead = right * dx + down * dy;
      const distance = ahead + 3 * Math.abs(right * dy + down * dx);
      if (ahead <= 0 || distance >= least) continue;
      least = distance;
      best = [nearX, nearY];
    }
  return best;
}

/**
 * The middle cell of the layer before or after the given one, among those that are shown; the
 * first or last layer when there is no cell yet.
 *
 * @param {Graph} graph
 * @param {readonly string[]} shown
 * @param {Cell | null} cell
 * @param {-1 | 1} by
 * @returns {Cell | null}
 */
export function jumpLayer(graph, shown, cell, by) {
  const at = cell ? shown.indexOf(cell.layer) : by > 0 ? -1 : shown.length;
  const name = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
  if (name === undefined) return null;
  if (name === cell?.layer) return cell;
  const { channels, rows, columns } = graph.size(name);
  const middle = (/** @type {number} */ count) => Math.floor((count - 1) / 2);
  const channel = Math.min(cell?.channel ?? 0, channels - 1);
  return { layer: name, channel, row: middle(rows), column: middle(columns) };
}

/** The tile of a shown map; of a bar its whole row or column, so that nothing lies between. */
/** @param {Layout} layout @param {LayerBox} box @param {number} index @returns {Rect} */
export function tileRect({ axis }, box, index) {
  const x = box.x[index] ?? 0;
  const y = box.y[index] ?? 0;
  const { rect, cell } = box;
  if (box.look !== 'bars') return { x, y, width: box.columns * cell, height: box.rows * cell };
  if (axis === 'y')
    return { x, y, width: (box.x[index + 1] ?? rect.x + rect.width) - x, height: rect.height };
  return { x, y, width: rect.width, height: (box.y[index + 1] ?? rect.y + rect.height) - y };
}

/** @param {Rect} rect @param {number} x @param {number} y */
function inside(rect, x, y) {
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

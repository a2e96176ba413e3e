// Where a layer's caption and legend stand: above and below it, or in the gutter before it.

/** @import { Rect } from './types.d.ts' */
/** @import { Metrics } from './metrics.js' */
/** @import { Stand } from './place.js' */

/** @param {Stand} stand @param {Rect} slot @param {Rect} tiles @param {Metrics} metrics @returns {Rect} */
export function captionOf({ lanes, lead }, slot, tiles, { axis, before, laneBefore }) {
  if (axis === 'y') return { ...slot, height: lead };
  if (lanes === 1) return { ...slot, height: before };
  return { ...slot, y: tiles.y - laneBefore, height: laneBefore };
}

/** @param {Stand} stand @param {Rect} slot @param {Rect} tiles @param {Metrics} metrics @returns {Rect} */
export function legendOf({ lanes, lead }, slot, tiles, { axis, px, after, laneAfter, text }) {
  const beside = px(131 * text);
  if (axis === 'y') {
    const height = px(20 * text);
    const y = slot.y + lead - height - px(2);
    if (lanes === 1) return { x: slot.x + slot.width - beside, y, width: beside, height };
    return { x: slot.x, y, width: Math.min(beside, slot.width), height };
  }
  const width = lanes > 1 ? beside : Math.max(px(60), Math.min(px(112), slot.width));
  const x = slot.x + Math.round((slot.width - width) / 2);
  if (lanes > 1) return { x, y: tiles.y + tiles.height + px(4), width, height: laneAfter - px(4) };
  const y = slot.y + slot.height - after + px(10);
  return { x, y, width, height: after - px(18) };
}

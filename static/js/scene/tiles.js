// The corner of every tile of a layer: reading order, block under block, centred on its axis.

/** @import { Rect } from './types.d.ts' */
/** @import { Metrics } from './metrics.js' */
/** @import { Stand } from './place.js' */

/**
 * Tiles of a run share the largest pitch across, so that map k stays beside map k; a smaller tile
 * is inset by half of what it lacks.
 * @param {Stand} stand
 * @param {Metrics} metrics
 * @returns {{ x: Float64Array, y: Float64Array, rect: Rect }}
 */
export function tilesOf(stand, metrics) {
  const { node, grid, cell, pitch } = stand;
  const { gap, blocks } = node;
  const along = metrics.axis === 'x';
  const width = node.columns * cell;
  const height = node.rows * cell;
  const pitchX = along ? width + gap : pitch;
  const pitchY = along ? pitch : height + gap;
  const between = metrics.blockGap - gap;
  const size = {
    width: grid.across * pitchX - gap,
    height: grid.down * pitchY - gap + (blocks.length - 1) * between,
  };
  if (node.look === 'bars') return barsOf(stand, metrics, size, pitchX, pitchY);
  const corner = cornerOf(stand, metrics, size);
  const inset = {
    x: Math.floor((pitchX - gap - width) / 2),
    y: Math.floor((pitchY - gap - height) / 2),
  };
  const x = new Float64Array(node.channels.length);
  const y = new Float64Array(node.channels.length);
  let [tile, line] = [0, 0];
  blocks.forEach((count, block) => {
    for (let i = 0; i < count; i++, tile++) {
      x[tile] = corner.x + (i % grid.across) * pitchX + inset.x;
      y[tile] =
        corner.y + (line + Math.floor(i / grid.across)) * pitchY + block * between + inset.y;
    }
    line += Math.ceil(count / grid.across);
  });
  const rect = {
    x: corner.x + inset.x,
    y: corner.y + inset.y,
    width: size.width - (pitchX - gap - width),
    height: size.height - (pitchY - gap - height),
  };
  return { x, y, rect };
}

/** The answer: one row each, as long as the layer; or one column each. */
/** @param {Stand} stand @param {Metrics} metrics @param {{ width: number, height: number }} size @param {number} pitchX @param {number} pitchY */
function barsOf(stand, metrics, size, pitchX, pitchY) {
  const { node, length } = stand;
  const along = metrics.axis === 'x';
  const whole = along ? { ...size, width: length } : { ...size, height: length };
  const corner = cornerOf(stand, metrics, whole);
  const { channels } = node;
  const x = Float64Array.from(channels, (_, i) => corner.x + (along ? 0 : i * pitchX));
  const y = Float64Array.from(channels, (_, i) => corner.y + (along ? i * pitchY : 0));
  return { x, y, rect: { ...corner, ...whole } };
}

/** Centred on the flow axis and in its length; going down, lanes hang from their captions. */
/** @param {Stand} stand @param {Metrics} metrics @param {{ width: number, height: number }} size */
function cornerOf({ lane, lanes, start, length }, { axis }, { width, height }) {
  const middle = (
    /** @type {number} */ from,
    /** @type {number} */ room,
    /** @type {number} */ n,
  ) => from + Math.floor((room - n) / 2);
  if (axis === 'x')
    return { x: middle(start, length, width), y: middle(lane.cells, lane.room, height) };
  const top = lanes > 1 ? start : middle(start, length, height);
  return { x: middle(lane.cells, lane.room, width), y: top };
}

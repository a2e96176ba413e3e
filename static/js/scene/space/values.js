// What a trace puts on the cells of a space: steps of the colour scales, and heights.

import { limitOf } from '../values.js';

/** @import { Tensors } from '../../geometry/types.d.ts' */
/** @import { Range, StillValues } from '../types.d.ts' */
/** @import { Plane, Space } from './types.d.ts' */

/**
 * Where the colours of a palette lie, and how many steps an arm of the scale has.
 *
 * @typedef {object} Palette
 * @property {number} steps
 * @property {number} zero of the diverging scale
 * @property {number} image paper; ink is `steps` further
 * @property {number} track a bar that is empty @property {number} bar @property {number} strong
 */

/** Below this a probability is written as 0 and fills nothing. */
const VISIBLE = 0.0005;

/**
 * The same step of the same scale as in the flat picture; written into `colours` and `heights`.
 *
 * @param {Space} space
 * @param {Palette} palette
 * @param {Tensors | null} trace
 * @param {StillValues} values
 * @param {Uint16Array} colours
 * @param {Float32Array} heights 0..1
 */
export function cellValues(space, palette, trace, values, colours, heights) {
  for (const plane of space.planes) {
    const data = values.empty ? undefined : trace?.get(plane.layer)?.data;
    const range = values.ranges.get(plane.layer);
    if (plane.look === 'bars')
      barValues(plane, palette, values.bars.get(plane.layer), colours, heights);
    else if (data && range) mapValues(plane, palette, data, range, colours, heights);
    else empty(plane, palette, colours, heights);
  }
}

/** @param {Plane} plane @param {Palette} palette @param {Uint16Array} colours @param {Float32Array} heights */
function empty(plane, { zero, image }, colours, heights) {
  const end = plane.first + plane.channels.length * plane.rows * plane.columns;
  colours.fill(plane.look === 'image' ? image : zero, plane.first, end);
  heights.fill(0, plane.first, end);
}

/** @param {Plane} plane @param {Palette} palette @param {ArrayLike<number>} data @param {Range} range @param {Uint16Array} colours @param {Float32Array} heights */
function mapValues(plane, palette, data, range, colours, heights) {
  const { steps } = palette;
  const { first, channels } = plane;
  const area = plane.rows * plane.columns;
  const zero = range.image ? palette.image : palette.zero;
  const lowest = range.image ? 0 : -steps;
  for (let tile = 0; tile < channels.length; tile++) {
    const channel = channels[tile] ?? 0;
    const limit = limitOf(range, channel);
    const low = range.image ? range.low : 0;
    const per = range.image ? range.high - range.low : limit;
    for (let i = 0; i < area; i++) {
      const share = (Number(data[channel * area + i]) - low) / per;
      const at = first + tile * area + i;
      const step = Math.round(Math.min(steps, Math.max(lowest, share * steps))) || 0;
      colours[at] = zero + step;
      heights[at] = Math.min(1, Math.abs(share)) || 0;
    }
  }
}

/** @param {Plane} plane @param {Palette} palette @param {readonly import('../types.d.ts').BarValue[] | undefined} bars @param {Uint16Array} colours @param {Float32Array} heights */
function barValues({ first, channels }, palette, bars, colours, heights) {
  channels.forEach((channel, tile) => {
    const bar = bars?.[channel];
    const filled = bar !== undefined && bar.fraction >= VISIBLE;
    colours[first + tile] = filled ? (bar.strong ? palette.strong : palette.bar) : palette.track;
    heights[first + tile] = bar?.fraction ?? 0;
  });
}

// What a quantity puts on the cells of a space: steps of the colour scales, and heights.

import { wholeLayer } from '../../geometry/regions.js';
import { barsOf } from '../still.js';
import { limitOf } from '../quantities/scale.js';
import { reachesOn } from '../marks/over.js';
import { runsOfRegion } from './patches.js';

/** @import { Graph, Region } from '../../geometry/types.d.ts' */
/** @import { BarValue, Layout, Quantity, Range } from '../types.d.ts' */
/** @import { Plane, Space } from './types.d.ts' */

/**
 * Where the colours of a palette lie, and how many steps an arm of the scale has.
 *
 * @typedef {object} Palette
 * @property {number} steps
 * @property {number} zero of the diverging scale
 * @property {number} image paper; ink is `steps` further
 * @property {number} ground what holds no number
 * @property {number} track a bar that is empty @property {number} bar @property {number} strong
 */

/** Below this a probability is written as 0 and fills nothing. */
const VISIBLE = 0.0005;

/**
 * Colours and heights of all cells of a space, and the arrays that they are written into.
 *
 * @typedef {object} Sheet
 * @property {Space} space
 * @property {Palette} palette
 * @property {Uint16Array} colours
 * @property {Float32Array} heights 0..1
 */

/**
 * The same step of the same scale as in the flat picture.
 *
 * @param {Sheet} sheet written into
 * @param {Layout} layout the flat one
 * @param {Graph} graph
 * @param {Quantity} quantity
 */
export function cellValues(sheet, layout, graph, quantity) {
  if (quantity.under) cellValues(sheet, layout, graph, quantity.under);
  const over = quantity.regions && reachesOn(layout, quantity);
  for (const plane of sheet.space.planes) {
    const { layer } = plane;
    const own = over?.find(({ region }) => region.layer === layer)?.region;
    const region = over ? own : wholeLayer(graph, layer);
    if (region) planeValues(sheet, layout, quantity, plane, region);
  }
}

/** @param {Sheet} sheet @param {Layout} layout @param {Quantity} quantity @param {Plane} plane @param {Region} region of it */
function planeValues(sheet, layout, quantity, plane, region) {
  const { layer, look } = plane;
  const data = quantity.tensors.get(layer)?.data;
  const range = quantity.ranges.get(layer);
  const bars = look === 'bars' ? barsOf(layout, quantity, layer) : null;
  if (bars && !bars[0]?.fill) fillBars(sheet, plane, bars);
  else if (data && range) fill(sheet, plane, region, data, range);
  else empty(sheet, plane);
}

/** @param {Sheet} sheet @param {Plane} plane */
function empty({ palette, colours, heights }, plane) {
  const end = plane.first + plane.channels.length * plane.rows * plane.columns;
  colours.fill(plane.look === 'image' ? palette.image : palette.zero, plane.first, end);
  heights.fill(0, plane.first, end);
}

/** @param {Sheet} sheet @param {Plane} plane @param {Region} region @param {ArrayLike<number | bigint>} data @param {Range} range */
function fill({ palette, colours, heights }, plane, region, data, range) {
  const { steps } = palette;
  const zero = range.image ? palette.image : palette.zero;
  const lowest = range.image ? 0 : -steps;
  const low = range.image ? range.low : 0;
  for (const { channel, start, from, length } of runsOfRegion(plane, region)) {
    const per = range.image ? range.high - range.low : limitOf(range, channel);
    for (let i = 0; i < length; i++) {
      const share = (Number(data[from + i]) - low) / per;
      const step = Math.round(Math.min(steps, Math.max(lowest, share * steps))) || 0;
      colours[start + i] = Number.isNaN(share) ? palette.ground : zero + step;
      heights[start + i] = Math.min(1, Math.abs(share)) || 0;
    }
  }
}

/** @param {Sheet} sheet @param {Plane} plane @param {readonly BarValue[]} bars */
function fillBars({ palette, colours, heights }, { first, channels }, bars) {
  channels.forEach((channel, tile) => {
    const bar = bars[channel];
    const filled = bar !== undefined && bar.fraction >= VISIBLE;
    colours[first + tile] = filled ? (bar.strong ? palette.strong : palette.bar) : palette.track;
    heights[first + tile] = bar?.fraction ?? 0;
  });
}

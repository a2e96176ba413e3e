// The derivatives of the pinned cell in place of values, on the cells of a space.

import { cellsOfRegion } from './patches.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { BarValue, HeatItem, StillValues } from '../types.d.ts' */
/** @import { Space } from './types.d.ts' */
/** @import { Palette } from './values.js' */

/**
 * Each layer has its own scale, up to its largest derivative; written into `colours` and `heights`.
 *
 * @param {Space} space
 * @param {Graph} graph
 * @param {Palette} palette
 * @param {readonly HeatItem[]} heats
 * @param {StillValues} values what is shown otherwise
 * @param {Uint16Array} colours
 * @param {Float32Array} heights
 * @returns {StillValues} with what legends and bars say meanwhile
 */
export function effectValues(space, graph, palette, heats, values, colours, heights) {
  const legends = new Map(values.legends);
  const ranges = new Map(values.ranges);
  const bars = new Map(values.bars);
  for (const { layer, region, tensor, range, bars: shown, ends } of heats) {
    const plane = space.plane(layer);
    if (!plane) continue;
    for (const { index, cell } of cellsOfRegion(plane, region)) {
      const share = Number(tensor.data[graph.offset(cell)]) / range.limit;
      const step = Math.round(Math.max(-1, Math.min(1, share)) * palette.steps) || 0;
      colours[index] = palette.zero + step;
      heights[index] = Math.min(1, Math.abs(share)) || 0;
    }
    legends.set(layer, ends);
    ranges.set(layer, range);
    if (shown.length > 0) bars.set(layer, barsOf(shown));
  }
  return { ...values, legends, ranges, bars };
}

/** @param {HeatItem['bars']} shown @returns {BarValue[]} by channel */
function barsOf(shown) {
  /** @type {BarValue[]} */
  const found = [];
  for (const { item, fraction, text, value } of shown)
    found[item.channel] = { fraction, text, strong: false, tone: value === 0 ? 'ink3' : 'ink2' };
  return found;
}

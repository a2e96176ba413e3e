// Fully connected: each unit reads every cell, with a weight of its own for each.

import { regionOf } from '../geometry/regions.js';
import { at, biasOf, dataOf, weightOf } from './parts/data.js';
import { everything } from './parts/reading.js';

/** @import { KindOnPage } from './types.d.ts' */

/** @type {KindOnPage} */
export const dense = {
  ...everything,

  /** Weight × value for each cell that it reads. */
  contributions(asked) {
    const { graph, trace, layer, cell } = asked;
    const weight = weightOf(asked);
    const [source = ''] = layer.inputs;
    if (!weight) return null;
    const data = dataOf(trace, source);
    const count = graph.count(source);
    const values = new Float64Array(count);
    const from = cell.channel * count;
    for (let i = 0; i < count; i++) values[i] = at(data, i) * at(weight, from + i);
    const region = (/** @type {number} */ index) => regionOf(graph.cellAt(source, index));
    return { values, region, how: 'sum', bias: biasOf(asked) };
  },

  influences({ graph, weights, layer, cell, own }) {
    const weight = weightOf({ weights, layer });
    if (!weight) return [];
    const count = graph.count(cell.layer);
    const from = graph.offset(cell);
    return Array.from({ length: graph.size(layer.name).channels }, (_, unit) => ({
      region: regionOf({ layer: layer.name, channel: unit, row: 0, column: 0 }),
      value: own * at(weight, unit * count + from),
    }));
  },

  uses(_, { inputs }, { row, column }) {
    const one = (/** @type {number} */ first) => ({ first, step: 1, count: 1, from: 0 });
    const [source = ''] = inputs;
    return { source, rows: one(row), columns: one(column), times: 1, inside: 1, taps: 1 };
  },
};

// Subsampling: the sum of each window, times one weight of its map, and a bias.

import { cellsIn } from '../geometry/regions.js';
import { at, biasOf, weightOf } from './parts/data.js';
import { windowIn } from './parts/strided.js';
import { pool, windowCells } from './pool.js';

/** @import { KindOnPage } from './types.d.ts' */

/** @type {KindOnPage} */
export const subsample = {
  reads: pool.reads,
  feeds: pool.feeds,

  contributions(asked) {
    const weight = weightOf(asked);
    if (!weight) return null;
    const found = windowCells(asked);
    const values = found.values.map((value) => value * at(weight, asked.cell.channel));
    return { ...found, values, how: 'sum', bias: biasOf(asked) };
  },

  /** Each of its windows weighs a cell alike. */
  influences({ weights, layer, cell, own, region }) {
    const weight = weightOf({ weights, layer });
    return weight ? [{ region, value: own * at(weight, cell.channel) * cellsIn(region) }] : [];
  },

  uses(graph, layer, { out }) {
    const { rows, columns } = graph.size(layer.name);
    const first = windowIn(graph, { layer: layer.name, channel: out, row: 0, column: 0 });
    const end = { layer: layer.name, channel: out, row: rows - 1, column: columns - 1 };
    const last = windowIn(graph, end);
    if (!first || !last) return null;
    const span = (/** @type {number} */ from, /** @type {number} */ to) => ({
      first: from,
      step: 1,
      count: to - from,
      from: 0,
    });
    const times = rows * columns;
    return {
      source: layer.inputs[0] ?? '',
      rows: span(first.row0, last.row1),
      columns: span(first.column0, last.column1),
      ...{ times, inside: times, taps: layer.kernel[0] * layer.kernel[1] },
    };
  },
};

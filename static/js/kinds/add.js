// Addition: the cells at the same place of several layers.

import { regionOf } from '../geometry/regions.js';
import { at, dataOf } from './parts/data.js';
import { cellByCell } from './parts/reading.js';

/** @import { KindOnPage } from './types.d.ts' */

/** @type {KindOnPage} */
export const add = {
  ...cellByCell,

  contributions({ graph, trace, layer, cell }) {
    const offset = graph.offset(cell);
    const values = Float64Array.from(layer.inputs, (name) => at(dataOf(trace, name), offset));
    const region = (/** @type {number} */ i) =>
      regionOf({ ...cell, layer: layer.inputs[i] ?? cell.layer });
    return { values, region, how: 'sum' };
  },
};

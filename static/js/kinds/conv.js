// A convolution: filters slide over maps, each with a slice of weights for every map that it reads.

import { among, mapsOf, regionOf, wholeLayer } from '../geometry/regions.js';
import { at, biasOf, dataOf, weightOf } from './parts/data.js';
import { strided, touched } from './parts/strided.js';

/** @import { AnyLayer, Cell, Graph, Region, Tensor } from '../geometry/types.d.ts' */
/** @import { KindOnPage, Steps, Term } from './types.d.ts' */

/** @type {KindOnPage} */
export const conv = {
  reads(graph, layer, region) {
    const maps = new Set(mapsOf(region).flatMap((map) => readMaps(graph, layer, map)));
    const read = [...maps].sort((a, b) => a - b);
    return strided(layer, region).map((source) => among(source, read));
  },

  feeds(graph, layer, cell) {
    const maps = mapsOf(wholeLayer(graph, layer.name)).filter((map) =>
      readMaps(graph, layer, map).includes(cell.channel),
    );
    return touched(layer, cell).map((region) => among(region, maps));
  },

  /** A partial sum for each map that the filter reads. */
  contributions(asked) {
    const { graph, trace, layer, cell, window } = asked;
    const weight = weightOf(asked);
    if (!weight) return null;
    const sum = { how: /** @type {const} */ ('sum'), bias: biasOf(asked) };
    const none = { values: new Float64Array(0), region: () => regionOf(cell) };
    if (!window) return { ...none, ...sum }; // nothing but padding
    const maps = mapsOf(window);
    const mapAt = (/** @type {number} */ i) => among(window, maps.slice(i, i + 1));
    const data = dataOf(trace, window.layer);
    const values = Float64Array.from(maps, (_, i) =>
      windowSum(graph, layer, cell, mapAt(i), data, weight),
    );
    return { values, region: mapAt, ...sum };
  },

  /** One for each map: the sum over the cells that it reaches there. */
  influences({ graph, layer, cell, own, region, ...given }) {
    const weight = weightOf({ layer, ...given });
    if (!weight) return [];
    const { kernel, stride, padding } = layer;
    const { channels } = graph.size(cell.layer);
    const { row0, row1, column0, column1 } = region;
    return mapsOf(region).map((map) => {
      const first = (map * channels + cell.channel) * kernel[0] * kernel[1];
      let sum = 0;
      for (let row = row0; row < row1; row++)
        for (let column = column0; column < column1; column++) {
          const tapRow = cell.row - (row * stride[0] - padding[0]);
          const tapColumn = cell.column - (column * stride[1] - padding[1]);
          sum += at(weight, first + tapRow * kernel[1] + tapColumn);
        }
      return { region: among(region, [map]), value: sum * own };
    });
  },

  terms({ graph, trace, layer, cell, window, weights }) {
    const weight = weightOf({ layer, weights });
    const data = window && trace.get(window.layer)?.data;
    if (!weight || !data) return [];
    const { kernel, stride, padding } = layer;
    const { channels } = graph.size(window.layer);
    /** @type {Term[]} */
    const terms = [];
    for (let channel = window.channel0; channel < window.channel1; channel++)
      for (let row = window.row0; row < window.row1; row++)
        for (let column = window.column0; column < window.column1; column++) {
          const from = { layer: window.layer, channel, row, column };
          const across = column - cell.column * stride[1] + padding[1];
          const down = row - cell.row * stride[0] + padding[0];
          const map = cell.channel * channels + channel;
          const tap = (map * kernel[0] + down) * kernel[1] + across;
          const value = Number(data[graph.offset(from)]) * Number(weight[tap]);
          if (value !== 0) terms.push({ from, value });
        }
    return terms;
  },

  uses(graph, layer, weight) {
    const [source = ''] = layer.inputs;
    const made = graph.size(layer.name);
    const read = graph.size(source);
    if (!readMaps(graph, layer, weight.out).includes(weight.into)) return null;
    const rows = steps(layer, 0, weight.row, made.rows, read.rows);
    const columns = steps(layer, 1, weight.column, made.columns, read.columns);
    const inside = rows.count * columns.count;
    return { source, rows, columns, times: made.rows * made.columns, inside, taps: 1 };
  },
};

/**
 * Which maps below a map of a convolution reads: all, or those that a table names.
 * @param {Graph} graph
 * @param {AnyLayer} layer
 * @param {number} map
 * @returns {readonly number[]} rising
 */
export function readMaps(graph, { inputs, connections }, map) {
  return connections?.[map] ?? mapsOf(wholeLayer(graph, inputs[0] ?? ''));
}

/**
 * Σ weight × value over a window in one map; padding is not in the window and adds nothing.
 * @param {Graph} graph
 * @param {AnyLayer} layer
 * @param {Cell} cell of the layer
 * @param {Region} window
 * @param {Tensor['data']} data of the layer that it reads
 * @param {Tensor['data']} weight (channels out, channels in, kernel rows, kernel columns)
 */
function windowSum(graph, { kernel, stride, padding }, cell, window, data, weight) {
  const { layer, channel0: map, row0, row1, column0, column1 } = window;
  const { channels } = graph.size(layer);
  const first = (cell.channel * channels + map) * kernel[0] * kernel[1];
  const top = cell.row * stride[0] - padding[0];
  const left = cell.column * stride[1] - padding[1];
  let sum = 0;
  for (let row = row0; row < row1; row++) {
    const value = graph.offset({ layer, channel: map, row, column: column0 });
    const tap = first + (row - top) * kernel[1] + column0 - left;
    for (let i = 0; i < column1 - column0; i++) sum += at(data, value + i) * at(weight, tap + i);
  }
  return sum;
}

/**
 * Output r reads input r·stride − padding + tap: those r for which that lies inside.
 * @param {AnyLayer} layer
 * @param {0 | 1} axis
 * @param {number} tap
 * @param {number} made cells along this axis
 * @param {number} read
 * @returns {Steps}
 */
function steps({ stride, padding }, axis, tap, made, read) {
  const [step, pad] = [stride[axis], padding[axis]];
  const from = Math.max(0, Math.ceil((pad - tap) / step));
  const to = Math.min(made - 1, Math.floor((read - 1 + pad - tap) / step));
  return { first: from * step - pad + tap, step, count: Math.max(0, to - from + 1), from };
}

// A whole map: what it is made from one by one, and what can be said of its cells.

import { blocksOf } from '../geometry/regions.js';
import { traitsOf } from '../kinds/traits.js';
import { own } from '../text/numbers.js';
import { hasKernels } from './kernels.js';
import { extremes } from './quantities/scale.js';

/** @import { Graph, LayerSpec, Tensors } from '../geometry/types.d.ts' */

/**
 * The maps that a map is made from one by one: pooling, activations, sums, joins.
 * @param {Graph} graph
 * @param {string} name
 * @param {number} channel
 * @returns {{ layer: string, channel: number }[]} [] where it reads many maps
 */
export function mapsRead(graph, name, channel) {
  const layer = /** @type {LayerSpec} */ (graph.layer(name));
  const { unit } = graph.size(name);
  if (unit || hasKernels(graph, name) || layer.inputs.length === 0) return [];
  const { unknown, joins } = traitsOf(layer);
  if (unknown) return [];
  if (!joins) return layer.inputs.map((source) => ({ layer: source, channel }));
  const block = blocksOf(graph, layer).findLast(({ start }) => start <= channel);
  return block ? [{ layer: block.name, channel: channel - block.start }] : [];
}

/**
 * What can be said of a whole map.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {string} layer
 * @param {number} channel
 * @returns {{ least: string, most: string, mean: string } | null}
 */
export function mapFacts(graph, trace, layer, channel) {
  const data = trace.get(layer)?.data;
  const { rows, columns } = graph.size(layer);
  const area = rows * columns;
  if (!data) return null;
  const [from, to] = [channel * area, (channel + 1) * area];
  const [least, most] = extremes(data, from, to);
  let sum = 0;
  for (let i = from; i < to; i++) sum += Number(data[i]);
  return { least: own(least), most: own(most), mean: own(sum / area) };
}

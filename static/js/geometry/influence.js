// What a cell gives to those that read it: the forward twin of contributions.

import { among, cellsIn, mapsOf, regionOf } from './regions.js';
import { windowOf, readersOf } from './windows.js';

/** @import { Cell, Graph, LayerSpec, Region, Tensor, Tensors } from './types.d.ts' */

/** @typedef {{ region: Region, value: number }} Influence */
/** @typedef {{ graph: Graph, trace: Tensors, weights: Tensors | null, layer: LayerSpec, cell: Cell, own: number }} Given */

/**
 * Signed amounts that a cell adds to its direct readers: a dense unit each, a map of a conv each
 * (the sum over the cells it reaches there), a pooled cell (0 when another one wins).
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Tensors | null} weights
 * @param {Cell} cell
 * @returns {Influence[]} in the order of the readers; conv and dense are absent without weights,
 *   kinds that the page does not know always
 */
export function influences(graph, trace, weights, cell) {
  const own = trace.get(cell.layer)?.data[graph.offset(cell)];
  if (own === undefined) return [];
  return readersOf(graph, cell).flatMap((region) => {
    const layer = /** @type {LayerSpec} */ (graph.layer(region.layer));
    const given = { graph, trace, weights, layer, cell, own };
    if (layer.kind === 'dense') return dense(given);
    if (layer.kind === 'conv') return conv(given, region);
    if (layer.kind === 'softmax') return ownScore(given);
    if (layer.kind === 'subsample') return subsampled(given, region);
    if (layer.kind === 'other') return [];
    return [{ region, value: layer.kind === 'pool' ? pooled(given, region) : own }];
  });
}

/** @param {Given} given @returns {Influence[]} */
function dense({ graph, weights, layer, cell, own }) {
  const weight = weights?.get(`${layer.name}.weight`);
  if (!weight) return [];
  const count = graph.count(cell.layer);
  const from = graph.offset(cell);
  return Array.from({ length: graph.size(layer.name).channels }, (_, unit) => ({
    region: regionOf({ layer: layer.name, channel: unit, row: 0, column: 0 }),
    value: own * at(weight, unit * count + from),
  }));
}

/** @param {Given} given @param {Region} reached @returns {Influence[]} one a map */
function conv({ graph, weights, layer, cell, own }, reached) {
  const weight = weights?.get(`${layer.name}.weight`);
  if (!weight) return [];
  const { kernel, stride, padding } = layer;
  const { channels } = graph.size(cell.layer);
  const { row0, row1, column0, column1 } = reached;
  return mapsOf(reached).map((map) => {
    const first = (map * channels + cell.channel) * kernel[0] * kernel[1];
    let sum = 0;
    for (let row = row0; row < row1; row++)
      for (let column = column0; column < column1; column++) {
        const tapRow = cell.row - (row * stride[0] - padding[0]);
        const tapColumn = cell.column - (column * stride[1] - padding[1]);
        sum += at(weight, first + tapRow * kernel[1] + tapColumn);
      }
    return { region: among(reached, [map]), value: sum * own };
  });
}

/** Each of its windows weighs it alike. */
/** @param {Given} given @param {Region} region @returns {Influence[]} */
function subsampled({ weights, layer, cell, own }, region) {
  const weight = weights?.get(`${layer.name}.weight`);
  return weight ? [{ region, value: own * at(weight, cell.channel) * cellsIn(region) }] : [];
}

/** A softmax unit reads every score; its own one is what speaks for it. */
/** @param {Given} given @returns {Influence[]} */
function ownScore({ layer, cell, own }) {
  return [{ region: regionOf({ ...cell, layer: layer.name }), value: own }];
}

/** @param {Given} given @param {Region} region */
function pooled({ graph, trace, layer, cell, own }, region) {
  const { channel0: channel, row0, row1, column0, column1 } = region;
  let count = 0;
  for (let row = row0; row < row1; row++)
    for (let column = column0; column < column1; column++)
      if (
        layer.mode !== 'max' ||
        wins(graph, trace, cell, { layer: layer.name, channel, row, column })
      )
        count++;
  return (own * count) / (layer.mode === 'average' ? layer.kernel[0] * layer.kernel[1] : 1);
}

/**
 * Whether a max pooling takes this cell: the first of the largest in its window.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Cell} cell
 * @param {Cell} reader of a pooling layer
 */
export function wins(graph, trace, cell, reader) {
  const winner = winnerOf(graph, trace, reader);
  return winner !== null && graph.offset(winner) === graph.offset(cell);
}

/**
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Cell} reader of a max pooling layer
 * @returns {Cell | null} null where the window is all padding
 */
export function winnerOf(graph, trace, reader) {
  const [window] = windowOf(graph, reader);
  const data = window && trace.get(window.layer)?.data;
  if (!data) return null;
  const { layer, row0, row1, column0, column1 } = window;
  /** @type {Cell | null} */
  let winner = null;
  let most = -Infinity;
  for (let row = row0; row < row1; row++)
    for (let column = column0; column < column1; column++) {
      const cell = { layer, channel: reader.channel, row, column };
      const value = data[graph.offset(cell)] ?? -Infinity;
      if (value <= most && winner) continue;
      [winner, most] = [cell, value];
    }
  return winner;
}

/** @param {Tensor} tensor @param {number} index inside the data */
function at({ data }, index) {
  return /** @type {number} */ (data[index]);
}

// Fully connected: each unit reads every cell, with a weight of its own for each.

import { regionOf } from '../geometry/regions.js';
import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { account, unitProducts } from './dense/account.js';
import { channelNoun } from './names.js';
import { at, biasOf, weightOf } from './parts/data.js';
import { mapLabel } from './parts/labels.js';
import { everything } from './parts/reading.js';
import { behind, foldedBlock, rowMajor } from './parts/weights.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Weights } from './types.d.ts' */

/** @type {Weights} */
const weights = {
  ...rowMajor((graph, { inputs: [source = ''] }) => graph.size(source)),

  blocks(graph, { inputs: [source = ''] }, out) {
    const count = graph.count(source);
    const home = behind(graph, source);
    const block = foldedBlock(home);
    const terms = block.terms.map((term) => (term < 0 ? -1 : out * count + term));
    return [{ ...block, terms, label: home.layer, out, into: -1 }];
  },

  uses(_, { inputs }, { row, column }) {
    const one = (/** @type {number} */ first) => ({ first, step: 1, count: 1, from: 0 });
    const [source = ''] = inputs;
    return { source, rows: one(row), columns: one(column), times: 1, inside: 1, taps: 1 };
  },

  used: () => message('dense.used'),

  name(graph, { name, inputs: [source = ''] }, { out, into, row, column }) {
    const place = placeOf(graph, { layer: source, channel: into, row, column });
    return message('dense.weight', { layer: name, out, place });
  },

  filter: (graph, { inputs: [source = ''] }) =>
    sentences().denseFilter({ count: graph.count(source), layer: behind(graph, source).layer }),

  all(_, { parameters }) {
    const [count = 0, ...rest] = parameters['weight'] ?? [];
    const each = rest.reduce((a, b) => a * b, 1);
    return sentences().denseKernels({ count, each });
  },

  title: (graph, _, read) => message(`dense.laid-out.${channelNoun(graph, read)}`),
};

/** @type {KindOnPage} */
export const dense = {
  ...everything,

  contributions(asked) {
    const read = unitProducts(asked);
    if (!read) return null;
    const region = (/** @type {number} */ i) => regionOf(asked.graph.cellAt(read.source, i));
    return { values: read.products, region, how: 'sum', bias: biasOf(asked) };
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

  title: () => message('dense.title'),
  does: (graph, { name, inputs: [source = ''] }) =>
    sentences().denseDoes(graph.size(name).channels, source),
  is: (_, { parameters }) => message('dense.is', { count: parameters['weight']?.[1] ?? 0 }),

  operations: (graph, { name, inputs: [source = ''] }) => ({
    factors: [graph.size(name).channels, graph.count(source)],
    noun: 'multiply-add',
    factorText: message('dense.factors'),
  }),

  account,
  weights,
};

/** @param {Graph} graph @param {Cell} cell of what a unit reads */
function placeOf(graph, cell) {
  const { layer: home } = behind(graph, cell.layer);
  const { channel, row, column } = graph.cellAt(home, graph.offset(cell));
  if (graph.size(home).unit) return message('place.unit-of', { channel, layer: home });
  return message('place.in-map', { map: mapLabel(graph, home, channel), row, column });
}

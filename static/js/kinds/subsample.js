// Subsampling: the sum of each window, times one weight of its map, and a bias.

import { cellsIn } from '../geometry/regions.js';
import { pairText } from '../text/numbers.js';
import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { account as convolved } from './conv/account.js';
import { productReceipt } from './conv/receipt.js';
import { channelNoun } from './traits.js';
import { at, biasOf, weightOf } from './parts/data.js';
import { mapLabel } from './parts/labels.js';
import { readAll, windowCode, windowLines } from './parts/lines.js';
import { windowIn } from './parts/reading.js';
import { pool, windowCells } from './pool.js';

/** @import { Filter, Read } from './conv/receipt.js' */
/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Account, ConvReceipt, ReceiptAsked } from './receipt.d.ts' */
/** @import { Asked, Weights } from './types.d.ts' */

/** It is a convolution of one map, with one weight for the whole window. @type {Account<ConvReceipt>} */
const account = {
  ...convolved,
  receipt: (asked) => productReceipt(asked, oneWeight, (read) => why(asked, read)),

  code({ graph, cell, source }) {
    const parameter = (/** @type {string} */ name) => readAll(`${cell.layer}.${name}`);
    return [
      ...windowLines(graph, cell, source),
      `weight = ${parameter('weight')}[channel]  # ${message(`code.whole.${channelNoun(graph, cell.layer)}`)}`,
      `bias = ${parameter('bias')}[channel]`,
      '',
      `window = ${windowCode('channel')}`,
      'products = window * weight',
      'value = products.sum() + bias',
    ];
  },
};

/** @type {Weights} */
const weights = {
  blocks(graph, { inputs: [source = ''] }, out) {
    const terms = Int32Array.of(out);
    return [{ label: mapLabel(graph, source, out), out, into: out, wide: 1, high: 1, terms }];
  },

  at: (_, { name }, term) => ({ layer: name, out: term, into: term, row: 0, column: 0 }),
  term: (_, __, { out }) => out,

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

  name: (graph, { name }, { out }) =>
    message(`subsample.weight.${channelNoun(graph, name)}`, { layer: name, out }),
  filter: (graph, { name }) => message(`subsample.filter.${channelNoun(graph, name)}`),
  all: (graph, { name, parameters }) =>
    sentences().subsampleKernels(parameters['weight']?.[0] ?? 0, channelNoun(graph, name)),
  title: (_, out) => message('kernel.of', { out }),
};

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

  title: ({ kernel }) => message('subsample.title', { size: pairText(kernel) }),
  does: (graph, { name, kernel, inputs: [source] }) =>
    message(`subsample.does.${channelNoun(graph, name)}`, {
      ...{ size: pairText(kernel), source: source ?? '' },
    }),
  is: (graph, { name }) => message(`subsample.is.${channelNoun(graph, name)}`),

  operations: (graph, { name, kernel }) => ({
    factors: [graph.count(name), kernel[0] * kernel[1]],
    noun: 'addition',
    factorText: message('subsample.factors'),
  }),

  account,
  weights,
};

/** @param {Asked} asked @param {Float32Array} weight (channels) @returns {Filter} */
function oneWeight({ layer, cell }, weight) {
  const taps = layer.kernel[0] * layer.kernel[1];
  const kernel = new Float32Array(taps).fill(at(weight, cell.channel));
  return { channels: [cell.channel], kernel, shared: true };
}

/** @param {ReceiptAsked} asked @param {Read} read */
function why({ graph, cell }, { source, taps }) {
  const [from, to] = [graph.size(source), graph.size(cell.layer)];
  return sentences().whyOneWeight({
    ...{ source, noun: channelNoun(graph, cell.layer), channel: cell.channel, cells: taps },
    before: pairText([from.rows, from.columns]),
    after: pairText([to.rows, to.columns]),
  });
}

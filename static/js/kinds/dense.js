// Fully connected: each unit reads every cell, with a weight of its own for each; its account is one
// sum of weight × value.

import { regionOf } from '../geometry/regions.js';
import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { channelNoun } from './traits.js';
import { at, biasOf, dataOf, largestOf, magnitudeOf, sumOf, weightOf } from './parts/data.js';
import { biasPieces, loudest, nounOf, placeRun, says, together } from './parts/gist.js';
import { cellLabel, mapLabel, shortLabel } from './parts/labels.js';
import { flat, readAll } from './parts/lines.js';
import { indexed, list, mi, mn, mo, msub, sumOver } from './parts/mathml.js';
import { everything } from './parts/reading.js';
import { columnsOf, itemRow, row, write } from './parts/rows.js';
import { addsUp, paragraph } from './parts/runs.js';
import { waterfall } from './parts/waterfall.js';
import { behind, foldedBlock, rowMajor } from './parts/weights.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Account, DenseReceipt, Found, Paragraph, ReceiptAsked, Table } from './receipt.d.ts' */
/** @import { Asked, Weights } from './types.d.ts' */

/** @type {Account<DenseReceipt>} */
const account = {
  receipt: denseReceipt,
  gist: denseGist,
  words: denseWords,
  table: denseTable,

  code({ cell, source, count, graph }) {
    const parameter = (/** @type {string} */ name) => readAll(`${cell.layer}.${name}`);
    return [
      `x = ${readAll(source)}${flat(graph, source)}  # ${message('code.values', { count })}`,
      `unit = ${cell.channel}`,
      `weight = ${parameter('weight')}[unit]  # ${message('code.each')}`,
      `bias = ${parameter('bias')}[unit]`,
      '',
      'terms = weight * x',
      `order = np.argsort(-terms)  # ${message('code.order')}`,
      'value = terms.sum() + bias',
    ];
  },

  symbols({ folded, source, count, cell, graph }) {
    const weight = msub(mi('w'), list(cell.channel, 'j'));
    const maps = graph.size(source).unit ? source : `flat(${source})`;
    const name = folded.layer === source ? maps : source;
    return [
      ...[sumOver('j', count - 1), indexed(name, 'j'), mo('·'), weight],
      ...[mo('+'), msub(mi('b'), mn(cell.channel))],
    ];
  },
};

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

/** @param {DenseReceipt} receipt @returns {Paragraph[]} */
function denseGist(receipt) {
  const { graph, count, products, above, below, folded, originAt, bias, digits } = receipt;
  const { layer } = folded;
  const noun = nounOf(graph, layer);
  const named = (/** @type {number} */ term) => placeRun(graph, originAt(term));
  return [
    ...together(says(receipt), [
      sentences().argued({ of: count, above, below, noun, where: 'layer', layer, padding: 0 }),
    ]),
    ...together(
      loudest({ terms: products, digits, named, noun }),
      biasPieces(bias, digits, !above && !below),
    ),
  ];
}

/** @param {DenseReceipt} receipt @returns {Paragraph[]} */
function denseWords(receipt) {
  const { graph, count, source, above, below, zero, equations } = receipt;
  const noun = graph.size(source).unit ? 'unit' : 'cell';
  const reads = [sentences().denseReads({ count, noun, source, above, below, zero })];
  const sums = equations.map((equation) => paragraph('sum', addsUp(equation)));
  return [paragraph('reads', reads), ...sums];
}

/** @param {DenseReceipt} receipt @param {number} most @returns {Table} */
function denseTable(receipt, most) {
  const { above, below, zero, name, count } = receipt;
  const half = Math.ceil(most / 2);
  const equation =
    above + below <= most
      ? waterfall(receipt, above, below)
      : waterfall(receipt, half, most - half);
  const rows = equation.items.map((item) => {
    const { input = '', weight = '' } = item.factors ?? {};
    return itemRow(item, input, weight, item.signedText, write(item.to, equation.digits));
  });
  if (zero) rows.push(row('fact', message('table.zero', { count: zero }), ['', '', '', '']));
  return {
    caption: message('dense.caption', { name, count }),
    columns: columnsOf('from', ['value', 'weight', 'product', 'total']),
    rows: [...rows, itemRow(equation.total, '', '', equation.total.signedText, '')],
  };
}

/**
 * @param {ReceiptAsked} asked
 * @returns {Found<DenseReceipt> | null} null without weights
 */
function denseReceipt(asked) {
  const { graph, cell, value } = asked;
  const read = unitProducts(asked);
  if (!read) return null;
  const { source, count, values, weights, products } = read;
  const bias = biasOf(asked);
  const folded = behind(graph, source);
  const originAt = (/** @type {number} */ term) => graph.cellAt(folded.layer, term);
  const known = {
    ...{ ...read, bias, folded, originAt },
    ...sortedBy(products),
    largest: {
      value: largestOf(values),
      weight: largestOf(weights),
      product: largestOf(products),
    },
    cellAt: (/** @type {number} */ term) => graph.cellAt(source, term),
    labelOf: (/** @type {number} */ term) => cellLabel(graph, originAt(term)),
    shortOf: (/** @type {number} */ term) => shortLabel(graph, originAt(term)),
  };
  const equation = waterfall({ ...known, graph, value, cell });
  return {
    diagram: 'terms',
    ...known,
    equations: [equation],
    exact: { sum: sumOf(products, bias), magnitude: magnitudeOf(products) + Math.abs(bias) },
    check: `${message('dense.made', { count })} = ${equation.total.signedText}`,
    why: sentences().whereItLooks({ ...known, ...folded }),
  };
}

/**
 * Weight × value for each cell that a unit reads.
 * @param {Asked} asked
 */
function unitProducts(asked) {
  const weight = weightOf(asked);
  if (!weight) return null;
  const [source = ''] = asked.layer.inputs;
  const values = dataOf(asked.trace, source);
  const count = values.length;
  const weights = weight.subarray(asked.cell.channel * count, (asked.cell.channel + 1) * count);
  const products = new Float64Array(values).map((value, i) => value * at(weights, i));
  return { source, count, values, weights, products };
}

/** Largest first, the most negative last, equal ones in their order. */
/** @param {Float64Array} products */
function sortedBy(products) {
  const order = Uint32Array.from(products, (_, i) => i);
  order.sort((a, b) => at(products, b) - at(products, a) || a - b);
  const above = products.filter((product) => product > 0).length;
  const below = products.filter((product) => product < 0).length;
  return { order, above, below, zero: products.length - above - below };
}

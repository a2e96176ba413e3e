// The receipt of a fully connected unit: all its terms, sorted, folded back into the maps they read.

import { traitsOf } from '../../kinds/traits.js';
import { counted } from '../../text/counts.js';
import { roughly } from '../../text/numbers.js';
import { roundingOf } from './equation.js';
import {
  at,
  biasOf,
  cellLabel,
  dataOf,
  difference,
  largestOf,
  magnitudeOf,
  mapLabel,
  shortLabel,
} from './shared.js';
import { waterfall } from './waterfall.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { DenseReceipt } from './types.d.ts' */
/** @import { Asked, Found } from './shared.js' */

/**
 * @param {Asked} asked
 * @returns {Found<DenseReceipt> | null} null without weights
 */
export function denseReceipt(asked) {
  const { graph, cell, value } = asked;
  const weight = asked.weights?.get(`${asked.layer.name}.weight`)?.data;
  if (!weight) return null;
  const read = productsOf(asked, /** @type {Float32Array} */ (weight));
  const { products, values, weights, source, bias } = read;
  const sorted = sortedBy(products);
  const largest = {
    value: largestOf(values),
    weight: largestOf(weights),
    product: largestOf(products),
  };
  const folded = foldedBack(graph, source);
  const originAt = (/** @type {number} */ term) => graph.cellAt(folded.layer, term);
  const known = {
    ...read,
    ...sorted,
    ...{ largest, folded, originAt },
    cellAt: (/** @type {number} */ term) => graph.cellAt(source, term),
    labelOf: (/** @type {number} */ term) => cellLabel(graph, originAt(term)),
    shortOf: (/** @type {number} */ term) => shortLabel(graph, originAt(term)),
    totalLabel: mapLabel(graph, cell.layer, cell.channel),
  };
  const equation = waterfall({ ...known, value, cell });
  const magnitudes = magnitudeOf(products) + Math.abs(bias);
  const exact = products.reduce((sum, product) => sum + product, bias);
  const rounding = roundingOf(value, exact, magnitudes, roughly);
  const total = equation.total.signedText;
  return {
    kind: 'dense',
    ...known,
    ...{ equation, equations: [equation], rounding },
    check: `${counted(products.length, 'term')} + bias = ${total}${difference(rounding)}`,
    why: why(known),
  };
}

/** @param {Asked} asked @param {Float32Array} weight (units, cells that it reads) */
function productsOf(asked, weight) {
  const [source = ''] = asked.layer.inputs;
  const values = dataOf(asked.trace, source);
  const count = values.length;
  const weights = weight.subarray(asked.cell.channel * count, (asked.cell.channel + 1) * count);
  const products = new Float64Array(count);
  for (let i = 0; i < count; i++) products[i] = at(values, i) * at(weights, i);
  return { source, count, values, weights, products, bias: biasOf(asked) };
}

/** Largest first, the most negative last, equal ones in their order. */
/** @param {Float64Array} products */
function sortedBy(products) {
  const order = Uint32Array.from(products, (_, i) => i);
  order.sort((a, b) => at(products, b) - at(products, a) || a - b);
  let [above, below, sumAbove, sumBelow] = [0, 0, 0, 0];
  for (const product of products)
    if (product > 0) {
      above++;
      sumAbove += product;
    } else if (product < 0) {
      below++;
      sumBelow += product;
    }
  return { order, above, below, zero: products.length - above - below, sumAbove, sumBelow };
}

/** The maps that lie behind flatten and activations; what it reads itself where there are none. */
/** @param {Graph} graph @param {string} source */
function foldedBack(graph, source) {
  let layer = graph.layer(source);
  while (graph.size(layer.name).unit && traitsOf(layer).passes)
    layer = graph.layer(layer.inputs[0] ?? graph.input);
  const name = graph.size(layer.name).unit ? source : layer.name;
  const { channels, rows, columns } = graph.size(name);
  return { layer: name, channels, rows, columns };
}

/** @param {Pick<DenseReceipt, 'count' | 'above' | 'below' | 'zero' | 'folded'>} receipt */
function why({ count, above, below, zero, folded }) {
  const { layer, channels, rows, columns } = folded;
  const weights = `Its ${counted(count, 'weight')}`;
  const maps = `the ${counted(channels, 'map')} of ${layer} that they read`;
  const where = channels === 1 ? `the ${rows} × ${columns} cells of ${layer}` : maps;
  const back = rows * columns > 1 ? `, folded back into ${where},` : '';
  const noun = rows * columns > 1 ? 'place' : 'unit';
  const none = zero ? ` ${counted(zero, 'term')} ${zero === 1 ? 'is' : 'are'} 0.` : '';
  return {
    title: 'Where it looks.',
    text:
      `${weights}${back} show which ${noun}s speak for it (blue) and against it (orange). ` +
      `In this drawing ${above} ${above === 1 ? 'counts' : 'count'} for it, ${below} against.${none}`,
  };
}

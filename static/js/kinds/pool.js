// Pooling: of each window of a map the largest cell, the sum, the mean, or the root of the squares.

import { regionOf } from '../geometry/regions.js';
import { pairText } from '../text/numbers.js';
import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { channelNoun } from './traits.js';
import { at, dataOf } from './parts/data.js';
import { strided, tapsOf, touched, wins } from './parts/reading.js';
import { account } from './pool/account.js';
import { divisorOf } from './pool/sums.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Asked, Part } from './types.d.ts' */

/** @type {KindOnPage} */
export const pool = {
  reads: (_, layer, region) => strided(layer, region),
  feeds: (_, layer, cell) => touched(layer, cell),

  contributions(asked) {
    const found = windowCells(asked);
    const { values } = found;
    if (!values.length || asked.layer.mode !== 'max') return { ...found, how: 'sum' };
    return { ...found, how: 'max', winner: values.indexOf(Math.max(...values)) };
  },

  /** 0 where another cell wins. */
  influences({ graph, trace, layer, cell, own, region }) {
    const { channel0: channel, row0, row1, column0, column1 } = region;
    let value = 0;
    for (let row = row0; row < row1; row++)
      for (let column = column0; column < column1; column++) {
        const reader = { layer: layer.name, channel, row, column };
        if (layer.mode === 'l2') value += shareOf(own, valueOf(graph, trace, reader));
        else if (layer.mode !== 'max' || wins(graph, trace, cell, reader)) value += own;
      }
    return [{ region, value: value / divisorOf(layer) }];
  },

  title: ({ mode, kernel }) => message(`pool.title.${mode ?? 'max'}`, { size: pairText(kernel) }),

  does(graph, { name, mode, kernel, inputs: [source] }) {
    return sentences().poolDoes({
      ...{ mode: mode ?? 'max', kernel: pairText(kernel), source: source ?? '' },
      noun: channelNoun(graph, name),
    });
  },

  is: (_, { mode }) => message(`pool.is.${mode ?? 'max'}`),

  operations(graph, { name, kernel, mode }) {
    const taps = kernel[0] * kernel[1];
    if (mode === 'l2')
      return {
        factors: [graph.count(name), taps],
        noun: 'multiply-add',
        factorText: message('pool.squares'),
      };
    return {
      factors: [graph.count(name), taps - 1],
      noun: mode === 'max' ? 'comparison' : 'addition',
      factorText: message('pool.factors', { taps }),
    };
  },

  account,
};

/**
 * The cells of a window: candidates of a maximum, addends of a sum or an average.
 * @param {Asked} asked
 * @returns {Part}
 */
export function windowCells({ graph, trace, layer, cell }) {
  const whole = layer.mode === 'l2' ? valueOf(graph, trace, cell) : 0;
  const { source, inside, read, cellAt } = tapsOf(graph, layer, cell);
  const data = dataOf(trace, source);
  const taps = [...inside.keys()].filter((tap) => inside[tap]);
  const share = divisorOf(layer);
  const values = Float64Array.from(taps, (tap) => {
    const value = read(data, cell.channel, tap);
    return layer.mode === 'l2' ? shareOf(value, whole) : value / share;
  });
  return { values, region: (i) => regionOf(cellAt(cell.channel, at(taps, i)) ?? cell) };
}

/**
 * A root of a sum of squares is the sum of each square divided by that root: the cell's share in it.
 * @param {number} value
 * @param {number} root
 */
function shareOf(value, root) {
  return root === 0 ? 0 : (value * value) / root;
}

/** @param {Graph} graph @param {Tensors} trace @param {Cell} cell */
function valueOf(graph, trace, cell) {
  return at(dataOf(trace, cell.layer), graph.offset(cell));
}

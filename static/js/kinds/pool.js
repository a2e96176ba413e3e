// Pooling: of each window of a map the largest cell, the sum, or the mean.

import { regionOf } from '../geometry/regions.js';
import { pairText } from '../text/counts.js';
import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { channelNoun } from './names.js';
import { at, dataOf, product } from './parts/shared.js';
import { strided, touched, wins } from './parts/strided.js';
import { account } from './pool/account.js';

/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Asked, Part } from './types.d.ts' */

/** @type {KindOnPage} */
export const pool = {
  reads: (_, layer, region) => strided(layer, region),
  feeds: (_, layer, cell) => touched(layer, cell),

  contributions(asked) {
    const found = windowCells(asked);
    if (!asked.window || asked.layer.mode !== 'max') return { ...found, how: 'sum' };
    const { values } = found;
    return { ...found, how: 'max', winner: values.indexOf(Math.max(...values)) };
  },

  /** 0 where another cell wins. */
  influences({ graph, trace, layer, cell, own, region }) {
    const { channel0: channel, row0, row1, column0, column1 } = region;
    let count = 0;
    for (let row = row0; row < row1; row++)
      for (let column = column0; column < column1; column++)
        if (
          layer.mode !== 'max' ||
          wins(graph, trace, cell, { layer: layer.name, channel, row, column })
        )
          count++;
    const share = layer.mode === 'average' ? layer.kernel[0] * layer.kernel[1] : 1;
    return [{ region, value: (own * count) / share }];
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
    const noun = mode === 'max' ? 'comparison' : 'addition';
    return product([graph.count(name), taps - 1], noun, message('pool.factors', { taps }));
  },

  account,
};

/**
 * The cells of a window: candidates of a maximum, addends of a sum or an average.
 * @param {Asked} asked
 * @returns {Part}
 */
export function windowCells({ graph, trace, layer, cell, window }) {
  if (!window) return { values: new Float64Array(0), region: () => regionOf(cell) };
  const { row0, row1, column0, column1 } = window;
  const across = column1 - column0;
  const data = dataOf(trace, window.layer);
  const share = layer.mode === 'average' ? layer.kernel[0] * layer.kernel[1] : 1;
  const cellOf = (/** @type {number} */ i) => ({
    layer: window.layer,
    channel: cell.channel,
    row: row0 + Math.floor(i / across),
    column: column0 + (i % across),
  });
  const values = new Float64Array((row1 - row0) * across);
  for (let i = 0; i < values.length; i++) values[i] = at(data, graph.offset(cellOf(i))) / share;
  return { values, region: (/** @type {number} */ i) => regionOf(cellOf(i)) };
}

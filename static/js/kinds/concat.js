// Concatenation: the maps of several layers stand side by side.

import { blocksOf } from '../geometry/graph.js';
import { regionOf } from '../geometry/regions.js';
import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { channelNoun } from './traits.js';
import { passing } from './parts/passed.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const concat = {
  reads: (graph, layer, region) =>
    blocksOf(graph, layer).map(({ name, start }) => ({
      ...region,
      layer: name,
      channel0: region.channel0 - start,
      channel1: region.channel1 - start,
      ...(region.maps && { maps: region.maps.map((map) => map - start) }),
    })),

  feeds: (graph, layer, cell) =>
    blocksOf(graph, layer)
      .filter(({ name }) => name === cell.layer)
      .map(({ start }) => ({
        ...regionOf(cell),
        layer: layer.name,
        channel0: cell.channel + start,
        channel1: cell.channel + start + 1,
      })),

  ...passing(
    'concat',
    ({ graph, layer, cell }) => {
      const block = blocksOf(graph, layer).findLast(({ start }) => start <= cell.channel);
      const { name, start } = block ?? { name: layer.inputs[0] ?? '', start: 0 };
      return { ...cell, layer: name, channel: cell.channel - start };
    },
    ({ graph, cell }) => message(`concat.passes.${channelNoun(graph, cell.layer)}`),
  ),

  title: () => 'concat',
  does: (graph, { name, inputs }) => sentences().concatDoes(inputs, channelNoun(graph, name)),
  is: () => message('concat.is'),
};

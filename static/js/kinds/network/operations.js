// How much a layer computes for one image.

import { kindOf } from '../index.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { Operations } from '../types.d.ts' */

/**
 * What meets padding is counted, too: the hardware computes it like the rest.
 * @param {Graph} graph
 * @param {string} name
 * @returns {Operations | null} null for what computes nothing, and where the page cannot know
 */
export function operationsOf(graph, name) {
  const layer = graph.layer(name);
  return kindOf(layer).operations?.(graph, layer) ?? null;
}

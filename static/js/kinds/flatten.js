// Flatten: all cells of its maps in one long row.

import { regionOf, reshaped } from '../geometry/regions.js';
import { message } from '../text/messages.js';
import { passing } from './parts/passed.js';

/** @import { KindOnPage } from './kind.d.ts' */

/** @type {KindOnPage} */
export const flatten = {
  reads: (graph, { inputs }, region) => inputs.map((name) => reshaped(graph, region, name)),
  feeds: (graph, { name }, cell) => [
    regionOf({ layer: name, channel: graph.offset(cell), row: 0, column: 0 }),
  ],
  ...passing(
    'flatten',
    ({ graph, layer, cell }) => graph.cellAt(layer.inputs[0] ?? '', graph.offset(cell)),
    () => message('flatten.passes'),
  ),

  title: () => 'flatten',
  does: (_, { inputs: [source] }) => message('flatten.does', { source: source ?? '' }),
  is: () => message('flatten.is'),
};

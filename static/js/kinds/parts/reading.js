// Ways of reading that several kinds share: cell by cell, or everything at once.

import { clipped, regionOf, wholeLayer } from '../../geometry/regions.js';
import { at, dataOf } from './shared.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Asked, Geometry, Part } from '../types.d.ts' */

/** Each cell reads the cell at its own place in every input. @satisfies {Partial<Geometry>} */
export const cellByCell = {
  /** @type {Geometry['reads']} */
  reads: (_, { inputs }, region) => inputs.map((layer) => ({ ...region, layer })),
  /** @type {Geometry['feeds']} */
  feeds: (_, { name }, cell) => [{ ...regionOf(cell), layer: name }],
  /** @type {Geometry['contributions']} */
  contributions: (asked) => oneCell(asked, { ...asked.cell, layer: asked.layer.inputs[0] ?? '' }),
  /** @type {Geometry['influences']} */
  influences: ({ region, own }) => [{ region, value: own }],
};

/** Each cell reads all cells of every input. @satisfies {Partial<Geometry>} */
export const everything = {
  /** @type {Geometry['reads']} */
  reads: (graph, { inputs }) => inputs.map((name) => wholeLayer(graph, name)),
  /** @type {Geometry['feeds']} */
  feeds: (graph, { name }) => [wholeLayer(graph, name)],
};

/**
 * The value of one cell, passed on.
 * @param {Asked} asked
 * @param {Cell} cell that is read
 * @returns {Part | null}
 */
export function oneCell({ graph, trace }, cell) {
  const region = clipped(graph, regionOf(cell));
  if (!region) return null;
  const values = Float64Array.of(at(dataOf(trace, cell.layer), graph.offset(cell)));
  return { values, region: () => region };
}

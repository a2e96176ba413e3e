// Two readings side by side: which layers correspond, and one scale for both.

import { ranges } from './quantities/scale.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Range, Scale } from './types.d.ts' */

/**
 * The layers of two networks that stand for the same thing: their images, their answers, and
 * layers of one name, kind and shape.
 *
 * @param {Graph} a
 * @param {Graph} b
 * @returns {Map<string, string>} of b by those of a
 */
export function correspondence(a, b) {
  /** @type {Map<string, string>} */
  const found = new Map([[a.input, b.input]]);
  for (const name of a.names) {
    if (!b.names.includes(name)) continue;
    const [one, other] = [a.layer(name), b.layer(name)];
    if (one.kind !== other.kind || one.called !== other.called) continue;
    if (sameSize(a, name, b, name)) found.set(name, name);
  }
  if (sameSize(a, a.output, b, b.output)) found.set(a.output, b.output);
  return found;
}

/**
 * @param {Graph} a
 * @param {string} one
 * @param {Graph} b
 * @param {string} other
 */
function sameSize(a, one, b, other) {
  const [x, y] = [a.size(one), b.size(other)];
  return x.channels === y.channels && x.rows === y.rows && x.columns === y.columns;
}

/**
 * The cell of another network that corresponds to one. Images may have borders of their own.
 *
 * @param {ReadonlyMap<string, string>} corresponding
 * @param {Graph} from
 * @param {Graph} to
 * @param {Cell | null} cell
 * @returns {Cell | null}
 */
export function translated(corresponding, from, to, cell) {
  const layer = cell && corresponding.get(cell.layer);
  if (!layer) return null;
  if (cell.layer !== from.input) return { ...cell, layer };
  const by = to.spec.input.border - from.spec.input.border;
  const there = { ...cell, layer, row: cell.row + by, column: cell.column + by };
  return to.valid(there) ? there : null;
}

/**
 * @param {ReadonlyMap<string, string>} corresponding
 * @returns {Map<string, string>} the other way round
 */
export function inverse(corresponding) {
  return new Map([...corresponding].map(([a, b]) => [b, a]));
}

/**
 * @typedef {object} Reading
 * @property {Graph} graph
 * @property {Tensors | null} trace
 */

/**
 * One scale for two readings: the larger limit of each pair of layers.
 *
 * @param {Reading} a
 * @param {Reading} b
 * @param {ReadonlyMap<string, string>} corresponding of b by those of a
 * @param {Scale} scale under 'network' it is one for all layers of both
 * @returns {{ a: Map<string, number>, b: Map<string, number> }} limits by layer
 */
export function sharedLimits(a, b, corresponding, scale) {
  const [ofA, ofB] = [limitsOf(a), limitsOf(b)];
  if (scale === 'network') {
    const most = Math.max(0, ...ofA.values(), ...ofB.values());
    for (const limits of [ofA, ofB]) for (const name of limits.keys()) limits.set(name, most);
  }
  for (const [one, other] of corresponding) {
    if (!ofA.has(one) && !ofB.has(other)) continue; // images keep their own scale
    const limit = Math.max(ofA.get(one) ?? 0, ofB.get(other) ?? 0);
    ofA.set(one, limit);
    ofB.set(other, limit);
  }
  return { a: ofA, b: ofB };
}

/** @param {Reading} reading */
function limitsOf({ graph, trace }) {
  /** @type {Map<string, Range>} */
  const all = trace ? ranges(graph, trace, 'layer') : new Map();
  const layers = [...all.values()].filter(({ image }) => !image);
  return new Map(layers.map(({ layer, limit }) => [layer, limit]));
}

// Which cells are of one size: equal shapes, and a pooled map with what it is pooled from.

import { traitsOf } from '../kinds/traits.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Folded } from './fold.js' */
/** @import { Node } from './nodes.js' */
/** @import { Cells } from './types.d.ts' */

/**
 * The cells of all layers of one shape.
 * @typedef {object} Size
 * @property {string} key
 * @property {'map' | 'unit' | 'read'} kind
 * @property {number} rows of one map @property {number} columns
 * @property {Size} leader a pooled shape follows what it is pooled from; itself where it leads
 * @property {number | undefined} given side of its cells, device px, where they are not for this picture to choose
 */

/**
 * Pooling that makes cells of one size from cells of another. Drawn larger than by its stride, a map
 * still is at most so many times its source's cells that nobody takes pooling for enlarging.
 * @typedef {{ from: Size, to: Size, most: number, alone: boolean }} Pooling alone: no lane of many, where a caption has little room
 */

/** @typedef {{ of: ReadonlyMap<string, Size>, sizes: Size[], poolings: Pooling[] }} Sizes by layer */

/** Of its source's side: the largest that is seen to be smaller at once. */
const SMALLER = 0.75;

/**
 * @param {Graph} graph
 * @param {Folded} folded
 * @param {readonly (readonly Node[])[]} runs all of the picture
 * @param {Cells} [given]
 * @returns {Sizes}
 */
export function sizesOf(graph, folded, runs, given) {
  /** @type {Map<string, Size>} */
  const byKey = new Map();
  /** @type {Map<string, Size>} */
  const of = new Map();
  for (const run of runs) {
    const answer = run.some(({ look }) => look === 'bars');
    for (const { name, look, rows, columns } of run) {
      const kind = answer ? 'read' : look === 'units' ? 'unit' : 'map';
      const key = kind === 'map' ? `${rows} × ${columns}` : kind;
      const size = byKey.get(key) ?? alone(key, kind, rows, columns, given?.get(key));
      byKey.set(key, size);
      of.set(name, size);
    }
  }
  const sizes = [...byKey.values()];
  const poolings = poolingsOf(graph, folded, of);
  for (const { from, to } of poolings) if (to.kind === 'map') join(sizes, from, to);
  return { of, sizes, poolings };
}

/** @param {string} key @param {Size['kind']} kind @param {number} rows @param {number} columns @param {number | undefined} given @returns {Size} */
function alone(key, kind, rows, columns, given) {
  const size = { key, kind, rows, columns, given, leader: /** @type {Size} */ ({}) };
  size.leader = size;
  return size;
}

/** @param {readonly Size[]} sizes @param {Size} from @param {Size} to */
function join(sizes, { leader: first }, { leader: second }) {
  for (const size of sizes) if (size.leader === second) size.leader = first;
}

/** Between visible layers. @param {Graph} graph @param {Folded} folded @param {ReadonlyMap<string, Size>} of @returns {Pooling[]} */
function poolingsOf(graph, folded, of) {
  return folded.visible.flatMap((name) => {
    const from = of.get(pooledFrom(graph, folded.stand, name) ?? '');
    const to = of.get(name);
    if (!from || !to || from === to || from.kind !== 'map') return [];
    const most = SMALLER * Math.min(from.rows / to.rows, from.columns / to.columns);
    const alone = folded.ranks[folded.rank(name)]?.length === 1;
    return [{ from, to, most, alone }];
  });
}

/**
 * @param {Graph} graph
 * @param {(layer: string) => string} stand which layer's cells stand for those of another
 * @param {string} name
 * @returns {string | null} the layer whose cells are pooled; null for every other kind of layer
 */
export function pooledFrom(graph, stand, name) {
  const layer = graph.layer(name);
  const [source] = layer.inputs;
  return traitsOf(layer).pools && source !== undefined ? stand(source) : null;
}

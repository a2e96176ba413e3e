// Which cells are of one size: equal shapes, and a pooled map with what it is pooled from.

import { traitsOf } from '../kinds/traits.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Folded } from './fold.js' */
/** @import { Cells, Layout } from './types.d.ts' */

/**
 * The cells of all layers of one shape. Sides are in device pixels.
 * @typedef {object} Size
 * @property {string} key
 * @property {'map' | 'unit' | 'read'} kind
 * @property {number} rows of one map @property {number} columns
 * @property {string} leader key of what it follows: the shape that it is pooled from; its own where it leads
 * @property {number | undefined} given where it is not for this picture to choose
 * @property {number} cell as chosen last
 * @property {number} least @property {number} most
 * @property {number} liked that one likes to look at
 */

/** By key: all sizes of a picture. @typedef {Map<string, Size>} Sizes */

/**
 * Pooling that makes cells of one size from cells of another. Drawn larger than by its stride, a map
 * still is at most so many times its source's cells that nobody takes pooling for enlarging.
 * @typedef {{ from: Size, to: Size, most: number }} Pooling
 */

/** Of its source's side: the largest that is seen to be smaller at once. */
const SMALLER = 0.75;

/**
 * @param {Sizes} sizes that are known; a new one is added
 * @param {Size['kind']} kind
 * @param {number} rows
 * @param {number} columns
 * @param {Cells} [given]
 * @returns {Size} of the layers of this shape
 */
export function sizeFor(sizes, kind, rows, columns, given) {
  const key = kind === 'map' ? `${rows} × ${columns}` : kind;
  const size = sizes.get(key) ?? {
    ...{ key, kind, rows, columns, leader: key, given: given?.get(key) },
    ...{ cell: 1, least: 1, most: 1, liked: 1 },
  };
  sizes.set(key, size);
  return size;
}

/**
 * All pooling between visible layers. Shapes of maps follow what they are pooled from.
 * @param {Graph} graph
 * @param {Folded} folded
 * @param {Sizes} sizes
 * @param {ReadonlyMap<string, Size>} of those of layers
 * @returns {Pooling[]}
 */
export function joinPooled(graph, folded, sizes, of) {
  const poolings = folded.visible.flatMap((name) => {
    const from = of.get(pooledFrom(graph, folded.stand, name) ?? '');
    const to = of.get(name);
    if (!from || !to || from === to || from.kind !== 'map') return [];
    return [{ from, to, most: SMALLER * Math.min(from.rows / to.rows, from.columns / to.columns) }];
  });
  for (const { from, to } of poolings) {
    const followed = to.leader;
    if (to.kind !== 'map') continue;
    for (const size of sizes.values()) if (size.leader === followed) size.leader = from.leader;
  }
  return poolings;
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

/**
 * Pictures side by side are drawn to one scale: what two of them show is of one size in all.
 * @param {readonly Pick<Layout, 'cells'>[]} layouts each as large as its own place allows
 * @returns {Cells} of the shapes that are in more than one: the smallest, which fits everywhere
 */
export function inCommon(layouts) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  for (const { cells } of layouts)
    for (const [key, cell] of cells) found.set(key, [...(found.get(key) ?? []), cell]);
  const shared = [...found].filter(([, cells]) => cells.length > 1);
  return new Map(shared.map(([key, cells]) => [key, Math.min(...cells)]));
}

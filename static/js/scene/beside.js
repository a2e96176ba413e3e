// Pictures side by side are drawn to one scale: what two of them show is of one size in all.

/** @import { Cells, Layout } from './types.d.ts' */

/**
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

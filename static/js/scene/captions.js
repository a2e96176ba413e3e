// What stands above a layer: its name, what is folded into it, shape, parameters and operations.

import { operationsText, paramsText, shapeText } from './format.js';

/** @import { Graph } from '../geometry/types.d.ts' */

/**
 * @param {Graph} graph
 * @param {string} name
 * @param {readonly string[]} folds activations folded into it
 */
export function captionText(graph, name, folds) {
  return {
    name,
    fold: folds.join(' '),
    shape: shapeText(graph, name),
    params: paramsText(graph, name),
    operations: operationsText(graph.layer(name)),
  };
}

/** Room for the names of the classes beside their bars, CSS pixels. */
/** @param {Graph} graph @param {import('./types.d.ts').Measure} measure */
export function classNameWidth(graph, measure) {
  const widest = Math.max(0, ...graph.classes.map((name) => measure(name, 'classStrong')));
  return Math.max(18, Math.ceil(widest) + 6);
}

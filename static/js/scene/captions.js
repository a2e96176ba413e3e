// What stands above a layer: its name, what is folded into it, shape, parameters and operations.

import { isAnswer, parameterCount, traitsOf } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { grouped, short } from '../text/numbers.js';

/** @import { AnyLayer, Graph } from '../geometry/types.d.ts' */

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

/** @param {Graph} graph @param {string} name @returns {string} "6 × 28²", "16 × 10 × 12", "120" */
export function shapeText(graph, name) {
  const { channels, rows, columns, unit } = graph.size(name);
  if (unit)
    return isAnswer(graph, name)
      ? message('caption.classes', { classes: channels })
      : grouped(channels);
  return rows === columns ? `${channels} × ${rows}²` : `${channels} × ${rows} × ${columns}`;
}

/**
 * Every weight of a filter is used once for each cell that it makes; padding counts, too.
 * @param {AnyLayer} layer
 * @returns {string} "240 000 ops", "48 000": multiply-adds for one image; '' for layers without
 */
export function operationsText(layer) {
  const { weighted, pools } = traitsOf(layer);
  const { shape, parameters, connections } = layer;
  if (!weighted || pools) return '';
  const { weight } = parameters;
  const weights = parameterCount({ parameters: weight ? { weight } : {}, connections });
  const [, rows = 1, columns = 1] = shape;
  const count = grouped(weights * rows * columns);
  return rows * columns === 1 ? count : message('caption.ops', { count });
}

/** @param {Graph} graph @param {string} name @returns {string} "156 params", "48 120", "max 2 × 2" */
export function paramsText(graph, name) {
  const layer = graph.layer(name);
  if (name === graph.input) return inkText(graph);
  const count = parameterCount(layer);
  if (count)
    return graph.size(name).unit
      ? grouped(count)
      : message('caption.params', { count: grouped(count) });
  return traitsOf(layer).caption?.(layer) ?? '';
}

/** @param {Graph} graph @returns {string} "0 … 1": the values of paper and of ink */
function inkText({ spec }) {
  const { scale, offset } = spec.input.scaling;
  return `${short(offset)} … ${short(offset + scale)}`;
}

/** Room for the names of the classes beside their bars, CSS pixels. */
/** @param {Graph} graph @param {import('./types.d.ts').Measure} measure */
export function classNameWidth(graph, measure) {
  const widest = Math.max(0, ...graph.classes.map((name) => measure(name, 'classStrong')));
  return Math.max(18, Math.ceil(widest) + 6);
}

/** Between the names of neighbours, CSS pixels. */
const APART = 3;

/** As much of a class's name as stands below a column of this width. */
/** @param {string} name @param {number} room @param {import('./types.d.ts').Measure} measure */
export function classNameIn(name, room, measure) {
  const fits = (/** @type {string} */ text) => measure(text, 'classSmallStrong') + APART <= room;
  if (name.length < 2 || fits(name)) return name;
  let kept = name.length - 1;
  while (kept > 1 && !fits(`${name.slice(0, kept)}…`)) kept--;
  return `${name.slice(0, kept)}…`;
}

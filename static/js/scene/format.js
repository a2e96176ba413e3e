// How numbers, shapes and places are written. One way for the stage, the account and the lists.

import { traitsOf } from '../kinds/traits.js';
import { grouped, short } from '../text/numbers.js';

/** @import { AnyLayer, Cell, Graph } from '../geometry/types.d.ts' */

/** @param {Graph} graph @param {string} name @returns {string} "6 × 28²", "16 × 10 × 12", "120" */
export function shapeText(graph, name) {
  const { channels, rows, columns, unit } = graph.size(name);
  if (unit) return isAnswer(graph, name) ? `${channels} classes` : grouped(channels);
  return rows === columns ? `${channels} × ${rows}²` : `${channels} × ${rows} × ${columns}`;
}

/** @param {Pick<AnyLayer, 'parameters' | 'connections'>} layer @returns {number} how many weights and biases */
export function parameterCount({ parameters, connections }) {
  const sizes = Object.values(parameters ?? {}).map((shape) => shape.reduce((a, b) => a * b, 1));
  const [, below = 0, rows = 1, columns = 1] = parameters?.weight ?? [];
  const missing = (connections ?? []).reduce((sum, maps) => sum + below - maps.length, 0);
  return sizes.reduce((a, b) => a + b, 0) - missing * rows * columns;
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
  return grouped(weights * rows * columns) + (rows * columns === 1 ? '' : ' ops');
}

/** @param {Pick<AnyLayer, 'called'>} layer of a kind that has no account here @returns {string} */
export function unknownText({ called = '' }) {
  return `this page does not know the kind “${called}”`;
}

/** @param {Graph} graph @param {string} name @returns {string} "156 params", "48 120", "max 2 × 2" */
export function paramsText(graph, name) {
  const layer = graph.layer(name);
  if (name === graph.input) return inkText(graph);
  const count = parameterCount(layer);
  if (count) return grouped(count) + (graph.size(name).unit ? '' : ' params');
  return traitsOf(layer).caption?.(layer) ?? '';
}

/** @param {Graph} graph @returns {string} "0 … 1": the values of paper and of ink */
function inkText({ spec }) {
  const { scale, offset } = spec.input.scaling;
  return `${short(offset)} … ${short(offset + scale)}`;
}

/** @param {Graph} graph @param {string} name @returns {boolean} its units carry the class names */
export function isAnswer(graph, name) {
  return (
    name === graph.output &&
    graph.size(name).unit &&
    graph.size(name).channels === graph.classes.length
  );
}

/** @param {Graph} graph @param {Cell} cell @returns {string} "map 7, row 7, column 3", "unit 34 (of 0–119)" */
export function placeName(graph, { layer, channel, row, column }) {
  const { channels, unit } = graph.size(layer);
  if (isAnswer(graph, layer)) return `class ${graph.classes[channel]}`;
  const named = `${channelNoun(graph, layer)} ${channel}`;
  if (unit) return named + countedFrom(channels);
  const place = `row ${row}, column ${column}`;
  return channels === 1 ? place : `${named}, ${place}`;
}

/** @param {Graph} graph @param {string} layer @returns {'unit' | 'map'} what one channel of it is called: a map of a single cell is a unit */
export function channelNoun(graph, layer) {
  return graph.size(layer).unit ? 'unit' : 'map';
}

/** @param {number} count @returns {string} " (of 0–119)": counting starts at 0; nothing for a single one */
export function countedFrom(count) {
  return count > 1 ? ` (of 0–${count - 1})` : '';
}

/** @param {Graph} graph @param {Cell} cell @returns {string} "conv2 map 7, row 7, column 3" */
export function cellName(graph, cell) {
  return `${cell.layer} ${placeName(graph, cell)}`;
}

// What the numbers of an account are called: maps, cells and units, in one line or in two.

import { message } from '../../text/messages.js';
import { isAnswer } from '../traits.js';

/** @import { Cell, Graph } from '../../geometry/types.d.ts' */

/** @param {Graph} graph @param {string} layer @param {number} channel @returns {string} "pool1 [0]" */
export function mapLabel(graph, layer, channel) {
  return graph.size(layer).channels === 1 ? layer : `${layer} [${channel}]`;
}

/** @param {Graph} graph @param {Cell} cell @returns {string} "pool2 [13] 2, 2", "fc1 [34]" */
export function cellLabel(graph, { layer, channel, row, column }) {
  const map = mapLabel(graph, layer, channel);
  return graph.size(layer).unit ? map : `${map} ${row}, ${column}`;
}

/** @param {Graph} graph @param {string} layer @param {number} channel @returns {[string, string]} without the layer, in two lines */
export function shortMap(graph, layer, channel) {
  return [graph.size(layer).channels === 1 ? layer : `[${channel}]`, ''];
}

/** @param {Graph} graph @param {Cell} cell @returns {[string, string]} without the layer, in two lines */
export function shortLabel(graph, { layer, channel, row, column }) {
  const { unit, channels } = graph.size(layer);
  if (unit) return shortMap(graph, layer, channel);
  return channels === 1 ? [`${row}, ${column}`, ''] : [`[${channel}]`, `${row}, ${column}`];
}

/** @param {Graph} graph @param {string} layer @returns {string[]} names of its units */
export function unitNames(graph, layer) {
  if (isAnswer(graph, layer)) return [...graph.classes];
  return Array.from({ length: graph.count(layer) }, (_, i) =>
    message('place.unit', { channel: i }),
  );
}

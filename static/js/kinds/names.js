// What layers and cells are called. One way for the stage, the account and the lists.

import { message } from '../text/messages.js';

/** @import { AnyLayer, Cell, Graph } from '../geometry/types.d.ts' */

/** @param {Pick<AnyLayer, 'called'>} layer of a kind that has no account here @returns {string} */
export function unknownText({ called = '' }) {
  return message('kind.unknown', { kind: called });
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
  if (isAnswer(graph, layer))
    return message('place.class', { class: graph.classes[channel] ?? '' });
  if (unit) return message('place.unit', { channel }) + countedFrom(channels);
  return channels === 1
    ? message('place.cell', { row, column })
    : message('place.map.cell', { channel, row, column });
}

/** @param {Graph} graph @param {string} layer @returns {'unit' | 'map'} what one channel of it is called: a map of a single cell is a unit */
export function channelNoun(graph, layer) {
  return graph.size(layer).unit ? 'unit' : 'map';
}

/** @param {number} count @returns {string} " (of 0–119)": counting starts at 0; nothing for a single one */
export function countedFrom(count) {
  return count > 1 ? ` ${message('place.of', { last: count - 1 })}` : '';
}

/** @param {Graph} graph @param {Cell} cell @returns {string} "conv2 map 7, row 7, column 3" */
export function cellName(graph, cell) {
  return `${cell.layer} ${placeName(graph, cell)}`;
}

// Influence: how much the pinned cell changes with those before it, and those after it with the cell;
// in words, what the colours of the stage mean, and where an influence ends.

import { sameCell } from '../../geometry/regions.js';
import { traitsOf } from '../../kinds/traits.js';
import { message } from '../../text/messages.js';
import { own } from '../../text/numbers.js';

/** @import { Cell, Graph } from '../../geometry/types.d.ts' */
/** @import { Answer, QuantityKind } from '../types.d.ts' */

/** @type {QuantityKind} */
export const derivative = {
  get word() {
    return message('effect.influence');
  },
  asks: 'derivatives',
  about: influenced,
  says: (graph, answer, pinned, pointed) =>
    pointed && !sameCell(pointed, pinned)
      ? derivativeText(graph, answer, pointed)
      : influenceText(graph, answer, pinned),
  formula(graph, pinned) {
    const name = codeName(graph, influenced(graph, pinned));
    return message('effect.formula', { cell: name });
  },
};

/**
 * Whose influences are shown while a cell is pinned. Of a class they are those on its score: the
 * probability of a sure answer hardly moves, whatever one changes.
 * @param {Graph} graph
 * @param {Cell} pinned
 * @returns {Cell}
 */
function influenced(graph, pinned) {
  const layer = graph.layer(pinned.layer);
  return traitsOf(layer).shares ? { ...pinned, layer: layer.inputs[0] ?? pinned.layer } : pinned;
}

/**
 * What is seen on the stage, in one or two sentences.
 * @param {Graph} graph
 * @param {Answer} derivatives
 * @param {Cell} pinned
 * @returns {string}
 */
export function influenceText(graph, derivatives, pinned) {
  const { cell } = derivatives;
  if (cell.layer !== pinned.layer) {
    const name = graph.classes[cell.channel] ?? cell.channel;
    return message('effect.score', { class: name, cell: codeName(graph, cell) });
  }
  const image = cell.layer === graph.input;
  const last = graph.readers(cell.layer).length === 0;
  const what = message(image ? 'effect.pixel' : last ? 'effect.before' : 'effect.both');
  const ends = [image ? '' : endBefore(graph, derivatives), endAfter(graph, derivatives)];
  return [what, ...ends].filter(Boolean).join(' ');
}

/** @param {Answer} derivatives @param {string} layer @returns {boolean} whether all of it is 0 */
function still({ tensors }, layer) {
  const data = tensors.get(layer)?.data;
  return data !== undefined && data.every((/** @type {number} */ value) => value === 0);
}

/** @param {Graph} graph @param {Answer} derivatives @returns {string} '' where something goes on to the end */
function endAfter(graph, derivatives) {
  const { cell } = derivatives;
  if (cell.layer === graph.output || !still(derivatives, graph.output)) return '';
  const moved = graph.names.filter((name) => name === cell.layer || !still(derivatives, name));
  const reached = moved.slice(moved.indexOf(cell.layer));
  const stops = graph.names.find((name) => {
    const reads = graph.layer(name).inputs.some((source) => reached.includes(source));
    return reads && still(derivatives, name);
  });
  return stops === undefined ? '' : blocked(graph, stops, cell);
}

/** @param {Graph} graph @param {string} stops @param {Cell} cell @returns {string} "relu2 stops it here: nothing goes on." */
function blocked(graph, stops, cell) {
  const layer = graph.layer(stops);
  const { picks, shares } = traitsOf(layer);
  if (picks?.(layer)) return message('effect.picks', { layer: stops });
  if (shares) return message('effect.sure', { layer: stops });
  const here = layer.inputs.includes(cell.layer);
  return message(here ? 'effect.stops.here' : 'effect.stops', { layer: stops });
}

/** @param {Graph} graph @param {Answer} derivatives @returns {string} '' where some pixel counts */
function endBefore(graph, derivatives) {
  if (!still(derivatives, graph.input)) return '';
  const { cell } = derivatives;
  const moving = graph.names.filter((name) => name === cell.layer || !still(derivatives, name));
  const stops = moving.find((name) => graph.names.indexOf(name) <= graph.names.indexOf(cell.layer));
  return stops === undefined ? '' : message('effect.nothing', { layer: stops });
}

/**
 * One influence: of the earlier of two cells on the later one.
 * @param {Graph} graph
 * @param {Answer} derivatives
 * @param {Cell} other
 * @returns {string} "If pool1[5, 3, 2] rises a little, conv2[7, 4, 3] falls 0.830 times as much."
 */
export function derivativeText(graph, { cell, tensors }, other) {
  const found = tensors.get(other.layer)?.data[graph.offset(other)];
  if (found === undefined) return '';
  const later = graph.names.indexOf(other.layer) > graph.names.indexOf(cell.layer);
  const [of, by] = (later ? [other, cell] : [cell, other]).map((one) => codeName(graph, one));
  const value = Number(found);
  if (value === 0) return message('effect.still', { by: by ?? '', of: of ?? '' });
  return message(value < 0 ? 'effect.falls' : 'effect.rises', {
    ...{ by: by ?? '', of: of ?? '', times: own(Math.abs(value)) },
  });
}

/**
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {string} as code writes it: "conv2[7, 4, 3]", "fc1[34]"
 */
export function codeName(graph, { layer, channel, row, column }) {
  return `${layer}[${graph.size(layer).unit ? channel : [channel, row, column].join(', ')}]`;
}

// The numbers that a lesson's words name, read from what is shown; and the cells that its links name so.

import { answerText, parameterCount, ranked, scoreLayerOf } from '../kinds/traits.js';
import { grouped, own, pairText } from '../text/numbers.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */

/** What is shown; of an empty stage no tensors. @typedef {{ readonly graph: Graph, readonly tensors: Tensors | null }} Found */

/** Of the graph alone. @type {Readonly<Record<string, (graph: Graph, layer: string) => string>>} */
const COUNTED = {
  maps: (graph, layer) => grouped(graph.size(layer).channels),
  units: (graph, layer) => grouped(graph.size(layer).channels),
  size(graph, layer) {
    const { rows, columns } = graph.size(layer);
    return pairText([rows, columns]);
  },
  kernel: (graph, layer) => pairText(graph.layer(layer).kernel),
  cells(graph, layer) {
    const { channels, rows, columns } = graph.size(layer);
    return grouped(channels * rows * columns);
  },
  weights: (graph, layer) => grouped(parameterCount(graph.layer(layer))),
};

/** Of what is drawn. @type {Readonly<Record<string, (what: string, graph: Graph, tensors: Tensors) => string | null>>} */
const READ = {
  guess: (_, graph, tensors) => graph.classes[classOf('guess', graph, tensors) ?? -1] ?? null,
  second: (_, graph, tensors) => graph.classes[classOf('second', graph, tensors) ?? -1] ?? null,
  probability(name, graph, tensors) {
    const [at, data] = [classOf(name, graph, tensors), numbersIn(graph.output, tensors)];
    return at === null || !data ? null : answerText(graph, data, at);
  },
  score(name, graph, tensors) {
    const [at, layer] = [classOf(name, graph, tensors), scoreLayerOf(graph)];
    const cell = at !== null && layer ? { layer, channel: at, row: 0, column: 0 } : null;
    return valueText(cell, graph, tensors);
  },
  strongest: (layer, graph, tensors) => valueText(strongest(layer, graph, tensors), graph, tensors),
};

/**
 * @param {readonly string[]} asked such as ["probability", "8"]
 * @param {Found} found
 * @returns {string | null} null where it is not there, or not yet
 */
export function numberText([first = '', ...rest], { graph, tensors }) {
  const [what = ''] = rest;
  const count = COUNTED[first];
  if (count) return graph.has(what) ? count(graph, what) : null;
  if (!tensors) return null;
  const read = READ[first];
  if (read) return read(what, graph, tensors);
  return valueText(named(first, rest, graph), graph, tensors);
}

/**
 * @param {string} text of a cell as a link says it, or as "softmax.{guess}.0.0", "{strongest conv1}"
 * @param {Found} found
 * @returns {string | null} as a link says it; null where nothing is drawn
 */
export function cellText(text, { graph, tensors }) {
  const [, layer] = /^\{strongest (\S+)\}$/.exec(text) ?? [];
  if (layer) {
    const cell = tensors && strongest(layer, graph, tensors);
    return cell && [layer, cell.channel, cell.row, cell.column].join('.');
  }
  const [place, guess] = /\{(\w+)\}/.exec(text) ?? [];
  if (!place) return text;
  const at = tensors && classOf(guess ?? '', graph, tensors);
  return at === null ? null : text.replace(place, String(at));
}

/** @param {string} name "guess", "second" or a class @param {Graph} graph @param {Tensors} tensors */
function classOf(name, graph, tensors) {
  const shares = Array.from(numbersIn(graph.output, tensors) ?? []);
  const place = ['guess', 'second'].indexOf(name);
  const at = place < 0 ? graph.classes.indexOf(name) : (ranked(shares)[place] ?? -1);
  return at < 0 ? null : at;
}

/** @param {string} layer @param {Tensors} tensors @returns {ArrayLike<number> | undefined} */
function numbersIn(layer, tensors) {
  return /** @type {ArrayLike<number> | undefined} */ (tensors.get(layer)?.data);
}

/** @param {string} layer @param {Graph} graph @param {Tensors} tensors @returns {Cell | null} the cell of the largest number, the first of several */
function strongest(layer, graph, tensors) {
  const data = numbersIn(layer, tensors);
  if (!data || !graph.has(layer)) return null;
  let most = 0;
  for (let i = 0; i < data.length; i++) if ((data[i] ?? 0) > (data[most] ?? 0)) most = i;
  return graph.cellAt(layer, most);
}

/** @param {string} layer @param {readonly string[]} at @param {Graph} graph @returns {Cell | null} */
function named(layer, at, graph) {
  const [channel = 0, row = 0, column = 0] = at.map(Number);
  const cell = { layer, channel, row, column };
  return graph.has(layer) && graph.valid(cell) ? cell : null;
}

/** @param {Cell | null} cell @param {Graph} graph @param {Tensors} tensors */
function valueText(cell, graph, tensors) {
  if (!cell) return null;
  const { layer, channel, row, column } = cell;
  const { rows, columns } = graph.size(layer);
  const value = numbersIn(layer, tensors)?.[(channel * rows + row) * columns + column];
  return value === undefined ? null : own(value);
}

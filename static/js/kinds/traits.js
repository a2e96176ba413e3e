// What the first picture needs of each kind of layer, and what layers and cells are called; all else
// stands in the kind's own file.

import { createGraph } from '../geometry/graph.js';
import { own, pairText, short } from '../text/numbers.js';
import { message } from '../text/messages.js';
import { isAlone, percent } from '../text/shares.js';

/** @import { AnyLayer, LayerSpec, NetworkSpec, Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Traits } from './types.d.ts' */

const always = () => true;

/** @type {Readonly<Record<AnyLayer['kind'], Traits>>} */
export const TRAITS = {
  input: {},
  array: {},
  conv: { weighted: true, slides: true },
  dense: { weighted: true },
  subsample: {
    ...{ keeps: true, pools: true, weighted: true },
    caption: ({ kernel }) => message('caption.subsample', { size: pairText(kernel) }),
  },
  pool: {
    ...{ keeps: true, pools: true },
    explains: ({ mode }) => mode !== null && ['max', 'average', 'sum', 'l2'].includes(mode),
    bounded: ({ mode }) => mode === 'max' || mode === 'average',
    picks: ({ mode }) => mode === 'max',
    caption: ({ mode, kernel }) => message(`caption.${mode ?? 'max'}`, { size: pairText(kernel) }),
  },
  relu: {
    ...{ activation: true, passes: true, keeps: true, bounded: always },
    caption: () => 'max(0, x)',
  },
  tanh: {
    ...{ activation: true, bends: true, passes: true, keeps: true },
    caption: ({ amplitude = 1 }) => `${short(-amplitude)} … ${short(amplitude)}`,
  },
  sigmoid: {
    ...{ activation: true, bends: true, passes: true, keeps: true, probable: true },
    caption: () => '0 … 1',
  },
  square: {
    ...{ bends: true, passes: true, keeps: true },
    caption: () => 'x · x',
  },
  softmax: {
    ...{ bends: true, keeps: true, probable: true, shares: true },
    caption: () => message('caption.softmax'),
  },
  ratio: { ...{ bends: true, keeps: true }, caption: () => message('caption.ratio') },
  dropout: {
    ...{ passes: true, keeps: true, bounded: always },
    caption: () => message('caption.dropout'),
  },
  flatten: {
    passes: true,
    reshapes: true,
    bounded: always,
    caption: () => message('caption.flatten'),
  },
  add: { keeps: true, caption: ({ inputs }) => message('caption.add', { inputs: inputs.length }) },
  concat: {
    joins: true,
    bounded: always,
    caption: ({ inputs }) => message('caption.concat', { inputs: inputs.length }),
  },
  other: { unknown: true, caption: ({ called = '' }) => called },
};

/** @typedef {'relu' | 'tanh' | 'sigmoid'} Activation */

/** Kinds that make one number of one number, with nothing learnt; the most used one first. */
export const ACTIVATIONS = /** @type {Activation[]} */ (
  Object.keys(TRAITS).filter((kind) => TRAITS[/** @type {Activation} */ (kind)].activation)
);

/** @param {Pick<AnyLayer, 'kind'>} layer @returns {Traits} */
export function traitsOf({ kind }) {
  return TRAITS[kind];
}

/**
 * The network as this page can tell of it: a kind that it does not know becomes `other`.
 * @template {NetworkSpec} N
 * @param {N} spec as the server sends it
 * @returns {N}
 */
export function understood(spec) {
  return { ...spec, layers: spec.layers.map(explained) };
}

/** @param {NetworkSpec} spec as the server sends it */
export function graphOf(spec) {
  return createGraph(understood(spec));
}

/** @param {LayerSpec} layer @returns {LayerSpec} */
function explained(layer) {
  const { kind, mode } = layer;
  const known =
    Object.hasOwn(TRAITS, kind) && kind !== 'other' && !['input', 'array'].includes(kind);
  const explains = known ? (TRAITS[kind].explains?.(layer) ?? true) : false;
  if (explains) return layer;
  return { ...layer, kind: 'other', called: known ? `${kind} ${mode}` : String(kind), mode: null };
}

// --------------------------------------------- names of layers and cells

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

/** @param {Graph} graph @returns {string | null} the layer of scores, which the last softmax reads; null where there is none */
export function scoreLayerOf(graph) {
  const last = graph.layer(graph.output);
  return traitsOf(last).shares ? (last.inputs[0] ?? null) : null;
}

/** @param {Pick<AnyLayer, 'parameters' | 'connections'>} layer @returns {number} how many weights and biases */
export function parameterCount({ parameters, connections }) {
  const sizes = Object.values(parameters ?? {}).map((shape) => shape.reduce((a, b) => a * b, 1));
  const [, below = 0, rows = 1, columns = 1] = parameters?.weight ?? [];
  const missing = (connections ?? []).reduce((sum, maps) => sum + below - maps.length, 0);
  return sizes.reduce((a, b) => a + b, 0) - missing * rows * columns;
}

/** @param {ArrayLike<number>} values @returns {number[]} their places, the largest first, the first of equal ones */
export function ranked(values) {
  const places = Array.from({ length: values.length }, (_, place) => place);
  return places.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
}

/** @param {Graph} graph @param {ArrayLike<number>} answer of the last layer @param {number} at which class @returns {string} "99.8 %"; "12.30" where the network ends in scores */
export function answerText(graph, answer, at) {
  const value = answer[at] ?? 0;
  return scoreLayerOf(graph) ? percent(value, { alone: isAlone(answer) }) : own(value);
}

/** @param {Graph} graph @param {Cell} cell @returns {string} "map 7, row 7, column 3", "unit 34 (of 0–119)" */
export function placeName(graph, cell) {
  const { channels, unit } = graph.size(cell.layer);
  if (isAnswer(graph, cell.layer))
    return message('place.class', { class: graph.classes[cell.channel] ?? '' });
  return placeIn(graph, cell) + (unit ? countedFrom(channels) : '');
}

/** @param {Graph} graph @param {Cell} cell @returns {string} "map 7, row 7, column 3", "unit 34": in its layer */
export function placeIn(graph, { layer, channel, row, column }) {
  const { channels, unit } = graph.size(layer);
  if (unit) return message('place.unit', { channel });
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

// Scores and all that is made of them, as a graph: a fully connected layer where they come from
// features, a temperature, shares in three ways, and what an SVM says of them.

import { resized, rowsOf } from '../../geometry/matrix.js';
import { floats } from '../arrays.js';

/** @import { Matrix } from '../../geometry/matrix.js' */
/** @import { LayerBody } from '../../wire/types.d.ts' */
/** @import { Asked, Given as Floats } from '../types.d.ts' */

/**
 * @typedef {object} Given
 * @property {Matrix} scores in a column
 * @property {boolean} made from features, by a fully connected layer
 * @property {Matrix} features in a row
 * @property {Matrix} weights a row for each score
 * @property {number} temperature T
 * @property {number} target of the SVM: a row
 * @property {string} also 'add' or 'double': the same once more, with other scores; '' for neither
 */

/** What the layers are called. */
export const SCORES = 'scores';
export const SOFTMAX = 'softmax';
export const [BY_SUM, BY_SQUARES] = ['by_sum', 'by_squares'];
export const [MARGIN, HINGE, LOSS] = ['margin', 'hinge', 'loss'];
/** How many scores there are. */
export const [LEAST, MOST] = [2, 10];
/** By how much a rival should be behind, at least. */
const WANTED = 1;
/** What other scores are made with. */
const [ADDED, TIMES] = [5, 2];

/** @param {Readonly<Given>} given */
export function countOf({ made, scores, weights }) {
  return Math.max(LEAST, made ? weights.rows : scores.rows);
}

/** @param {Readonly<Given>} given @returns {Asked} */
export function graphOf(given) {
  const [graph, scores] = scoresOf(given);
  judge(graph, given, scores);
  return graph.asked();
}

/** The same of the other scores. @param {Readonly<Given>} given @returns {Asked | null} null where there are none */
export function otherGraphOf(given) {
  const { also } = given;
  if (!also) return null;
  const [graph, scores] = scoresOf(given);
  const doubles = also === 'double';
  graph.connect(
    'others',
    scores,
    diagonal(countOf(given), doubles ? TIMES : 1),
    doubles ? 0 : ADDED,
  );
  judge(graph, given, 'others');
  return graph.asked();
}

/** @param {Floats} input */
function createGraph(input) {
  /** @type {LayerBody[]} */
  const layers = [];
  /** @type {Record<string, Floats>} */
  const weights = {};
  return {
    layers,
    /** @param {string} name @param {string} reads @param {readonly (readonly number[])[]} rows @param {number} [bias] of each unit */
    connect(name, reads, rows, bias = 0) {
      const [{ length = 0 } = []] = rows;
      const biases = rows.map(() => bias);
      layers.push({ name, kind: 'dense', inputs: [reads], channels: rows.length });
      weights[`${name}.weight`] = floats([rows.length, length], rows.flat());
      weights[`${name}.bias`] = floats([rows.length], biases);
    },
    asked: () => ({ input, layers, weights }),
  };
}

/** @param {Readonly<Given>} given @returns {[graph: ReturnType<typeof createGraph>, scores: string]} how far scores are made, and their layer */
function scoresOf(given) {
  const { made, features, weights } = given;
  const count = countOf(given);
  const { values } = made ? resized(features, 1, weights.columns) : resized(given.scores, count, 1);
  const graph = createGraph(floats([values.length, 1, 1], values));
  if (made) graph.connect(SCORES, 'input', rowsOf(resized(weights, count, weights.columns)));
  else graph.layers.push({ name: SCORES, kind: 'flatten', inputs: ['input'] });
  return [graph, SCORES];
}

/** @param {ReturnType<typeof createGraph>} graph @param {Readonly<Given>} given @param {string} scores the layer that is judged */
function judge({ layers, connect }, given, scores) {
  const { temperature } = given;
  const count = countOf(given);
  const target = Math.min(given.target, count - 1);
  const rivals = [...Array(count).keys()].filter((one) => one !== target);
  const warm = temperature === 1 ? scores : 'scaled';
  if (warm !== scores) connect(warm, scores, diagonal(count, 1 / temperature));
  layers.push(
    { name: SOFTMAX, kind: 'softmax', inputs: [warm] },
    { name: BY_SUM, kind: 'ratio', inputs: [scores] },
    { name: 'squared', kind: 'square', inputs: [scores] },
    { name: BY_SQUARES, kind: 'ratio', inputs: ['squared'] },
  );
  const ahead = diagonal(count, 1)[target] ?? [];
  connect(
    MARGIN,
    scores,
    rivals.map((rival) => ahead.with(rival, -1)),
  );
  connect('lack', MARGIN, diagonal(rivals.length, -1), WANTED);
  layers.push({ name: HINGE, kind: 'relu', inputs: ['lack'] });
  connect(LOSS, HINGE, [rivals.map(() => 1)]);
}

/** @param {number} size @param {number} value @returns {number[][]} on the diagonal, else 0 */
function diagonal(size, value) {
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (row === column ? value : 0)),
  );
}

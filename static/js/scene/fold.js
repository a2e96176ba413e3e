// Which layers are drawn, which layer stands for one that is not, and the graph of the drawn ones.

import { traitsOf } from '../kinds/traits.js';

/** @import { Graph } from '../geometry/types.d.ts' */

/** A picture of fewer layers shows no network. */
export const LEAST_SHOWN = 2;

/**
 * @typedef {object} Folded
 * @property {readonly string[]} visible in topological order
 * @property {(layer: string) => string} stand the visible layer whose cells stand for this one's
 * @property {(layer: string) => readonly string[]} folds activations folded into a visible layer
 * @property {(layer: string) => readonly string[]} sources visible layers that a visible one reads
 * @property {readonly (readonly string[])[]} ranks visible layers by longest path, lanes in order
 * @property {(layer: string) => number} rank
 */

/**
 * What is folded into a hidden layer is hidden with it; the lines of those around it join across.
 * @param {Graph} graph
 * @param {boolean} folded whether activations fold
 * @param {readonly string[]} [hidden] layers that are left out
 * @returns {Folded}
 */
export function foldGraph(graph, folded, hidden = []) {
  const { stands, folds } = foldsOf(graph, folded);
  const stand = (/** @type {string} */ name) => stands.get(name) ?? name;
  const gone = new Set(hidden);
  const visible = graph.names.filter((name) => stand(name) === name && !gone.has(name));
  const sources = sourcesAcross(graph, stand, gone);
  const { ranks, rank } = lanesByRank(visible, sources);
  return { visible, stand, folds: (name) => folds.get(name) ?? [], sources, ranks, rank };
}

/** Which layer stands for each, and what is folded into those that stand for themselves. */
/** @param {Graph} graph @param {boolean} folded */
function foldsOf(graph, folded) {
  /** @type {Map<string, string>} */
  const stands = new Map();
  /** @type {Map<string, string[]>} */
  const folds = new Map();
  for (const name of graph.names) {
    const layer = graph.layer(name);
    const { reshapes } = traitsOf(layer);
    const under = hides(graph, name, folded) ? stands.get(layer.inputs[0] ?? '') : undefined;
    const drawnOver = under !== undefined && (reshapes || under !== graph.input);
    stands.set(name, drawnOver ? under : name);
    if (!drawnOver) folds.set(name, []);
    else if (!reshapes) folds.get(under)?.push(name);
  }
  return { stands, folds };
}

/** @param {Graph} graph @param {(name: string) => string} stand @param {Set<string>} gone */
function sourcesAcross(graph, stand, gone) {
  /** @type {(name: string) => string[]} */
  const sources = (name) => {
    const read = graph.layer(name).inputs.map(stand);
    return [...new Set(read.flatMap((source) => (gone.has(source) ? sources(source) : source)))];
  };
  return sources;
}

/** An activation with one reader folds into what it reads; what only reshapes is not drawn. */
/** @param {Graph} graph @param {string} name @param {boolean} folded */
function hides(graph, name, folded) {
  const { reshapes, activation } = traitsOf(graph.layer(name));
  const readers = graph.readers(name).length;
  if (reshapes) return readers > 0;
  return folded && activation === true && readers === 1;
}

/**
 * Layers of one rank are lanes, ordered by the mean position of what they read, so that few
 * lines cross.
 * @param {readonly string[]} visible
 * @param {(name: string) => string[]} sources
 */
function lanesByRank(visible, sources) {
  /** @type {Map<string, number>} */
  const rankOf = new Map();
  /** @type {string[][]} */
  const ranks = [];
  for (const name of visible) {
    const rank = Math.max(-1, ...sources(name).map((source) => rankOf.get(source) ?? 0)) + 1;
    rankOf.set(name, rank);
    (ranks[rank] ??= []).push(name);
  }
  /** @type {Map<string, number>} */
  const position = new Map();
  for (const lanes of ranks) {
    const mean = (/** @type {string} */ name) => {
      const at = sources(name).map((source) => position.get(source) ?? 0.5);
      return at.reduce((a, b) => a + b, 0) / Math.max(1, at.length);
    };
    lanes.sort((a, b) => mean(a) - mean(b));
    lanes.forEach((name, lane) => position.set(name, (lane + 0.5) / lanes.length));
  }
  return { ranks, rank: (/** @type {string} */ name) => rankOf.get(name) ?? 0 };
}

// "Why 3?" begins with paths: chains of cells from the image to a score, as the server found them,
// with digits that add up as they are shown.

import { hull, regionOf } from '../geometry/regions.js';
import { placeIn, ranked, scoreLayerOf } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { digitsFor, unitsOf, written, writtenSigned } from '../text/numbers.js';
import { foldGraph } from './fold.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Digits } from '../text/numbers.js' */
/** @import { Chain, Paths, WhyAccount } from './types.d.ts' */

/**
 * The unit whose score is the first guess's: what the last softmax reads.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @returns {Cell | null}
 */
export function guessedUnit(graph, trace) {
  const data = trace.get(graph.output)?.data;
  if (!data) return null;
  return scoreOf(graph, ranked(data)[0] ?? 0);
}

/** @param {Graph} graph @param {number} channel of a class @returns {Cell} */
export function scoreOf(graph, channel) {
  return { layer: scoreLayerOf(graph) ?? graph.output, channel, row: 0, column: 0 };
}

/**
 * What the server answered, as chains: each with the cells that it leads through, before the score.
 * @param {Graph} graph
 * @param {Paths} paths
 * @returns {Chain[]}
 */
export function chainsOf(graph, { junctions, tensors }) {
  const cells = tensors.get('cells')?.data ?? [];
  return [...(tensors.get('values')?.data ?? [])].map((value, i) => ({
    value,
    cells: junctions.flatMap((layer, j) => {
      const at = cells[i * junctions.length + j] ?? -1;
      return at < 0 ? [] : [graph.cellAt(layer, at)];
    }),
  }));
}

/**
 * What each cell of the image brings along some chains together.
 * @param {Paths} paths
 * @param {number | null} path one of them; null for all
 * @returns {Float64Array} by cell of the image
 */
export function pixelsOf({ tensors }, path) {
  const { data, shape } = tensors.get('pixels') ?? { data: [], shape: [0] };
  const size = data.length / Math.max(1, shape[0] ?? 0);
  const sums = new Float64Array(size);
  for (let i = 0; i < data.length; i++)
    if (path === null || Math.floor(i / size) === path)
      sums[i % size] = (sums[i % size] ?? 0) + Number(data[i]);
  return sums;
}

/**
 * The hull of the cells of the image from which most of a chain comes.
 * @param {Graph} graph
 * @param {Paths} paths
 * @param {number} path
 */
export function inkOfPath(graph, paths, path) {
  const pixels = pixelsOf(paths, path).map(Math.abs);
  const least = Math.max(...pixels) / 4;
  const cells = [...pixels.keys()].filter((i) => (pixels[i] ?? 0) >= least && least > 0);
  const regions = cells.map((i) => regionOf(graph.cellAt(graph.input, i)));
  return regions.length ? regions.reduce(hull) : null;
}

/**
 * @param {Graph} graph
 * @param {Paths} paths
 * @param {{ folded: boolean, hidden: readonly string[], path: number | null, muted: boolean }} shown
 * @returns {WhyAccount}
 */
export function whyAccount(graph, paths, { folded, hidden, path, muted }) {
  const chains = chainsOf(graph, paths);
  const score = numberOf(paths, 'score');
  const all = ['all', 'biases', 'rest'].map((name) => numberOf(paths, name));
  const digits = digitsFor(score, Math.max(...all.map(Math.abs)));
  const { stand } = foldGraph(graph, folded, hidden);
  // an activation stands in its source's place
  const nameOf = (/** @type {Cell} */ cell) =>
    `${stand(cell.layer)} ${placeIn(graph, { ...cell, layer: stand(cell.layer) })}`;
  const rows = chains.map(({ cells, value }, i) => ({
    ...{
      path: i,
      value,
      for: value > 0,
      names: cells.length ? cells.map(nameOf) : [message('why.past')],
    },
    valueText: writtenSigned(unitsOf(value, digits), digits),
  }));
  const shown = rows.reduce((sum, { value }) => sum + unitsOf(value, digits), 0);
  return {
    rows,
    sum: sumOf(paths, digits, shown, rows.length),
    straight: paths.exact,
    muted: path !== null && muted && chains[path] ? mutedOf(paths, path, digits) : null,
  };
}

/**
 * "These 10 and all other paths and all biases are the score", as shown.
 * @param {Paths} paths
 * @param {Digits} digits
 * @param {number} shown units of the chains that are shown
 * @param {number} count of them
 * @returns {WhyAccount['sum']}
 */
function sumOf(paths, digits, shown, count) {
  const units = (/** @type {string} */ name) => unitsOf(numberOf(paths, name), digits);
  const [score, all, biases] = [units('score'), units('all'), units('biases')];
  const rest = paths.exact ? 0 : units('rest');
  const rounding = score - all - biases - rest;
  /** @param {string} role @param {string} name @param {number} value */
  const part = (role, name, value) => ({ role, name, text: writtenSigned(value, digits) });
  return [
    part('shown', message('why.shown', { count }), shown),
    part('others', message('why.others'), all - shown),
    part('all', message('why.all'), all),
    part('biases', message('why.biases'), biases),
    ...(paths.exact ? [] : [part('rest', message('why.rest'), rest)]),
    ...(rounding ? [part('rounding', message('why.rounding'), rounding)] : []),
    { role: 'score', name: message(scoreName(paths)), text: written(score, digits) },
  ];
}

/** @param {Paths} paths */
function scoreName({ against }) {
  return against ? 'why.ahead' : 'why.score';
}

/**
 * The real change, which is not what the path brings.
 * @param {Paths} paths
 * @param {number} path
 * @param {Digits} digits
 * @returns {NonNullable<WhyAccount['muted']>}
 */
function mutedOf(paths, path, digits) {
  const { cell, against, tensors } = paths;
  const { data, shape } = tensors.get('muted') ?? { data: [], shape: [0, 1] };
  const at = (/** @type {number} */ channel) => Number(data[path * (shape[1] ?? 1) + channel] ?? 0);
  const after = unitsOf(at(cell.channel) - (against ? at(against.channel) : 0), digits);
  const before = unitsOf(numberOf(paths, 'score'), digits);
  return {
    before: written(before, digits),
    after: written(after, digits),
    change: writtenSigned(after - before, digits),
    brings: writtenSigned(-unitsOf(Number(tensors.get('values')?.data[path] ?? 0), digits), digits),
  };
}

/** @param {Paths} paths @param {string} name @returns {number} */
function numberOf({ tensors }, name) {
  return Number(tensors.get(name)?.data[0] ?? 0);
}

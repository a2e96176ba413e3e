// Two readings side by side: which layers correspond, one scale for both, and what is said of them: a
// table whose columns are the readings, and the cell pointed at.

import {
  answerText,
  cellName,
  parameterCount,
  ranked,
  scoreLayerOf,
  traitsOf,
} from '../kinds/traits.js';
import { operationsOf } from '../kinds/index.js';
import { compared } from '../text/differences.js';
import { message } from '../text/messages.js';
import { brief, grouped, own } from '../text/numbers.js';
import { percent } from '../text/shares.js';
import { ranges } from './quantities/scale.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Range, Scale } from './types.d.ts' */

/**
 * The layers of two networks that stand for the same thing: their images, their answers, and
 * layers of one name, kind and shape.
 *
 * @param {Graph} a
 * @param {Graph} b
 * @returns {Map<string, string>} of b by those of a
 */
export function correspondence(a, b) {
  /** @type {Map<string, string>} */
  const found = new Map([[a.input, b.input]]);
  for (const name of a.names) {
    if (!b.names.includes(name)) continue;
    const [one, other] = [a.layer(name), b.layer(name)];
    if (one.kind !== other.kind || one.called !== other.called) continue;
    if (sameSize(a, name, b, name)) found.set(name, name);
  }
  const free = !found.has(a.output) && !inverse(found).has(b.output);
  if (free && sameSize(a, a.output, b, b.output) && endsInShares(a) === endsInShares(b))
    found.set(a.output, b.output);
  return found;
}

/** Probabilities are not compared with scores. @param {Graph} graph */
const endsInShares = (graph) => scoreLayerOf(graph) !== null;

/**
 * @param {Graph} a
 * @param {string} one
 * @param {Graph} b
 * @param {string} other
 */
function sameSize(a, one, b, other) {
  const [x, y] = [a.size(one), b.size(other)];
  return x.channels === y.channels && x.rows === y.rows && x.columns === y.columns;
}

/**
 * The cell of another network that corresponds to one. Images may have borders of their own.
 *
 * @param {ReadonlyMap<string, string>} corresponding
 * @param {Graph} from
 * @param {Graph} to
 * @param {Cell | null} cell
 * @returns {Cell | null}
 */
export function translated(corresponding, from, to, cell) {
  const layer = cell && corresponding.get(cell.layer);
  if (!layer) return null;
  if (cell.layer !== from.input) return { ...cell, layer };
  const by = to.spec.input.border - from.spec.input.border;
  const there = { ...cell, layer, row: cell.row + by, column: cell.column + by };
  return to.valid(there) ? there : null;
}

/**
 * @param {ReadonlyMap<string, string>} corresponding
 * @returns {Map<string, string>} the other way round
 */
export function inverse(corresponding) {
  return new Map([...corresponding].map(([a, b]) => [b, a]));
}

/**
 * @typedef {object} Reading
 * @property {Graph} graph
 * @property {Tensors | null} trace
 */

/**
 * One scale for two readings: the larger limit of each pair of layers.
 *
 * @param {Reading} a
 * @param {Reading} b
 * @param {ReadonlyMap<string, string>} corresponding of b by those of a
 * @param {Scale} scale under 'network' it is one for all layers of both
 * @returns {{ a: Map<string, number>, b: Map<string, number> }} limits by layer
 */
export function sharedLimits(a, b, corresponding, scale) {
  const [ofA, ofB] = [limitsOf(a), limitsOf(b)];
  if (scale === 'network') {
    const most = Math.max(0, ...ofA.values(), ...ofB.values());
    for (const limits of [ofA, ofB]) for (const name of limits.keys()) limits.set(name, most);
  }
  for (const [one, other] of corresponding) {
    if (!ofA.has(one) && !ofB.has(other)) continue; // images keep their own scale
    const limit = Math.max(ofA.get(one) ?? 0, ofB.get(other) ?? 0);
    ofA.set(one, limit);
    ofB.set(other, limit);
  }
  return { a: ofA, b: ofB };
}

/** @param {Reading} reading */
function limitsOf({ graph, trace }) {
  /** @type {Map<string, Range>} */
  const all = trace ? ranges(graph, trace, 'layer') : new Map();
  const layers = [...all.values()].filter(({ image }) => !image);
  return new Map(layers.map(({ layer, limit }) => [layer, limit]));
}

/**
 * @typedef {object} Side
 * @property {string} name what stands above its column
 * @property {Graph} graph
 * @property {Tensors | null} trace
 * @property {number | null} accuracy 0..1 on the test set
 * @property {readonly number[]} times milliseconds of its forward passes
 * @property {Cell | null} cell that is pointed at, in its own graph
 */

/** @typedef {{ name: string, values: readonly string[], difference?: boolean }} Row */

/**
 * @param {readonly Side[]} sides
 * @returns {Row[]} of the networks themselves
 */
export function networkRows(sides) {
  return [
    row(message('compared.parameters'), sides, ({ graph }) => grouped(parametersOf(graph))),
    row(message('compared.multiply-adds'), sides, ({ graph }) => multiplyAddsText(graph)),
    row(message('compared.accuracy'), sides, ({ accuracy }) =>
      accuracy === null ? message('compared.unknown') : percent(accuracy, { decimals: 2 }),
    ),
    row(message('compared.pass'), sides, ({ times }) => passText(times)),
  ];
}

/**
 * @param {readonly Side[]} sides
 * @returns {Row[]} of what was read
 */
export function readingRows(sides) {
  return [
    row(message('compared.first'), sides, (side) => guess(side, 0)),
    row(message('compared.second'), sides, (side) => guess(side, 1)),
  ];
}

/**
 * The values of the cell that is pointed at, and what the first has more than the second.
 *
 * @param {readonly Side[]} sides
 * @returns {Row[]}
 */
export function cellRows(sides) {
  const values = sides.map(valueAt);
  if (values.every((value) => value === null)) return [];
  const [first = null, second = null] = values;
  const named = sides.find(({ cell }) => cell);
  const name = named?.cell ? cellName(named.graph, named.cell) : '';
  if (first === null || second === null) {
    const text = (/** @type {number | null} */ value) => (value === null ? '–' : own(value));
    return [{ name, values: values.map(text) }];
  }
  const shown = compared({ value: second }, { value: first });
  return [
    { name, values: [shown.second, shown.first] },
    { name: message('difference'), values: [shown.difference, ''], difference: true },
  ];
}

/** The first pass after a start is slower than all others, so its time is called what it is. */
/** @param {readonly number[]} times milliseconds */
function passText(times) {
  if (!times.length) return message('compared.not-yet');
  const of = { ms: brief(median(times)), all: times.length };
  return times.length === 1
    ? message('compared.one', { ms: of.ms })
    : message('compared.median', of);
}

/** @param {Side} side */
function valueAt({ graph, trace, cell }) {
  if (!cell) return null;
  return trace?.get(cell.layer)?.data[graph.offset(cell)] ?? null;
}

/**
 * @param {string} name
 * @param {readonly Side[]} sides
 * @param {(side: Side) => string} of
 * @returns {Row}
 */
function row(name, sides, of) {
  return { name, values: sides.map(of) };
}

/**
 * @param {Graph} graph
 * @returns {number} of one image, through the whole network
 */
export function multiplyAdds(graph) {
  const all = graph.names.map((name) => operationsOf(graph, name));
  return all.reduce((sum, one) => sum + (one?.noun === 'multiply-add' ? one.count : 0), 0);
}

/** @param {Graph} graph @returns {string} what layers of unknown kinds compute is not in the count */
function multiplyAddsText(graph) {
  const unknown = graph.names.some((name) => traitsOf(graph.layer(name)).unknown);
  const count = grouped(multiplyAdds(graph));
  return unknown ? message('compared.least', { count }) : count;
}

/** @param {Graph} graph */
function parametersOf(graph) {
  return graph.names.reduce((sum, name) => sum + parameterCount(graph.layer(name)), 0);
}

/**
 * @param {Side} side
 * @param {number} rank
 * @returns {string} "3 with 99.8 %"
 */
export function guess({ graph, trace }, rank) {
  const values = trace?.get(graph.output)?.data;
  if (!values) return message('compared.nothing');
  const at = ranked(values)[rank];
  if (at === undefined) return '–'; // there is no second of one class
  const share = answerText(graph, values, at);
  return message('compared.guess', { class: graph.classes[at] ?? '', share });
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}

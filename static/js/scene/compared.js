// What is said of two readings: a table whose columns are the readings, and the cell pointed at.

import { cellName } from '../kinds/names.js';
import { operationsOf } from '../kinds/index.js';
import { traitsOf } from '../kinds/traits.js';
import { compared } from '../text/differences.js';
import { message } from '../text/messages.js';
import { brief, grouped, own } from '../text/numbers.js';
import { isAlone, percent } from '../text/shares.js';
import { parameterCount } from './captions.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */

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
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
  const best = order[rank] ?? 0;
  const share = percent(values[best] ?? 0, { alone: isAlone(values) });
  return message('compared.guess', { class: graph.classes[best] ?? '', share });
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}

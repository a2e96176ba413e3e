// The connections that matter for the first guess: the strongest shares of its score, chained back.

import { termsOf } from '../../kinds/network/amounts.js';
import { traitsOf } from '../../kinds/traits.js';
import { regionOf } from '../../geometry/graph.js';
import { rectOf } from '../pick.js';
import { standCell } from './cone.js';
import { FRAMES, NO_MARKS, framed } from './frames.js';

/** @import { Cell, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Answer, Layout, LineMark, Marks, View } from '../types.d.ts' */

/** Lines that end in one layer. */
export const STRONGEST = 8;

/**
 * A share of the score: a term of the sum that makes `to`, times the score's derivative by that
 * sum. To first order the score would lose as much without it.
 * @typedef {object} Link
 * @property {Cell} from
 * @property {Cell} to
 * @property {number} value
 */

/**
 * The unit whose score is the first guess's: what the last softmax reads.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @returns {Cell | null}
 */
export function guessedUnit(graph, trace) {
  const data = trace.get(graph.output)?.data;
  if (!data) return null;
  const channel = Math.max(0, data.indexOf(Math.max(...data)));
  const last = graph.layer(graph.output);
  const layer = traitsOf(last).shares ? (last.inputs[0] ?? last.name) : last.name;
  return { layer, channel, row: 0, column: 0 };
}

/**
 * From the score back to the image: of all links that end in the cells kept so far of a layer, the
 * strongest are kept, and the cells where they begin.
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Tensors | null} weights
 * @param {Answer} derivatives of the score
 * @param {number} [most] for each layer
 * @returns {Link[]} from the score to the image
 */
export function guessLinks(graph, trace, weights, derivatives, most = STRONGEST) {
  const keep = new Map([[derivatives.cell.layer, new Map([[0, derivatives.cell]])]]);
  /** @type {Link[]} */
  const links = [];
  for (const name of [...graph.names].reverse()) {
    const cells = [...(keep.get(name)?.values() ?? [])];
    const found = cells.flatMap((to) => linksInto(graph, trace, weights, derivatives, to));
    found.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    for (const link of found.slice(0, most)) {
      const { from } = link;
      const known = keep.get(from.layer) ?? new Map();
      keep.set(from.layer, known.set(graph.offset(from), from));
      links.push(link);
    }
  }
  return links;
}

/**
 * @param {Graph} graph
 * @param {Tensors} trace
 * @param {Tensors | null} weights
 * @param {Answer} derivatives
 * @param {Cell} to
 * @returns {Link[]}
 */
function linksInto(graph, trace, weights, { tensors }, to) {
  const slope = Number(tensors.get(to.layer)?.data[graph.offset(to)] ?? 0);
  if (slope === 0) return [];
  const whole = Number(trace.get(to.layer)?.data[graph.offset(to)]);
  const { bends } = traitsOf(graph.layer(to.layer));
  return termsOf(graph, trace, weights, to)
    .map(({ from, value }) => ({ from, to, value: (bends ? whole : value) * slope }))
    .filter(({ value }) => value !== 0);
}

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {View} view
 * @param {Answer} derivatives of the score
 * @returns {Marks} the cells that lines join are framed, and the rest is dimmed
 */
export function guessMarks(layout, graph, { trace, weights }, derivatives) {
  if (!trace) return NO_MARKS;
  const links = guessLinks(graph, trace, weights, derivatives);
  /** @type {Map<string, Cell>} */
  const cells = new Map();
  const place = (/** @type {Cell} */ cell) => {
    const at = standCell(layout, graph, cell);
    if (!rectOf(layout, at)) return null;
    cells.set(`${at.layer} ${graph.offset(at)}`, at);
    return at;
  };
  const lines = [...links, ...answerLink(graph, derivatives)].flatMap((link) => {
    const [from, to] = [place(link.from), place(link.to)];
    return from && to && from.layer !== to.layer ? [lineOf(links, link, from, to)] : [];
  });
  const lit = [...cells.values()].map((cell) => ({ region: regionOf(cell) }));
  const frames = lit.map((part) => framed('guess', FRAMES.guess, part));
  return { ...NO_MARKS, frames, lines, lit };
}

/** From the score to the answer, which has a place of its own. */
/** @param {Graph} graph @param {Answer} derivatives @returns {Link[]} */
function answerLink(graph, { cell }) {
  if (cell.layer === graph.output) return [];
  return [{ from: cell, to: { ...cell, layer: graph.output }, value: NaN }];
}

/** Strength is judged among the lines into one layer. */
/** @param {readonly Link[]} links @param {Link} link @param {Cell} a @param {Cell} b @returns {LineMark} */
function lineOf(links, { from, to, value }, a, b) {
  const ends = { from: regionOf(a), to: regionOf(b), onwards: false };
  if (Number.isNaN(value)) return { ...ends, value: 1, t: 1 };
  const peers = links.filter((link) => link.to.layer === to.layer);
  const largest = peers.reduce((most, link) => Math.max(most, Math.abs(link.value)), 0);
  return { ...ends, value, t: value / largest, link: { from, to } };
}

// The connections that matter for the first guess: the strongest shares of its score, chained back.

import { termsOf } from '../kinds/network/terms.js';
import { traitsOf } from '../kinds/traits.js';
import { rectOf } from './pick.js';
import { curve } from './connections.js';
import { standCell } from './cone.js';
import { FRAMES } from './frames.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Derivatives } from './effect.js' */
/** @import { CurveItem, FrameItem, Layout, OverlayItem, Rect, ScrimItem, View } from './types.d.ts' */

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
  let channel = 0;
  for (let i = 1; i < data.length; i++) if (Number(data[i]) > Number(data[channel])) channel = i;
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
 * @param {Derivatives} derivatives of the score
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
 * @param {Derivatives} derivatives
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
 * @param {Derivatives} derivatives of the score
 * @returns {OverlayItem[]}
 */
export function guessItems(layout, graph, { trace, weights }, derivatives) {
  if (!trace) return [];
  const links = guessLinks(graph, trace, weights, derivatives);
  /** @type {Map<string, Rect>} */
  const frames = new Map();
  const place = (/** @type {Cell} */ cell) => {
    const at = standCell(layout, graph, cell);
    const rect = rectOf(layout, at);
    if (rect) frames.set(`${at.layer} ${graph.offset(at)}`, rect);
    return rect;
  };
  const end = answerLink(graph, derivatives);
  const curves = [...links, ...end].flatMap((link) => curveOf(layout, links, link, place));
  /** @type {ScrimItem} */
  const scrim = { kind: 'scrim', area: layout.field, holes: holesOf(layout, frames) };
  return [
    scrim,
    ...curves,
    ...[...frames].map(
      ([key, rect]) =>
        /** @type {FrameItem} */ ({
          ...{ kind: 'frame', role: 'guess', layer: key.split(' ')[0] ?? '', rect },
          ...FRAMES.guess,
        }),
    ),
  ];
}

/** From the score to the answer, which has a place of its own. */
/** @param {Graph} graph @param {Derivatives} derivatives @returns {Link[]} */
function answerLink(graph, { cell }) {
  if (cell.layer === graph.output) return [];
  return [{ from: cell, to: { ...cell, layer: graph.output }, value: NaN }];
}

/**
 * Strength is judged among the lines into one layer.
 * @param {Layout} layout
 * @param {readonly Link[]} links
 * @param {Link} link
 * @param {(cell: Cell) => Rect | null} place
 * @returns {CurveItem[]}
 */
function curveOf(layout, links, { from, to, value }, place) {
  const [a, b] = [place(from), place(to)];
  if (!a || !b || layout.stand(from.layer) === layout.stand(to.layer)) return [];
  const peers = links.filter((link) => link.to.layer === to.layer);
  const largest = peers.reduce((most, link) => Math.max(most, Math.abs(link.value)), 0);
  if (Number.isNaN(value)) return [curve(layout, a, b, 1, 1, false)];
  return [{ ...curve(layout, a, b, value, largest, false), link: { from, to } }];
}

/**
 * What stays bright: the cells with a little around them, captions, legends, the answer.
 * @param {Layout} layout
 * @param {ReadonlyMap<string, Rect>} frames
 * @returns {Rect[]}
 */
function holesOf(layout, frames) {
  const readout = layout.boxes.filter(({ look }) => look === 'bars').map(({ slot }) => slot);
  const texts = layout.boxes.flatMap(({ caption, legend }) =>
    [caption, legend].filter((text) => text !== null),
  );
  const wide = texts.map(({ x, y, width, height }) => ({ x: x - 7, y, width: width + 14, height }));
  return [...frames.values(), ...readout, ...wide];
}

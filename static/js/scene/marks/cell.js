// The marks of a cell: what it reads, back to the image, what made its number, and what it reaches.

import { contributions } from '../../kinds/network/amounts.js';
import { cellsIn, filled, hasGaps, regionOf, wholeMap } from '../../geometry/regions.js';
import { traitsOf } from '../../kinds/traits.js';
import { fieldParts, forwardParts, isSingle, strongestReaders, windowParts } from './cone.js';
import { FRAMES, MOST_APART, NO_MARKS, framed } from './frames.js';
import { rectOf } from '../pick.js';

/** @import { Cell, Contributions, Graph, Region } from '../../geometry/types.d.ts' */
/** @import { Influence } from '../../kinds/types.d.ts' */
/** @import { FrameMark, FrameStyle, Layout, LineMark, Marks, Part, View, WedgeMark } from '../types.d.ts' */

/** Of the largest contribution; the account lists what is weaker. */
const LEAST = 0.08;

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {View} view
 * @param {Cell} cell where its layer is hidden, what it reads is framed alone
 * @param {boolean} pinned
 * @param {boolean} fills its map fills: a frame says how far it will
 * @returns {Marks}
 */
export function cellMarks(layout, graph, view, cell, pinned, fills) {
  const own = { region: regionOf(cell) };
  const windows = windowParts(graph, cell);
  const boxes = windows.map((one) => ({ ...one, region: filled(one.region) }));
  const fields = fieldParts(layout, graph, cell, windows).filter((field) => tells(graph, field));
  const image = (/** @type {Part} */ { region }) => region.layer === graph.input;
  const read = {
    fields: fields.map((one) => framed('field', image(one) ? FRAMES.image : FRAMES.field, one)),
    windows: boxes.map((one) => framed('window', FRAMES.window, one)),
  };
  if (!rectOf(layout, cell)) return { ...NO_MARKS, frames: [...read.fields, ...read.windows] };
  const onwards = () => (fills ? ownMap(graph, cell) : reached(layout, graph, view, cell));
  const forward = pinned ? onwards() : NO_MARKS;
  const found = view.trace && contributions(graph, view.trace, view.weights, cell);
  return {
    cells: [],
    wedges: [...cone(layout, own, [...fields, ...boxes]), ...forward.wedges],
    lines: [...forward.lines, ...incoming(graph, found, cell)],
    frames: [
      ...read.fields,
      ...windows.filter(isApart).map((one) => framed('taken', FRAMES.winner, one)),
      ...read.windows,
      ...winner(graph, found, cell),
      ...forward.frames,
      framed(pinned ? 'pinned' : 'pointed', FRAMES.cell, own),
    ],
    lit: pinned
      ? [inItsMap(graph, own.region), ...fields, ...windows, ...(forward.lit ?? [])]
      : null,
  };
}

/** A window that skips cells shows each that it takes. @param {Part} window */
function isApart({ region }) {
  return hasGaps(region) && cellsIn(region) <= MOST_APART;
}

/** That a cell depends on all of a layer far behind it says nothing; on the image it is shown. */
/** @param {Graph} graph @param {Part} field */
function tells(graph, { region, whole }) {
  return !whole || region.layer === graph.input;
}

/**
 * From the image to the cell, through every layer that shows a part of the field. Curves lead to the
 * cell itself; where what it reads is hidden, edges do.
 * @param {Layout} layout
 * @param {Part} own
 * @param {Part[]} parts
 * @returns {WedgeMark[]}
 */
function cone(layout, own, parts) {
  /** @type {Map<string, Part[]>} */
  const shown = new Map();
  let hidden = false;
  for (const one of parts) {
    const name = layout.stand(one.region.layer);
    if (layout.box(name)) shown.set(name, [...(shown.get(name) ?? []), one]);
    else hidden = true;
  }
  const cell = [own];
  shown.set(own.region.layer, cell);
  return [...shown].flatMap(([name, to]) =>
    layout.sources(name).flatMap((source) => {
      const from = shown.get(source);
      return from ? [{ from, to, edged: to !== cell || hidden }] : [];
    }),
  );
}

/** What it is made of, by contribution: the winner alone for max pooling. */
/** @param {Graph} graph @param {Contributions | null} found @param {Cell} cell @returns {LineMark[]} */
function incoming(graph, found, cell) {
  if (!found || found.largest === 0) return [];
  const to = regionOf(cell);
  return linesBetween(bundle(graph, cell, found), (from) => ({ from, to, onwards: false }));
}

/**
 * One line for each influence but 0, the weakest first.
 * @param {readonly Influence[]} parts
 * @param {(region: Region) => Pick<LineMark, 'from' | 'to' | 'onwards'>} ends
 * @returns {LineMark[]}
 */
function linesBetween(parts, ends) {
  const lines = parts.filter(({ value }) => value !== 0);
  lines.sort((a, b) => Math.abs(a.value) - Math.abs(b.value));
  const largest = Math.abs(lines.at(-1)?.value ?? 1);
  return lines.map(({ region, value }) => ({ ...ends(filled(region)), value, t: value / largest }));
}

/**
 * One line for each of these: what is strong enough to be seen. Pooling sends a single one, from
 * the winner or from its whole window.
 * @param {Graph} graph
 * @param {Cell} cell
 * @param {Contributions} found
 * @returns {Influence[]}
 */
function bundle(graph, cell, { values, region, how, winner: won, largest }) {
  const one = (/** @type {number} */ i) => ({ region: region(i), value: values[i] ?? 0 });
  if (how === 'max') return [one(won)];
  if (traitsOf(graph.layer(cell.layer)).pools) {
    const { row1, column1 } = region(values.length - 1);
    const value = values.reduce((a, b) => a + b, 0);
    return [{ value, region: { ...region(0), row1, column1 } }];
  }
  /** @type {Influence[]} */
  const parts = [];
  for (let i = 0; i < values.length; i++)
    if (Math.abs(values[i] ?? 0) >= LEAST * largest) parts.push(one(i));
  return parts;
}

/** @param {Graph} graph @param {Contributions | null} found @param {Cell} cell @returns {FrameMark[]} */
function winner(graph, found, { layer }) {
  const picked =
    found && found.winner >= 0 && traitsOf(graph.layer(layer)).picks?.(graph.layer(layer));
  return picked ? [framed('winner', FRAMES.winner, { region: found.region(found.winner) })] : [];
}

/** What the cell reaches: dashed frames, and lines to its strongest readers. */
/** @param {Layout} layout @param {Graph} graph @param {View} view @param {Cell} cell @returns {Marks} */
function reached(layout, graph, view, cell) {
  const parts = forwardParts(layout, graph, cell).filter(({ whole }) => !whole);
  const frames = parts.map((one) => framed('forward', reachedStyle(one.region), one));
  const lit = parts.map(({ region }) => inItsMap(graph, region));
  const { trace } = view;
  if (!trace) return { ...NO_MARKS, frames, lit };
  const { from, strongest } = strongestReaders(layout, graph, { ...view, trace }, cell);
  const start = regionOf(rectOf(layout, from) ? from : cell);
  const lines = linesBetween(strongest.toReversed(), (to) => ({ from: start, to, onwards: true }));
  const own = [{ region: regionOf(cell) }];
  const wedges = from === cell ? [] : [{ from: own, to: [{ region: start }], edged: true }];
  lit.push(...strongest.map(({ region }) => ({ region })));
  return { ...NO_MARKS, frames, lines, wedges, lit };
}

/** @param {Graph} graph @param {Cell} cell @returns {Marks} */
function ownMap(graph, { layer, channel }) {
  const frames = [framed('forward', FRAMES.reached, { region: wholeMap(graph, layer, channel) })];
  return { ...NO_MARKS, frames };
}

/** @param {Region} region @returns {FrameStyle} */
function reachedStyle(region) {
  const single = region.row1 - region.row0 === 1 || hasGaps(region);
  return single ? FRAMES.reachedCell : FRAMES.reached;
}

/** A single cell stands in its map; a box of cells by itself. */
/** @param {Graph} graph @param {Region} region @returns {Part} */
function inItsMap(graph, region) {
  const { rows, columns } = graph.size(region.layer);
  const map = { row0: 0, row1: rows, column0: 0, column1: columns };
  return { region: isSingle(region) ? { ...region, ...map } : region };
}

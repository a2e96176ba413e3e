// The marks of paths: the cells that they lead through, the ink they begin with, lines between them.

import { cellsIn, regionOf } from '../../geometry/regions.js';
import { chainsOf, inkOfPath } from '../paths.js';
import { rectOf } from '../pick.js';
import { standCell } from './cone.js';
import { FRAMES, NO_MARKS, framed } from './frames.js';

/** @import { Cell, Graph, Region } from '../../geometry/types.d.ts' */
/** @import { Chain, Layout, LineMark, Marks, Paths } from '../types.d.ts' */

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Paths} paths
 * @param {number | null} path the one that is lit alone; null for all
 * @returns {Marks} the cells that lines join are framed, and the rest is dimmed
 */
export function pathMarks(layout, graph, paths, path) {
  const chains = chainsOf(graph, paths);
  const largest = Math.max(...chains.map(({ value }) => Math.abs(value)));
  /** @type {Map<string, Region>} */
  const framedCells = new Map();
  /** @type {LineMark[]} */
  const lines = [];
  /** @type {Region[]} */
  const inks = [];
  // the strongest last, so that it lies on top
  for (const [i, chain] of [...chains.entries()].reverse()) {
    if (path !== null && i !== path) continue;
    const ink = layout.box(graph.input) ? inkOfPath(graph, paths, i) : null;
    if (ink) inks.push(ink);
    const stops = stopsOf(layout, graph, paths, chain);
    for (const one of stops) framedCells.set(Object.values(one).join(), regionOf(one));
    const places = [...(ink ? [ink] : []), ...stops.map(regionOf)];
    lines.push(...linesAlong(places, chain.value, largest));
  }
  const cells = [...framedCells.values()].map((region) => ({ region }));
  const own = cells.filter(({ region }) => cellsIn(region) === 1);
  return {
    ...NO_MARKS,
    lines,
    lit: [...inks.map((region) => ({ region })), ...cells],
    frames: [
      ...inks.map((region) => framed('path', FRAMES.image, { region })),
      ...own.map((part) => framed('path', FRAMES.path, part)),
    ],
  };
}

/**
 * The cells of a chain that are shown, to the score and the answer.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Paths} paths
 * @param {Chain} chain
 * @returns {Cell[]}
 */
function stopsOf(layout, graph, { cell }, { cells }) {
  const answer = cell.layer === graph.output ? [] : [{ ...cell, layer: graph.output }];
  const inside = cells.filter(({ layer }) => layer !== graph.input);
  return [...inside, cell, ...answer]
    .map((one) => standCell(layout, graph, one))
    .filter((one) => rectOf(layout, one));
}

/** @param {readonly Region[]} places @param {number} value @param {number} largest @returns {LineMark[]} */
function linesAlong(places, value, largest) {
  return places.slice(1).flatMap((to, i) => {
    const from = places[i];
    if (!from || from.layer === to.layer) return [];
    return [{ from, to, value, t: value / largest, onwards: false }];
  });
}

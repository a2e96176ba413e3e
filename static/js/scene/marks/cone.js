// What a selected cell is made of and what it reaches, as boxes of cells of the layers one can see.

import { among, cellsIn, hull, mapsOf } from '../../geometry/regions.js';
import { influences } from '../../kinds/network/amounts.js';
import { furthest, readersOf, receptiveField, windowOf } from '../../kinds/network/windows.js';
import { traitsOf } from '../../kinds/traits.js';

/** @import { Cell, Graph, Region, Tensors } from '../../geometry/types.d.ts' */
/** @import { Influence } from '../../kinds/types.d.ts' */
/** @import { Layout, Part, View } from '../types.d.ts' */

/** @param {Graph} graph @param {Region} region @returns {Part} */
export function part(graph, region) {
  const { channels, rows, columns } = graph.size(region.layer);
  const cells = cellsIn(region);
  return { region, whole: cells === channels * rows * columns && cells > 1 };
}

/** @param {Graph} graph @param {Cell} cell @returns {Part[]} */
export function windowParts(graph, cell) {
  return windowOf(graph, cell).map((region) => part(graph, region));
}

/**
 * The receptive field on visible layers, without what the window already shows.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Cell} cell
 * @param {Part[]} windows
 * @returns {Part[]}
 */
export function fieldParts(layout, graph, cell, windows) {
  /** @type {Part[]} */
  const parts = [];
  for (const [name, region] of receptiveField(graph, cell)) {
    if (layout.stand(name) !== name) continue; // its cells are shown on the layer under it
    const shown = windows.some(
      (window) => layout.stand(window.region.layer) === name && sameBounds(window.region, region),
    );
    if (!shown) parts.push(part(graph, region));
  }
  return parts;
}

/** @param {Region} a @param {Region} b of layers of one shape */
function sameBounds(a, b) {
  return boundsOf(a).join() === boundsOf(b).join();
}

/** @param {Region} region */
function boundsOf({ channel0, channel1, maps = [], row0, row1, column0, column1 }) {
  return [channel0, channel1, row0, row1, column0, column1, ...maps];
}

/**
 * Direct readers on visible layers: through whatever is folded on the way.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {Part[]}
 */
export function forwardParts(layout, graph, cell) {
  return readersOf(graph, cell).flatMap((region) => {
    if (layout.stand(region.layer) !== region.layer)
      return forwardParts(layout, graph, firstCell(region));
    return layout.box(region.layer) ? [part(graph, region)] : beyond(layout, graph, region);
  });
}

/** Through a hidden layer: the readers of all its cells that are reached, as boxes in exactly their maps. */
/** @param {Layout} layout @param {Graph} graph @param {Region} region @returns {Part[]} */
function beyond(layout, graph, region) {
  /** @type {Map<string, Region>} */
  const found = new Map();
  for (const cell of endsOf(graph, region))
    for (const { region: read } of forwardParts(layout, graph, cell))
      found.set(read.layer, hull(found.get(read.layer), { ...read, maps: mapsOf(read) }));
  return [...found.values()].map((read) => part(graph, among(read, mapsOf(read))));
}

/** The first and the last cell of each map; of the outer maps alone where no later table leaves one out. */
/** @param {Graph} graph @param {Region} region @returns {Cell[]} */
function endsOf(graph, region) {
  const maps = mapsOf(region);
  const later = graph.names.slice(graph.names.indexOf(region.layer));
  const sparse = region.maps ?? later.some((name) => graph.layer(name).connections);
  return maps.flatMap((channel, i) => {
    if (!sparse && i > 0 && i < maps.length - 1) return [];
    const ends = furthest(graph, region, channel);
    return isSingle(region) ? ends.slice(0, 1) : ends;
  });
}

/** @param {Region} region @returns {boolean} one cell of each map */
export function isSingle({ row0, row1, column0, column1 }) {
  return row1 - row0 === 1 && column1 - column0 === 1;
}

/** @param {Region} region @returns {Cell} */
function firstCell({ layer, channel0, row0, column0 }) {
  return { layer, channel: channel0, row: row0, column: column0 };
}

const STRONGEST = 10;

/**
 * The strongest influences on visible layers, and where they leave from. When a single pooled cell
 * takes the value on unchanged, they are that cell's.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {View & { trace: Tensors }} view
 * @param {Cell} cell
 * @returns {{ from: Cell, strongest: Influence[] }}
 */
export function strongestReaders(layout, graph, view, cell) {
  const all = visibleInfluences(layout, graph, view, cell);
  const pooled = all[0] && all.length === 1 ? firstCell(all[0].region) : null;
  const { pools, weighted } = pooled ? traitsOf(graph.layer(pooled.layer)) : {};
  const passes = pooled && pools && !weighted && all[0]?.value !== 0;
  const from = passes ? pooled : cell;
  const reached = passes ? visibleInfluences(layout, graph, view, pooled) : all;
  reached.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return { from, strongest: reached.slice(0, STRONGEST).filter(({ value }) => value !== 0) };
}

/** @param {Layout} layout @param {Graph} graph @param {View & { trace: Tensors }} view @param {Cell} cell @returns {Influence[]} */
function visibleInfluences(layout, graph, view, cell) {
  return influences(graph, view.trace, view.weights, cell).flatMap((influence) =>
    layout.stand(influence.region.layer) === influence.region.layer
      ? [influence]
      : visibleInfluences(layout, graph, view, firstCell(influence.region)),
  );
}

/**
 * The visible cell that stands for a cell: where an activation folded, what flatten reads.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {Cell}
 */
export function standCell(layout, graph, cell) {
  const stand = layout.stand(cell.layer);
  return stand === cell.layer ? cell : graph.cellAt(stand, graph.offset(cell));
}

// What pointing and pinning add in space: frames, curves, the cone to the image, what is dimmed.

import { contributions } from '../../kinds/network/contributions.js';
import { fieldParts, forwardParts, standCell, strongestReaders, windowParts } from '../cone.js';
import { bundle } from '../connections.js';
import { FRAMES } from '../frames.js';
import { regionOf, sameCell } from '../../geometry/regions.js';
import { traitsOf } from '../../kinds/traits.js';
import { curved, frameLines, frustum, middle } from './lines.js';
import { hull, light, patchesOf, wholePatch } from './patches.js';

/** @import { Cell, Region } from '../../geometry/types.d.ts' */
/** @import { Influence } from '../../kinds/types.d.ts' */
/** @import { Part } from '../cone.js' */
/** @import { FrameStyle, Layout, View } from '../types.d.ts' */
/** @import { Sight } from './patches.js' */
/** @import { Frame3, Line3, Patch, SpaceOverlay } from './types.d.ts' */

/** Cones of their own up to this many maps; beyond, one around all. */
const MOST_CONES = 20;
const EDGE = 0.3;
/** Opacity of a side of the cone; less where many stand before each other. */
const FILL = 0.13;

/**
 * @typedef {object} Asked
 * @property {Sight} sight
 * @property {Layout} layout the flat one: which layer stands for which
 * @property {View} view
 * @property {Cell | null} pointed
 * @property {Cell | null} pinned
 * @property {Cell | null} focus
 */

/** @param {Asked} asked @returns {SpaceOverlay} */
export function overlayInSpace({ sight, layout, view, pointed, pinned, focus }) {
  const drawn = new Drawing(sight);
  const { graph } = sight;
  const selected = pinned ?? pointed;
  const stand = (/** @type {Cell} */ cell) => standCell(layout, graph, cell);
  if (selected) select(drawn, layout, view, stand(selected), pinned !== null);
  if (pinned && pointed && !sameCell(pinned, pointed))
    drawn.frame('compare', patchesOf(sight, regionOf(stand(pointed))), FRAMES.compare, true);
  if (focus) drawn.frame('focus', patchesOf(sight, regionOf(stand(focus))), FRAMES.focus, true);
  return drawn.done();
}

/** Collects what is drawn, in painting order. */
class Drawing {
  /** @type {Frame3[]} */
  #frames = [];
  /** @type {Line3[]} */
  #through = [];
  /** @type {Line3[]} */
  #front = [];
  /** @type {Line3[]} */
  #curves = [];
  /** @type {number[]} */
  #cone = [];
  /** @type {Uint8Array | null} */
  lit = null;

  /** @param {Sight} sight */
  constructor(sight) {
    this.sight = sight;
  }

  /** @param {string} role @param {Patch[]} patches @param {FrameStyle} style @param {boolean} front */
  frame(role, patches, style, front) {
    for (const patch of patches) {
      this.#frames.push({ kind: 'frame3', role, patch });
      (front ? this.#front : this.#through).push(...frameLines(patch, style));
    }
  }

  /** @param {Patch[]} from @param {Patch[]} to @param {boolean} edged */
  wedges(from, to, edged) {
    const found = pairs(from, to);
    const fill = FILL / Math.sqrt(Math.max(1, found.length));
    for (const [a, b] of found) {
      const edges = frustum(a, b, this.#cone, fill, EDGE);
      if (edged) this.#through.push(...edges);
    }
  }

  /** @param {Line3} line */
  line(line) {
    this.#curves.push(line);
  }

  /** @returns {SpaceOverlay} */
  done() {
    return {
      frames: this.#frames,
      lines: { through: this.#through, curves: this.#curves, front: this.#front },
      cone: Float32Array.from(this.#cone),
      lit: this.lit,
    };
  }
}

/** @param {Drawing} drawn @param {Layout} layout @param {View} view @param {Cell} cell @param {boolean} pinned */
function select(drawn, layout, view, cell, pinned) {
  const { sight } = drawn;
  const { graph } = sight;
  const own = patchesOf(sight, regionOf(cell));
  const [at] = own;
  if (!at) return;
  const windows = windowParts(graph, cell);
  const fields = fieldParts(layout, graph, cell, windows).filter((part) => tells(sight, part));
  if (pinned) dim(drawn, cell, [...fields, ...windows]);
  cone(drawn, cell, own, [...fields, ...windows]);
  incoming(drawn, view, cell, at);
  for (const part of fields) {
    const image = part.region.layer === graph.input;
    drawn.frame('field', partPatches(sight, part), image ? FRAMES.image : FRAMES.field, image);
  }
  for (const part of windows) drawn.frame('window', partPatches(sight, part), FRAMES.window, false);
  winner(drawn, view, cell);
  if (pinned) forward(drawn, layout, view, cell, at);
  drawn.frame(pinned ? 'pinned' : 'pointed', own, FRAMES.cell, true);
}

/** That a cell depends on all of a layer far behind it says nothing; on the image it is shown. */
/** @param {Sight} sight @param {Part} part */
function tells({ graph }, { region, whole }) {
  return !whole || region.layer === graph.input;
}

/** @param {Sight} sight @param {Part} part */
function partPatches(sight, { region, whole }) {
  return whole ? wholePatch(sight, region.layer) : patchesOf(sight, region);
}

/** From the image to the cell, through every layer that shows a part of the field. */
/** @param {Drawing} drawn @param {Cell} cell @param {Patch[]} own @param {Part[]} parts */
function cone(drawn, cell, own, parts) {
  const { sight } = drawn;
  const { graph, space } = sight;
  /** @type {Map<string, Patch[]>} */
  const shown = new Map([[space.stand(cell.layer), own]]);
  for (const part of parts) {
    const name = space.stand(part.region.layer);
    shown.set(name, [...(shown.get(name) ?? []), ...partPatches(sight, part)]);
  }
  for (const [name, to] of shown)
    for (const source of new Set(graph.layer(name).inputs.map(space.stand)))
      drawn.wedges(shown.get(source) ?? [], to, to !== own);
}

/** @param {Patch[]} from @param {Patch[]} to @returns {[Patch, Patch][]} */
function pairs(from, to) {
  const [a, b] = [from[0], to[0]];
  if (!a || !b) return [];
  if (from.length === to.length && from.length <= MOST_CONES)
    return from.map((patch, i) => [patch, to[i] ?? b]);
  if (to.length === 1 && from.length <= MOST_CONES) return from.map((patch) => [patch, b]);
  if (from.length === 1 && to.length <= MOST_CONES) return to.map((patch) => [a, patch]);
  return [[around(from, a), around(to, b)]];
}

/** @param {Patch[]} patches @param {Patch} first @returns {Patch} */
function around(patches, first) {
  return { ...first, ...patches.reduce(hull, first) };
}

/** What it is made of, by contribution: colour its sign, width its strength. */
/** @param {Drawing} drawn @param {View} view @param {Cell} cell @param {Patch} at */
function incoming(drawn, { trace, weights }, cell, at) {
  const { graph } = drawn.sight;
  const found = trace && contributions(graph, trace, weights, cell);
  if (!found || found.largest === 0) return;
  bundleLines(drawn, bundle(graph, cell, found), at, false);
}

/** @param {Drawing} drawn @param {Influence[]} parts @param {Patch} at @param {boolean} onwards */
function bundleLines(drawn, parts, at, onwards) {
  const largest = parts.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  const sorted = parts.toSorted((a, b) => Math.abs(a.value) - Math.abs(b.value));
  for (const { region, value } of sorted) {
    const [other] = patchesOf(drawn.sight, region);
    if (!other || value === 0) continue;
    const t = Math.abs(value / largest);
    const [from, to] = onwards ? [at, other] : [other, at];
    drawn.line(
      curved(middle(from), middle(to), {
        width: 0.75 + 3.25 * t,
        tone: value < 0 ? 'neg' : 'pos',
        opacity: (0.18 + 0.77 * t) * (onwards ? 0.8 : 1),
      }),
    );
  }
}

/** @param {Drawing} drawn @param {View} view @param {Cell} cell */
function winner(drawn, { trace, weights }, cell) {
  const { graph } = drawn.sight;
  const layer = graph.layer(cell.layer);
  if (!trace || !traitsOf(layer).picks?.(layer)) return;
  const found = contributions(graph, trace, weights, cell);
  if (!found || found.winner < 0) return;
  drawn.frame('winner', patchesOf(drawn.sight, found.region(found.winner)), FRAMES.winner, false);
}

/** What the cell reaches: dashed frames, and lines to its strongest readers. */
/** @param {Drawing} drawn @param {Layout} layout @param {View} view @param {Cell} cell @param {Patch} at */
function forward(drawn, layout, { trace, ...view }, cell, at) {
  const { sight } = drawn;
  const { graph } = sight;
  for (const { region } of forwardParts(layout, graph, cell).filter(({ whole }) => !whole)) {
    drawn.frame('forward', patchesOf(sight, region), FRAMES.reachedCell, false);
    lightMap(drawn, region);
  }
  if (!trace) return;
  const { from, strongest } = strongestReaders(layout, graph, { ...view, trace }, cell);
  const [start = at] = patchesOf(sight, regionOf(from));
  for (const { region } of strongest) if (drawn.lit) light(drawn.lit, sight, region);
  bundleLines(drawn, strongest, start, true);
  if (from !== cell) drawn.wedges([at], [start], true);
}

/** A single cell stands in its map; a box of cells by itself. */
/** @param {Drawing} drawn @param {Region} region */
function lightMap({ lit, sight }, region) {
  if (!lit) return;
  const single = region.row1 - region.row0 === 1 && region.column1 - region.column0 === 1;
  const { rows, columns } = sight.graph.size(region.layer);
  const all = { row0: 0, row1: rows, column0: 0, column1: columns };
  light(lit, sight, single ? { ...region, ...all } : region);
}

/** Everything but the field, the windows, its own map and the answer. */
/** @param {Drawing} drawn @param {Cell} cell @param {Part[]} parts */
function dim(drawn, cell, parts) {
  const { sight } = drawn;
  drawn.lit = new Uint8Array(sight.space.count);
  for (const { region } of parts) light(drawn.lit, sight, region);
  lightMap(drawn, regionOf(cell));
  for (const { layer, look, channels, first } of sight.space.planes)
    if (look === 'bars' && layer) drawn.lit.fill(1, first, first + channels.length);
}

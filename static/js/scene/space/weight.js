// A weight that is pointed at, in space: all cells that it multiplies, all that it helps to make.

import { multiplied, usesOf } from '../../kinds/network/uses.js';
import { regionOf } from '../../geometry/regions.js';
import { standCell } from '../cone.js';
import { FRAMES } from '../frames.js';
import { madeRegion, productOf, usedRegions } from '../weight.js';
import { curved, frameLines, frustum, middle } from './lines.js';
import { light, patchesOf } from './patches.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Weight } from '../../kinds/types.d.ts' */
/** @import { FrameStyle, Layout, View } from '../types.d.ts' */
/** @import { Sight } from './patches.js' */
/** @import { Frame3, Line3, Patch, SpaceOverlay } from './types.d.ts' */

/** Opacity of the sides of the wedge, and of its edges. */
const FILL = 0.13;
const EDGE = 0.3;

/** @typedef {{ role: string, patches: Patch[], style: FrameStyle }} Part */

/**
 * @param {Sight} sight
 * @param {Layout} layout the flat one
 * @param {View} view
 * @param {Weight} weight
 * @param {Cell | null} cell the selection: its term is marked
 * @param {boolean} pinned what takes no part is dimmed
 * @returns {SpaceOverlay}
 */
export function weightInSpace(sight, layout, view, weight, cell, pinned) {
  const uses = usesOf(sight.graph, weight);
  if (!uses) return drawn([], [], [], [], null);
  const made = madeRegion(sight.graph, weight);
  const used = usedRegions(weight, uses);
  const patches = (/** @type {typeof made[]} */ regions) =>
    regions.flatMap((region) => patchesOf(sight, region));
  const [to, hull] = [patches([made]), patches(used.hull)];
  const term = termOf(sight, layout, view, weight, cell);
  const lit = pinned ? new Uint8Array(sight.space.count) : null;
  if (lit) {
    for (const region of [made, ...used.hull, ...term.regions]) light(lit, sight, region);
    for (const { look, channels, first } of sight.space.planes)
      if (look === 'bars') lit.fill(1, first, first + channels.length);
  }
  /** @type {number[]} */
  const cone = [];
  const [from, until] = [hull[0], to[0]];
  const edges = from && until ? frustum(from, until, cone, FILL, EDGE) : [];
  const parts = [
    { role: 'forward', patches: to, style: FRAMES.made },
    { role: 'field', patches: patches(used.cells), style: FRAMES.winner },
    { role: 'window', patches: hull, style: FRAMES.window },
  ];
  return drawn([...parts, ...term.parts], edges, term.lines, cone, lit);
}

/**
 * Of the selected cell: itself, the cell that the weight multiplies for it, the line between them.
 *
 * @param {Sight} sight @param {Layout} layout @param {View} view @param {Weight} weight @param {Cell | null} cell
 */
function termOf(sight, layout, view, weight, cell) {
  const { graph } = sight;
  const regionAt = (/** @type {Cell} */ of) => regionOf(standCell(layout, graph, of));
  const source = cell && multiplied(graph, weight, cell);
  const regions = [cell, source].flatMap((of) => (of ? [regionAt(of)] : []));
  const [own, from] = regions.map((region) => patchesOf(sight, region));
  /** @type {Part[]} */
  const parts = own ? [{ role: 'pinned', patches: own, style: FRAMES.cell }] : [];
  if (from) parts.unshift({ role: 'winner', patches: from, style: FRAMES.cell });
  const product = source ? productOf(graph, view, weight, source) : 0;
  return { regions, parts, lines: product === 0 ? [] : between(from?.[0], own?.[0], product) };
}

/** @param {Patch | undefined} from @param {Patch | undefined} to @param {number} product @returns {Line3[]} */
function between(from, to, product) {
  const tone = product < 0 ? 'neg' : 'pos';
  return from && to ? [curved(middle(from), middle(to), { width: 4, tone, opacity: 0.95 })] : [];
}

/**
 * @param {readonly Part[]} parts in painting order
 * @param {readonly Line3[]} edges
 * @param {readonly Line3[]} curves
 * @param {readonly number[]} cone
 * @param {Uint8Array | null} lit
 * @returns {SpaceOverlay}
 */
function drawn(parts, edges, curves, cone, lit) {
  const frames = parts.flatMap(({ role, patches }) =>
    patches.map((patch) => /** @type {Frame3} */ ({ kind: 'frame3', role, patch })),
  );
  const lines = (/** @type {boolean} */ front) =>
    parts.flatMap(({ patches, style }) =>
      (style === FRAMES.cell) === front ? patches.flatMap((patch) => frameLines(patch, style)) : [],
    );
  return {
    ...{ frames, cone: Float32Array.from(cone), lit },
    lines: { through: [...edges, ...lines(false)], curves, front: lines(true) },
  };
}

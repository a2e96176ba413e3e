// Marks in space: frames and curves, the cone to the image, and which cells are not dimmed.

import { FRAMES } from '../marks/frames.js';
import { curved, frameLines, frustum, middle } from './lines.js';
import { hull, light, patchesOf, wholePatch } from './patches.js';

/** @import { FrameMark, FrameStyle, LineMark, Marks, Part } from '../types.d.ts' */
/** @import { Sight } from './patches.js' */
/** @import { Frame3, Line3, Patch, SpaceOverlay } from './types.d.ts' */

/** Cones of their own up to this many maps; beyond, one around all. */
const MOST_CONES = 20;
const EDGE = 0.3;
/** Opacity of a side of the cone; less where many stand before each other. */
const FILL = 0.13;

/**
 * @param {Sight} sight
 * @param {Marks} marks
 * @returns {SpaceOverlay}
 */
export function marksInSpace(sight, { cells, frames, lines, wedges, lit }) {
  const placed = frames.map((mark) => {
    /** Dashes of one pixel break on a slope. @type {FrameStyle} */
    const style = mark.style === FRAMES.reached ? FRAMES.reachedCell : mark.style;
    return { role: mark.role, style, patches: partPatches(sight, mark) };
  });
  const framed = (/** @type {boolean} */ front) =>
    placed.flatMap(({ style, patches }) =>
      (style.front ?? false) === front ? patches.flatMap((patch) => frameLines(patch, style)) : [],
    );
  const { edges, cone } = coneOf(sight, wedges);
  return {
    frames: placed.flatMap(({ role, patches }) => patches.map((patch) => frame3(role, patch))),
    lines: {
      through: [...edges, ...framed(false)],
      curves: lines.flatMap((line) => curveOf(sight, line)),
      front: framed(true),
    },
    cone: Float32Array.from(cone),
    lit: lit && litCells(sight, [...lit, ...cells]),
  };
}

/** @param {FrameMark['role']} role @param {Patch} patch @returns {Frame3} */
function frame3(role, patch) {
  return { kind: 'frame3', role, patch };
}

/** @param {Sight} sight @param {Part} part */
function partPatches(sight, { region, whole }) {
  return whole ? wholePatch(sight, region.layer) : patchesOf(sight, region);
}

/** @param {Sight} sight @param {Marks['wedges']} wedges */
function coneOf(sight, wedges) {
  /** @type {number[]} */
  const cone = [];
  const edges = wedges.flatMap(({ from, to, edged }) => {
    const patches = (/** @type {readonly Part[]} */ parts) =>
      parts.flatMap((part) => partPatches(sight, part));
    const found = pairs(patches(from), patches(to));
    const fill = FILL / Math.sqrt(Math.max(1, found.length));
    const sides = found.flatMap(([a, b]) => frustum(a, b, cone, fill, EDGE));
    return edged ? sides : [];
  });
  return { edges, cone };
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

/** Colour is the sign, width the strength. */
/** @param {Sight} sight @param {LineMark} line @returns {Line3[]} */
function curveOf(sight, { from, to, t, onwards }) {
  const [[a], [b]] = [patchesOf(sight, from), patchesOf(sight, to)];
  const strength = Math.abs(t);
  const look = {
    width: 0.75 + 3.25 * strength,
    tone: t < 0 ? /** @type {const} */ ('neg') : /** @type {const} */ ('pos'),
    opacity: (0.18 + 0.77 * strength) * (onwards ? 0.8 : 1),
  };
  return a && b ? [curved(middle(a), middle(b), look)] : [];
}

/** What takes part, and the answer. */
/** @param {Sight} sight @param {readonly Part[]} parts @returns {Uint8Array} by cell */
function litCells(sight, parts) {
  const lit = new Uint8Array(sight.space.count);
  for (const { region } of parts) light(lit, sight, region);
  for (const { look, channels, first } of sight.space.planes)
    if (look === 'bars') lit.fill(1, first, first + channels.length);
  return lit;
}

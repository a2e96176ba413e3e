// The connections that matter for the first guess, in space.

import { standCell } from '../cone.js';
import { FRAMES } from '../frames.js';
import { guessLinks } from '../guess.js';
import { regionOf } from '../../geometry/regions.js';
import { curved, frameLines, middle } from './lines.js';
import { light, patchesOf } from './patches.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Derivatives } from '../effect.js' */
/** @import { Layout, View } from '../types.d.ts' */
/** @import { Sight } from './patches.js' */
/** @import { Frame3, Line3, Patch, SpaceOverlay } from './types.d.ts' */

/**
 * @param {Sight} sight
 * @param {Layout} layout the flat one
 * @param {View} view
 * @param {Derivatives} derivatives of the score
 * @returns {SpaceOverlay}
 */
export function guessInSpace(sight, layout, { trace, weights }, derivatives) {
  const { graph, space } = sight;
  const lit = new Uint8Array(space.count);
  /** @type {Map<string, Patch>} */
  const patches = new Map();
  const place = (/** @type {Cell} */ cell) => {
    const at = standCell(layout, graph, cell);
    const [patch] = patchesOf(sight, regionOf(at));
    if (!patch) return null;
    patches.set(`${at.layer} ${graph.offset(at)}`, patch);
    light(lit, sight, regionOf(at));
    return { at: middle(patch), layer: patch.layer };
  };
  const links = trace ? guessLinks(graph, trace, weights, derivatives) : [];
  const { cell } = derivatives;
  const end = { from: cell, to: { ...cell, layer: graph.output }, value: NaN };
  const lines = [...links, ...(cell.layer === graph.output ? [] : [end])].flatMap((link) => {
    const [from, to] = [place(link.from), place(link.to)];
    if (!from || !to || from.layer === to.layer) return [];
    const peers = links.filter(({ to: { layer } }) => layer === link.to.layer);
    const largest = peers.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
    return [curved(from.at, to.at, styleOf(Number.isNaN(link.value) ? 1 : link.value / largest))];
  });
  for (const { look, channels, first } of space.planes)
    if (look === 'bars') lit.fill(1, first, first + channels.length);
  return {
    frames: [...patches.values()].map(
      (patch) => /** @type {Frame3} */ ({ kind: 'frame3', role: 'guess', patch }),
    ),
    lines: { through: [], curves: lines, front: [...patches.values()].flatMap(framed) },
    cone: new Float32Array(0),
    lit,
  };
}

/** @param {Patch} patch */
function framed(patch) {
  return frameLines(patch, FRAMES.guess);
}

/** @param {number} t signed strength @returns {Pick<Line3, 'width' | 'tone' | 'opacity'>} */
function styleOf(t) {
  const strength = Math.abs(t);
  return {
    width: 0.75 + 3.25 * strength,
    tone: t < 0 ? 'neg' : 'pos',
    opacity: 0.18 + 0.77 * strength,
  };
}

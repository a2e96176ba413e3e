// The kernel of one map: its slices in a row, the bias, and what is said of the weight pointed at.

import { mapLabel } from '../../kinds/parts/labels.js';
import { message, pieces } from '../../text/messages.js';
import { own, scaleText } from '../../text/numbers.js';
import { biasAt, blocksOf, largestWeight, termOf, kernelTitle } from '../../scene/kernels.js';
import { weightAccount, weightsOf } from '../../scene/kernels.js';
import { html, say } from '../dom.js';
import { own as scaleOf } from '../receipt/shade.js';
import { createBlock } from './block.js';
import { createBoard } from './board.js';
import { createWeightText } from './parts.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { How } from './board.js' */
/** @import { Acts, Seen } from './map.js' */

/** Between slices, px. */
const GAP = 8;
/** What stands above the slices, px. */
const HEADS = 24;
/** Width of what is said of a weight beside its slices, and their height with it below; px. */
const SAID = 230;
const LOW = 160;

/**
 * The kernel: its slices in a row, the bias, and what is said of one weight.
 *
 * @param {Seen} seen
 * @param {'open' | 'sheet'} shape
 * @param {Acts} on
 */
export function createKernelPart({ graph, subject, room, tall, figure }, shape, on) {
  const { layer, channel } = subject;
  const slices = blocksOf(graph, layer, channel);
  const first = slices[0];
  if (!first) return { element: null, show: () => {} };
  const cell =
    shape === 'sheet' ? sheetCell(first, room) : openCell(graph, subject, slices, room, tall);
  const blocks = slices.map((slice) => createBlock(slice, cell, figure));
  const heads = blocks.map(({ element }, i) =>
    html('div', { class: 'slice' }, html('h2', {}, slices[i]?.label ?? ''), element),
  );
  const bias = html('b', { class: 'bias-value' });
  const limit = html('small');
  const named = html('b', {}, kernelTitle(graph, layer, channel, first.label));
  const words = pieces('kernel.title', { kernel: named, bias });
  const title = html('h2', { class: 'kernel-title' }, ...words, limit);
  const row = html('div', { class: 'slices board' }, ...heads);
  const map = mapLabel(graph, layer, channel);
  const label = message('kernel.label', { map, count: slices.length });
  const weigh = (/** @type {number | null} */ term, /** @type {How} */ how) =>
    on.onWeight(layer, term, how);
  const board = createBoard(row, blocks, label, blocks.length, weigh);
  const text = createWeightText();
  const beside = cell * first.high > LOW ? 'kernel tall' : 'kernel';
  const element = html('div', { class: beside }, title, row, text.element);
  return {
    element,
    /** @param {Seen} now */
    show({ view, colours, kernel }) {
      const largest = largestWeight(view.weights, layer);
      const values = weightsOf(view.weights, layer)?.data ?? null;
      for (const block of blocks) block.paint(values, colours, scaleOf(largest));
      const shown = biasAt(view.weights, layer, channel);
      say(bias, shown === null ? '' : own(shown));
      say(limit, message('kernel.colours', { scale: scaleText(largest) }));
      const mine = kernel?.layer === layer && kernel.out === channel ? kernel : null;
      board.mark(mine ? termOf(graph, mine) : -1);
      const hint = message('kernel.point');
      text.show(mine && weightAccount(graph, view, mine), hint);
    },
  };
}

/** Of the map: it gives way a little to many slices, so that numbers fit into them. */
/** @param {number} slices @param {number} tall px */
export function mapSide(slices, tall) {
  return slices > 3 ? tall - 20 : tall;
}

/**
 * As large as the width allows for all slices beside each other.
 *
 * @param {Graph} graph
 * @param {{ layer: string }} subject
 * @param {readonly { wide: number, high: number }[]} slices
 * @param {number} room
 * @param {number} tall
 */
function openCell(graph, { layer }, slices, room, tall) {
  const { rows, columns } = graph.size(layer);
  const map = columns * Math.min(64, Math.floor(mapSide(slices.length, tall) / rows));
  const wide = slices[0]?.wide ?? 1;
  const high = slices[0]?.high ?? 1;
  const free = room - map - 24 - (slices.length - 1) * GAP;
  const most = wide * high === 1 ? 72 : 48;
  const fits = (/** @type {number} */ across, /** @type {number} */ down) =>
    Math.min(most, Math.floor(across / (slices.length * wide)), Math.floor(down / high));
  // what is said of a weight stands beside the slices, or below those that leave room for it
  return Math.max(4, fits(free - SAID, tall - HEADS), fits(free, LOW));
}

/**
 * @param {{ wide: number }} slice
 * @param {number} room
 */
function sheetCell({ wide }, room) {
  return Math.max(4, Math.min(34, Math.floor(room / wide)));
}

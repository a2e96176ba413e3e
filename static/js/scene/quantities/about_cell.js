// A quantity about the pinned cell, as the server answered it: it lies over the values, on the cells
// that the pinned one depends on and on those that it can reach, each layer on a scale of its own.

import { receptiveField } from '../../kinds/network/windows.js';
import { reachOf } from '../../kinds/network/windows.js';
import { sameCell } from '../../geometry/regions.js';
import { message } from '../../text/messages.js';
import { fitting } from '../../text/numbers.js';
import { legendValue, ownRange } from './scale.js';

/** @import { Cell, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Answer, BarValue, Fits, LegendValue, Quantity, QuantityKind, Range, Reach, Sources } from '../types.d.ts' */

/** What three decimals would write as 0. */
const TINY = 0.0005;

/** Of a layer in which nothing is different from 0. */
const NOTHING = { low: 0, high: 0, lowText: '0', highText: '', both: '0', zero: null };

/**
 * @param {Graph} graph
 * @param {Sources} sources
 * @param {QuantityKind} kind
 * @param {string} name by which the table knows it
 * @returns {Quantity | null} null until there is an answer about what is pinned
 */
export function aboutCell(graph, { value, pinned, answer }, { word, about }, name) {
  const of = pinned && (about?.(graph, pinned) ?? pinned);
  if (!of || !answer || !sameCell(of, answer.cell)) return null;
  const { tensors } = answer;
  const known = kept.get(answer);
  const onwards = of.layer === pinned.layer;
  const made = known?.onwards === onwards ? known : scaled(graph, answer, onwards);
  kept.set(answer, made);
  const { ranges, regions } = made;
  return {
    ...{ name, of, tensors, ranges, regions, under: value },
    legend: (layer) => legendOf(ranges.get(layer), word),
    bars: (layer, fits) => barsOf(tensors, ranges, layer, fits),
  };
}

/** What does not change with the values below. @typedef {ReturnType<typeof scaled>} Scaled */
/** @type {WeakMap<Answer, Scaled>} */
const kept = new WeakMap();

/** @param {Graph} graph @param {Answer} answer @param {boolean} onwards */
function scaled(graph, { cell, tensors }, onwards) {
  const ranges = new Map([...tensors].map(([layer, { data }]) => [layer, ownRange(layer, data)]));
  return { onwards, ranges, regions: regionsOf(graph, cell, tensors, onwards) };
}

/**
 * @param {Graph} graph
 * @param {Cell} cell
 * @param {Tensors} tensors that the answer has
 * @param {boolean} onwards whether what it reaches is shown
 * @returns {Map<string, Reach>} what a cell can depend on, and what can depend on it
 */
function regionsOf(graph, cell, tensors, onwards) {
  /** @type {Map<string, Reach>} */
  const found = new Map();
  for (const [name, region] of receptiveField(graph, cell))
    found.set(name, { region, after: false });
  if (onwards)
    for (const [name, region] of reachOf(graph, cell)) found.set(name, { region, after: true });
  return new Map([...found].filter(([name]) => name !== cell.layer && tensors.has(name)));
}

/** @param {Range | undefined} range @param {string} word @returns {LegendValue | null} */
function legendOf(range, word) {
  if (!range) return null;
  if (range.min === range.max)
    return { ...NOTHING, caption: message('quantity.none', { quantity: word }) };
  return { ...legendValue(range), caption: word };
}

/** @param {Tensors} tensors @param {ReadonlyMap<string, Range>} ranges @param {string} layer @param {Fits} fits @returns {BarValue[]} */
function barsOf(tensors, ranges, layer, fits) {
  const limit = ranges.get(layer)?.limit ?? 1;
  return Array.from(tensors.get(layer)?.data ?? [], Number).map((value) => ({
    fraction: Math.abs(value) < TINY ? 0 : value / limit, // no bar beside so little
    text: value === 0 ? '' : fitting(value, fits),
    strong: false,
    tone: value === 0 ? 'ink3' : 'ink2',
    fill: value < 0 ? 'neg' : 'pos',
  }));
}

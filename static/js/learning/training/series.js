// What the curves of a training are made of, without a document: figures by step, scales and their
// ticks, paths that break where there is no number, the gap, where names stand.

import { compared } from '../../text/differences.js';
import { percent, pointsBetween } from '../../text/shares.js';
import { tenth } from '../../ui/dom.js';

/** @import { RunLine } from '../../wire/types.d.ts' */

/** @typedef {'loss' | 'accuracy'} Figure */
/** NaN where there is no number any more. @typedef {readonly [x: number, y: number]} Point */
/** Where a value stands, px. @typedef {(value: number) => number} Scale */

export const FIGURES = /** @type {const} */ (['loss', 'accuracy']);

/**
 * How values are spread over a scale: by what they are bent with, which grows with them.
 *
 * @param {(value: number) => number} bend
 * @param {readonly [low: number, high: number]} values
 * @param {readonly [from: number, to: number]} px
 * @returns {Scale} a value beyond an end stands at that end
 */
export function scaleOf(bend, [low, high], [from, to]) {
  const [first, all] = [bend(low), bend(high) - bend(low) || 1];
  return (value) => {
    const share = (bend(value) - first) / all;
    return from + (to - from) * (Number.isNaN(share) ? NaN : Math.min(1, Math.max(0, share)));
  };
}

export const even = (/** @type {number} */ value) => value;
export const logarithm = (/** @type {number} */ value) =>
  Math.log10(Math.max(value, Number.MIN_VALUE));
/** The first steps have more room; 0 has its place. @param {number} unit */
export const early = (unit) => (/** @type {number} */ value) => Math.log1p(value / unit);
/** Near 1, shares have more room; 1 has its place. @param {number} share */
export const nearAll = (share) => -Math.log(1.0025 - Math.min(1, share));

/** Round numbers, as far apart as is round, too. @param {number} low @param {number} high @param {number} count at most so many spaces, about @param {number} [least] between two */
export function ticksOf(low, high, count, least = 0) {
  const rough = Math.max((high - low) / Math.max(1, count), least);
  if (!(rough > 0 && rough < Infinity)) return [low];
  const ten = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  const step = ten * ([1, 2, 5].find((by) => by * ten >= rough * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const many = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: many }, (_, i) => (first + i) * step);
}

/** Powers of ten, then their fives and twos: the first of them matter most. @param {number} low above 0 @param {number} high */
export function powersOf(low, high) {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  const all = [1, 5, 2].flatMap((by) => powers.map((power) => Number(`${by}e${power}`)));
  return all.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
}

/** Those that stand on none before them. @param {readonly number[]} ticks the first of them matter most @param {Scale} scale @param {number} apart px */
export function thinned(ticks, scale, apart) {
  /** @type {number[]} */
  const kept = [];
  for (const tick of ticks)
    if (kept.every((other) => Math.abs(scale(other) - scale(tick)) >= apart)) kept.push(tick);
  return kept.sort((a, b) => a - b);
}

/** @param {readonly RunLine[]} lines @param {Figure} figure @param {'step' | 'epoch'} by */
export function seriesOf(lines, figure, by) {
  /** @param {RunLine['kind']} kind @param {'loss' | 'accuracy' | `${'train' | 'validation'}_${Figure}`} name */
  const of = (kind, name) =>
    lines.flatMap((line) => (line.kind === kind ? [pointOf(line[by], line[name])] : []));
  return {
    batches: of('step', figure),
    training: of('evaluation', `train_${figure}`),
    validation: of('evaluation', `validation_${figure}`),
  };
}

/** @param {number} x @param {number | null | undefined} y @returns {Point} */
const pointOf = (x, y) => [x, y ?? NaN];

/** Neighbours that stand within so many pixels' width; a gap stays a gap. @param {readonly Point[]} points px @param {number} width */
function columnsOf(points, width) {
  /** @type {Point[][]} */
  const columns = [];
  for (const point of points) {
    const [[x, y]] = /** @type {[Point]} */ (columns.at(-1) ?? [[NaN, NaN]]);
    const same = Math.floor(x / width) === Math.floor(point[0] / width);
    if (same && isNaN(y) === isNaN(point[1])) columns.at(-1)?.push(point);
    else columns.push([point]);
  }
  return columns;
}

/** Of all points within one pixel's width the lowest and the highest. @param {readonly Point[]} points px */
export function squeezed(points) {
  return columnsOf(points, 1).flatMap((column) => {
    const ys = column.map(([, y]) => y);
    const ends = [Math.min(...ys), Math.max(...ys)].map((y) => Math.max(0, ys.indexOf(y)));
    return column.filter((_, i) => ends.includes(i));
  });
}

/** The mean of all points within four pixels' width. @param {readonly Point[]} points px */
export function averaged(points) {
  return columnsOf(points, 4).map((column) => {
    const mean = (/** @type {0 | 1} */ side) =>
      column.reduce((all, point) => all + point[side], 0) / column.length;
    return /** @type {Point} */ ([mean(0), mean(1)]);
  });
}

/** A line through points; it breaks where there is no number, and a point alone is a dot. @param {readonly Point[]} points px @returns {string} */
export function pathOf(points) {
  const parts = points.map(([x, y], i) => {
    if (isNaN(y)) return '';
    const starts = isNaN(points[i - 1]?.[1] ?? NaN);
    return starts ? `M${tenth(x)} ${tenth(y)}h0` : `L${tenth(x)} ${tenth(y)}`;
  });
  return parts.join('');
}

/** Places that are at least so far apart, in the same order, as near to those wanted as that goes. @param {readonly number[]} wanted @param {number} apart @param {number} low @param {number} high */
export function spread(wanted, apart, low, high) {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const places = [...wanted];
  let least = low;
  for (const i of order) {
    places[i] = Math.max(places[i] ?? 0, least);
    least = (places[i] ?? 0) + apart;
  }
  let most = high;
  for (const i of order.toReversed()) {
    places[i] = Math.min(places[i] ?? 0, most);
    most = (places[i] ?? 0) - apart;
  }
  return places;
}

/** @param {readonly RunLine[]} lines @returns {RunLine | undefined} the last evaluation */
export function lastEvaluation(lines) {
  return lines.findLast(({ kind }) => kind === 'evaluation');
}

/** What a figure is, of images learnt from and of images held out, and how far the two are apart as shown. */
/** @param {RunLine} line an evaluation @param {Figure} figure @returns {{ training: string, validation: string, gap: string } | null} null where it is no number */
export function gapOf(line, figure) {
  const [own, held] = [line[`train_${figure}`] ?? NaN, line[`validation_${figure}`] ?? NaN];
  if (Number.isNaN(own + held)) return null;
  if (figure === 'loss') {
    const { first, second, difference } = compared({ value: own }, { value: held });
    return { training: first, validation: second, gap: difference.replace(/^\+/, '') };
  }
  const gap = own === held ? '0' : pointsBetween([own, true], [held, true]).replace(/^\+/, '');
  return { training: percent(own), validation: percent(held), gap };
}

/** Points of accuracy from which a gap is worth a word, and from which it is large. */
const [SOME, LARGE] = [0.5, 3];
/** The loss on images held out has gone up again: by this factor above its best. */
const RISEN = 1.1;

/** Two standard deviations of such a gap between as many images each as are held out, points. @param {number} learnt @param {number} seen @param {readonly RunLine[]} lines */
function chanceOf(learnt, seen, lines) {
  const counts = lines.findLast(({ confusion }) => confusion)?.confusion?.flat() ?? [];
  const images = counts.reduce((all, count) => all + count, 0);
  const variance = learnt * (1 - learnt) + seen * (1 - seen);
  return images ? 200 * Math.sqrt(variance / images) : 0;
}

/** What the last gap means: what chance alone may make means nothing. @param {readonly RunLine[]} lines @returns {'rises' | 'large' | 'some' | 'none' | 'chance'} */
export function meaningOf(lines) {
  const held = seriesOf(lines, 'loss', 'step').validation.map(([, loss]) => loss);
  const { training, validation } = seriesOf(lines, 'accuracy', 'step');
  const [learnt, seen] = [training, validation].map((one) => one.at(-1)?.[1] ?? NaN);
  const points = 100 * ((learnt ?? NaN) - (seen ?? NaN));
  if (!(points >= SOME)) return 'none';
  if (points < chanceOf(learnt ?? 0, seen ?? 0, lines)) return 'chance';
  const best = Math.min(...held.filter(Number.isFinite));
  if ((held.at(-1) ?? NaN) > RISEN * best) return 'rises';
  return points >= LARGE ? 'large' : 'some';
}

// A drawing as text for a link: strokes as steps on the pad's grid; of a picture the image of 28×28
// that the network reads, never the file.

import { packed, unpacked } from '../core/packing.js';
import { EMPTY, FARTHEST, GRID, gridded, NEAREST } from './strokes.js';

/** @import { Drawing } from './editor.js' */
/** @import { Point, Stroke } from './strokes.js' */

/** Of the image that is read, in pixels. */
export const SIDE = 28;
/** As much as the server reads. */
const MOST_STROKES = 1000;
const MOST_POINTS = 20_000;

/**
 * @param {Drawing} drawing
 * @param {Uint8Array | null} pixels of a picture, as it was read
 * @returns {string} '' where there is nothing to carry
 */
export function drawingText({ strokes, file, digit }, pixels) {
  if (file) return pixels ? `p${packed(runsOf(pixels))}` : '';
  if (strokes.length === 0) return '';
  return `s${packed(strokes.flatMap(stepsOf))}${digit === undefined ? '' : `.${digit}`}`;
}

/** @param {string} text as links say it @returns {Drawing | null} null for nothing, and where it is none */
export function drawnIn(text) {
  try {
    return text ? Object.freeze(drawingOf(text)) : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} text
 * @returns {Drawing}
 * @throws {Error} where it is none
 */
export function drawingOf(text) {
  const [body = '', digit] = text.slice(1).split('.');
  if (text.startsWith('p')) return pictureOf(pixelsOf(unpacked(body)));
  if (!text.startsWith('s')) throw new RangeError('No such drawing.');
  const strokes = strokesOf(unpacked(body));
  if (digit === undefined) return { ...EMPTY, strokes };
  if (!/^\d{1,2}$/.test(digit)) throw new RangeError('No such digit.');
  return { ...EMPTY, strokes, digit: Number(digit) };
}

/** How many points, the width, and each point's way from the last. @param {Stroke} stroke */
function stepsOf({ points, width, erase }) {
  let [x, y] = [0, 0];
  const steps = points.flatMap((point) => {
    const [right, down] = [Math.round(point[0] * GRID), Math.round(point[1] * GRID)];
    const step = [right - x, down - y];
    [x, y] = [right, down];
    return step;
  });
  return [2 * points.length + Number(erase), Math.round(width * GRID), ...steps];
}

/** @param {readonly number[]} numbers @returns {Stroke[]} */
function strokesOf(numbers) {
  /** @type {Stroke[]} */
  const strokes = [];
  let total = 0;
  for (let at = 0; at < numbers.length;) {
    const [head = 0, wide = 0] = numbers.slice(at, at + 2);
    const count = Math.floor(head / 2);
    const steps = numbers.slice(at + 2, at + 2 + 2 * count);
    demand(count > 0 && steps.length === 2 * count && wide > 0 && wide <= GRID);
    strokes.push(gridded({ points: pointsOf(steps), width: wide / GRID, erase: head % 2 === 1 }));
    at += 2 + 2 * count;
    total += count;
  }
  demand(total > 0 && total <= MOST_POINTS && strokes.length <= MOST_STROKES);
  return strokes;
}

/** @param {readonly number[]} steps @returns {Point[]} */
function pointsOf(steps) {
  let [x, y] = [0, 0];
  return Array.from({ length: steps.length / 2 }, (_, i) => {
    x += steps[2 * i] ?? 0;
    y += steps[2 * i + 1] ?? 0;
    demand(Math.min(x, y) >= NEAREST * GRID && Math.max(x, y) <= FARTHEST * GRID);
    return [x / GRID, y / GRID];
  });
}

/** How many pixels of paper, how many with ink and those, and so on. @param {Uint8Array} pixels */
function runsOf(pixels) {
  /** @type {number[]} */
  const runs = [];
  for (let at = 0; at < pixels.length;) {
    const ink = (/** @type {number} */ i) => (pixels[i] ?? 0) > 0;
    let start = at;
    while (start < pixels.length && !ink(start)) start += 1;
    let end = start;
    while (end < pixels.length && ink(end)) end += 1;
    runs.push(start - at, end - start, ...pixels.subarray(start, end));
    at = end;
  }
  return runs;
}

/** @param {readonly number[]} runs */
function pixelsOf(runs) {
  /** @type {number[]} */
  const pixels = [];
  for (let at = 0; at < runs.length;) {
    const [paper = 0, ink = 0] = runs.slice(at, at + 2);
    demand(Math.min(paper, ink) >= 0 && paper + ink > 0 && paper + ink <= SIDE * SIDE);
    pixels.push(...Array.from({ length: paper }, () => 0), ...runs.slice(at + 2, at + 2 + ink));
    at += 2 + ink;
  }
  demand(pixels.length === SIDE * SIDE && pixels.every((ink) => ink >= 0 && ink <= 255));
  return Uint8Array.from(pixels);
}

/**
 * A picture of which only the image that was read is known; the server reads the same again.
 *
 * @param {Uint8Array} pixels 28×28, 0 is paper and 255 ink
 * @returns {Drawing}
 */
export function pictureOf(pixels) {
  const body = JSON.stringify({ pixels: [...pixels] });
  const file = new Blob([body], { type: 'application/json' });
  return { ...EMPTY, file, size: { width: SIDE, height: SIDE }, pixels };
}

/** @param {boolean} right */
export function demand(right) {
  if (!right) throw new RangeError('This does not fit.');
}

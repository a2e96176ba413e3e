// How a number came about, in sentences: of texts, and of runs that have a colour or lead somewhere.

import { listed, number } from '../numbers.js';
import { apart, counted, numbered, spreadOut, together } from './counts.js';

/** @import { Apart, Noun, Spread } from './counts.js' */
/** @typedef {{ rows: number, columns: number }} Size */

/** @param {number} padding @param {number} taps */
const outside = (padding, taps) =>
  padding === 1
    ? `One of the ${taps} places lies outside, in the padding, and counts as 0.`
    : `${padding} of the ${taps} places lie outside, in the padding, and count as 0.`;

/** @param {number} padding */
const neverWins = (padding) =>
  `${padding} of them ${padding === 1 ? 'lies' : 'lie'} in the padding and never ${padding === 1 ? 'wins' : 'win'}.`;

/** @param {string} rounding '' for none @returns {string} what closes a quotient or a function */
const rounded = (rounding) => rounding && `, with a rounding of the display of ${rounding},`;

// ---------------------------------------------------------------- sums

/**
 * "0.470 (pool1 [0]), −0.145 (pool1 [1]) and 0.081 (bias) make 1.095."
 *
 * @template Part
 * @param {readonly (readonly (string | Part)[])[]} items
 * @param {Part} total
 * @returns {(string | Part)[]}
 */
export function addsUp(items, total) {
  return [...together(items), items.length === 1 ? ' makes ' : ' make ', total, '.'];
}

/** @param {number} count @param {Noun | ''} noun @returns {string} "76 more maps", "76 more" */
export function more(count, noun) {
  return noun ? counted(count, `more ${noun}`) : `${count} more`;
}

/** @param {string} label @returns {string} before the strongest products of one map */
export function ofAlone(label) {
  return `Of ${label} alone: `;
}

// ---------------------------------------------------------------- convolution

/**
 * @param {object} window
 * @param {Size} window.size
 * @param {string} window.source
 * @param {readonly number[]} window.read its maps
 * @param {number} window.of how many there are
 * @param {Noun} window.noun
 * @param {{ rows: readonly number[], columns: readonly number[] } | null} window.region null where all of it is padding
 * @param {Spread | null} window.spread null where its cells lie side by side
 * @param {string} window.filter
 * @param {number} window.padding
 * @param {number} window.taps
 */
export function convReads({ size, source, read, of, noun, region, spread, filter, padding, taps }) {
  const every = read.length === of ? `all ${counted(of, noun)} of ` : `${numbered(read, noun)} of `;
  const place = region
    ? `: ${apart(region.rows, 'row')}, ${apart(region.columns, 'column')}`
    : ', all of it outside';
  const beyond = padding ? ` ${outside(padding, taps)}` : '';
  const skips = spread ? ` ${spreadOut(spread)}` : '';
  return (
    `This cell looks at a window of ${size.rows} × ${size.columns} cells in ` +
    `${of === 1 ? '' : every}${source}${place}.${skips} ${filter}${beyond}`
  );
}

/** @param {Noun} noun @param {number} channel */
export function oneWeight(noun, channel) {
  return `All of them have the same weight, that of ${noun} ${channel}.`;
}

/** @param {{ channel: number, layer: string, taps: number, maps: number, noun: Noun }} filter */
export function filterHolds({ channel, layer, taps, maps, noun }) {
  const each = maps > 1 ? ` for each of the ${counted(maps, noun)}` : '';
  return `Filter ${channel} of ${layer} holds ${counted(taps, 'weight')}${each}.`;
}

/** @param {{ name: string, products: number, source: string, read: readonly number[], of: number, noun: Noun }} table */
export function convCaption({ name, products, source, read, of, noun }) {
  const which = read.length < of ? numbered(read, noun) : counted(read.length, noun);
  const from = of > 1 ? `${which} of ${source}` : source;
  return `${name}: ${counted(products, 'product')} from ${from}, and the bias`;
}

// ---------------------------------------------------------------- units

/** @param {{ count: number, noun: 'unit' | 'cell', source: string, above: number, below: number, zero: number }} unit */
export function denseReads({ count, noun, source, above, below, zero }) {
  const counts = `${counted(above, 'term')} above zero, ${below} below, ${zero} at zero`;
  return `This unit reads all ${counted(count, noun)} of ${source}, each with a weight of its own: ${counts}.`;
}

// ---------------------------------------------------------------- pooling

/** @param {{ size: Size, source: string, padding: number, taps: number, max: boolean }} window */
export function poolReads({ size, source, padding, taps, max }) {
  const never = max ? neverWins(padding) : outside(padding, taps);
  const beyond = padding ? ` ${never}` : '';
  return `This cell looks at a window of ${size.rows} × ${size.columns} cells of ${source}.${beyond}`;
}

/**
 * How a window slides, of its present place: "The window of 3 × 3 cells moves 2 cells at a time (stride 2)."
 *
 * @param {{ size: Size, stride: Apart, spread: Spread | null, padded: boolean, outside: number, max: boolean }} window
 */
export function windowSlides({ size, stride: [down, across], spread, padded, outside: out, max }) {
  const steps =
    down === across
      ? `${counted(across, 'cell')} at a time (stride ${across})`
      : `${counted(across, 'cell')} to the right at a time, and ${down} down (stride ${down} × ${across})`;
  const skips = spread ? ` ${spreadOut(spread)}` : '';
  const moves = `The window of ${size.rows} × ${size.columns} cells moves ${steps}.${skips}`;
  if (!padded) return moves;
  const beyond = max ? 'never wins' : 'counts as 0';
  if (!out) return `${moves} At the edge it reaches into the padding, which ${beyond}.`;
  const here = max ? neverWins(out) : outside(out, size.rows * size.columns);
  return `${moves} Here ${here[0]?.toLowerCase()}${here.slice(1)}`;
}

/**
 * @template Part
 * @param {readonly (readonly (string | Part)[])[]} candidates
 * @param {number} ties as large as the largest
 * @param {Part} winner
 * @param {string} label
 * @returns {(string | Part)[]}
 */
export function winnerIs(candidates, ties, winner, label) {
  const first = `${ties} of them are equally large, and the first is taken: `;
  const which = ties > 1 ? first : 'The largest is ';
  return ['Of ', ...together(candidates), ' one is kept. ', which, winner, ` (${label}).`];
}

/**
 * @template Part
 * @param {number} divisor
 * @param {string} rounding
 * @param {Part} mean
 * @returns {(string | Part)[]}
 */
export function dividedBy(divisor, rounding, mean) {
  return [` Divided by ${divisor}${rounded(rounding)}, that is `, mean, '.'];
}

/**
 * @template Part
 * @param {string} rounding
 * @param {Part} root
 * @returns {(string | Part)[]}
 */
export function rootIs(rounding, root) {
  return [` The square root of that${rounded(rounding)} is `, root, '.'];
}

// ---------------------------------------------------------------- functions and softmax

/**
 * @template Part
 * @param {{ layer: string, formula: string, before: Part, label: string, rounding: string, after: Part, sentence: string }} told
 * @returns {(string | Part)[]}
 */
export function isFunction({ layer, formula, before, label, rounding, after, sentence }) {
  const begin = `${layer} is the function ${formula}. Before it stands `;
  return [begin, before, ` (${label}), after it${rounded(rounding)} `, after, '. ', sentence];
}

/**
 * "Its score is 6.2 (fc3 [7]). Less the largest of all, 8.1 (fc3 [4]), that is −1.9."
 *
 * @template Part
 * @param {{ score: Part, label: string, largest: Part, of: string, rounding: string, difference: Part }} told
 * @returns {(string | Part)[]}
 */
export function lessLargest({ score, label, largest, of, rounding, difference }) {
  const begin = ['Its score is ', score, ` (${label}). Less the largest of all, `, largest];
  return [...begin, ` (${of})`, rounded(rounding), ', that is ', difference, '.'];
}

/**
 * @template Part
 * @param {string} rounding
 * @param {Part} power
 * @returns {(string | Part)[]}
 */
export function toThePower(rounding, power) {
  return [` e to that${rounded(rounding)} is `, power, '.'];
}

/**
 * @template Part
 * @param {{ power: string, sum: string, rounding: string, quotient: Part, share: string }} told
 * @returns {(string | Part)[]}
 */
export function shareIs({ power, sum, rounding, quotient, share }) {
  const begin = `${power} divided by ${sum}${rounded(rounding)} is `;
  return [begin, quotient, `, a share of ${share}.`];
}

/**
 * @template Part
 * @param {{ part: Part, label: string, sum: string, rounding: string, quotient: Part }} told
 * @returns {(string | Part)[]}
 */
export function partIs({ part, label, sum, rounding, quotient }) {
  return [part, ` (${label}) divided by ${sum}${rounded(rounding)} is `, quotient, '.'];
}

/** @param {readonly { share: string, change: string, delta: string }[]} changes @returns {string} */
export function ifItChanged(changes) {
  const each = changes.map(({ share, change, delta }) => [
    `${share} (${change} points) at ${delta}`,
  ]);
  return `If only this score changed, its share would be ${together(each).join('')}.`;
}

// ---------------------------------------------------------------- the image

/** @typedef {'pad' | 'picture'} Ground */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box parts of what it lies in */

/** @param {Box} box @returns {string} "12.1 to 15.0 % across and 40.2 to 43.1 % down" */
function boxText({ left, right, top, bottom }) {
  const span = (/** @type {number} */ a, /** @type {number} */ b) =>
    `${number(100 * a, 1)} to ${number(100 * b, 1)}\u202f%`;
  return `${span(left, right)} across and ${span(top, bottom)} down`;
}

/** @param {number} steps @param {string} noun @returns {string} "2 columns", "−1 row" */
const stepsText = (steps, noun) => `${number(steps, 0)} ${noun}${Math.abs(steps) === 1 ? '' : 's'}`;

/** @param {Ground} ground */
const aSide = (ground) => (ground === 'picture' ? 'the longer side' : 'a side');

/** @param {Box | null} box @param {Ground} ground */
const covers = (box, ground) => (box ? ` This cell covers ${boxText(box)} of the ${ground}.` : '');

/** @param {{ ground: Ground, scale: string, box: Box | null }} told */
export function asItStands({ ground, scale, box }) {
  return `The ${ground} as it stands, ${scale} pixels ${aSide(ground)}.${covers(box, ground)}`;
}

/**
 * @param {object} told
 * @param {Ground} told.ground
 * @param {Box} told.crop
 * @param {string} told.longest pixels
 * @param {string} told.scale pixels
 * @param {{ x: number, y: number }} told.shift
 * @param {readonly string[]} told.centre
 * @param {readonly string[]} told.middle
 * @param {Box | null} told.box
 */
export function wasCentred({ ground, crop, longest, scale, shift, centre, middle, box }) {
  const where = ground === 'picture' ? 'in the picture' : 'on the pad';
  return (
    `The ink's box ${where}, ${boxText(crop)}, was scaled: its longer side is ${longest} pixels, ` +
    `${aSide(ground)} of the ${ground} would be ${scale}. Then it was moved by ` +
    `${stepsText(shift.x, 'column')} and ${stepsText(shift.y, 'row')}, so that its centre of mass, ` +
    `now at ${listed(centre)}, comes next to the middle, ${listed(middle)}.${covers(box, ground)}`
  );
}

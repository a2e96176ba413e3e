// An image cell in plain words: its ink, and how preprocessing brought it there from the pad.

import { listed, number, short } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { addsUp, paragraph, strong } from './runs.js';

/** @import { InputReceipt, PadRect, Paragraph } from './types.d.ts' */

/** @param {InputReceipt} receipt @returns {Paragraph[]} */
export function inputWords(receipt) {
  const { pixel, side, ink, border, equation } = receipt;
  const size = `${side.rows} × ${side.columns}`;
  if (!equation) return [];
  const where = pixel
    ? `Pixel row ${pixel.row}, column ${pixel.column} of the ${size} that the drawing became: ${inkText(ink)}.`
    : `The border of ${border} around the ${size} that the drawing became: always paper.`;
  const sum =
    equation.how === 'pass'
      ? ['The network reads it as it is: ', strong(equation.total.signedText), '.']
      : ['Scaled to what the network reads: ', ...addsUp(equation)];
  return [paragraph('is', [where]), paragraph('sum', sum), ...how(receipt)];
}

/** @param {number} ink @returns {string} "full ink, 100 %", "41.2 % ink" */
function inkText(ink) {
  return ink === 1 ? `full ink, ${percent(ink)}` : `${percent(ink)} ink`;
}

/** @param {InputReceipt} receipt @returns {Paragraph[]} */
function how({ preprocess, pad, side, picture }) {
  if (!preprocess || preprocess.blank) return [];
  const { crop, scale, centre, shift, centred } = preprocess;
  const ground = picture ? 'picture' : 'pad';
  const aSide = picture ? 'the longer side' : 'a side';
  if (!centred)
    return [
      paragraph('reads', [
        `The ${ground} as it stands, ${short(scale)} pixels ${aSide}.${covers(pad, ground)}`,
      ]),
    ];
  return [
    paragraph('reads', [
      `The ink's box ${picture ? 'in the picture' : 'on the pad'}, ${boxText(crop)}, was scaled: `,
      `its longer side is ${number(longestOf(crop, picture) * scale, 0)} pixels, `,
      `${aSide} of the ${ground} would be ${number(scale, 2)}. Then it was moved by ${stepsText(shift.x, 'column')} and `,
      `${stepsText(shift.y, 'row')}, so that its centre of mass, now at `,
      `${listed([number(centre.x, 2), number(centre.y, 2)])}, comes next to the middle, `,
      `${listed([short(side.columns / 2), short(side.rows / 2)])}.${covers(pad, ground)}`,
    ]),
  ];
}

/** The longer side of a box, as a part of the longer side of what it lies in. */
/** @param {PadRect} box @param {InputReceipt['picture']} picture */
function longestOf({ left, top, right, bottom }, picture) {
  const { width, height } = picture ?? { width: 1, height: 1 };
  return Math.max((right - left) * width, (bottom - top) * height) / Math.max(width, height);
}

/** @param {PadRect | null} pad @param {string} ground */
function covers(pad, ground) {
  return pad ? ` This cell covers ${boxText(pad)} of the ${ground}.` : '';
}

/** @param {PadRect} rect @returns {string} "12.1–15.0 % across and 40.2–43.1 % down" */
function boxText({ left, right, top, bottom }) {
  const span = (/** @type {number} */ a, /** @type {number} */ b) =>
    `${number(100 * a, 1)} to ${number(100 * b, 1)}\u202f%`;
  return `${span(left, right)} across and ${span(top, bottom)} down`;
}

/** @param {number} steps @param {string} noun @returns {string} "2 columns", "−1 row" */
function stepsText(steps, noun) {
  return `${number(steps, 0)} ${noun}${Math.abs(steps) === 1 ? '' : 's'}`;
}

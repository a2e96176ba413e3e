// A picture that a visitor gives, as a field of a section: drawn, a sample digit, the boat, a file, a
// photograph. Its numbers are the server's, and come with what is prepared.

import { EMPTY } from '../input/strokes.js';
import { drawingOf, drawingText } from '../input/written.js';
import { fetchSamples } from '../wire/model.js';
import { fetchPicture, picture as asked } from '../wire/pictures.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { Wanted } from '../wire/pictures.js' */
/** @import { Field, Picture } from './types.d.ts' */

/** @type {Picture} */
export const BOAT_PICTURE = Object.freeze({ from: 'boat' });

/** @param {number} digit @returns {Picture} */
export const sampleDigit = (digit) => Object.freeze({ from: 'digit', digit });

/** What 0 looks like in it: black in a photograph, in a drawing it is paper. @param {Picture} value */
export const zeroOf = (value) =>
  value.from === 'boat' || (value.from === 'file' && !value.pixels) ? 'black' : undefined;

/** How a link names a pad on which nothing was drawn. */
const PAPER = 'paper';

/**
 * A file stays on the page, no link says it; the image that was read of one can be told.
 *
 * @param {Picture} first
 * @param {Wanted} wanted what the server makes of it
 * @returns {Field<Picture>}
 */
export function picture(first, wanted) {
  const paper = /** @type {Picture} */ ({ from: 'drawing', strokes: [] });
  const others = /** @type {Picture[]} */ ([
    paper,
    BOAT_PICTURE,
    ...Array.from({ length: 10 }, (_, digit) => sampleDigit(digit)),
  ]);
  const known = new Map([...others, first].map((one) => [said(one), one]));
  /** @param {string} text @returns {Picture} */
  const drawn = (text) => pictureIn(drawingOf(text));
  return {
    first,
    write: (value) => said(value) || said(first),
    read: (text) => known.get(text) ?? drawn(text),
    numbers: async (value) => asked(await drawingFor(value), wanted),
    ...(first.from === 'boat' ? {} : { drawn }),
  };
}

/** @param {Picture} value @returns {string} '' for a file of which only itself is known */
function said(value) {
  switch (value.from) {
    case 'digit':
      return String(value.digit);
    case 'drawing':
      return drawnText(value.strokes) || PAPER;
    case 'boat':
      return value.from;
    case 'file':
      return drawingText({ ...EMPTY, file: value.file }, value.pixels ?? null);
    default:
      return '';
  }
}

/** @param {Drawing} drawing @returns {Picture} throws where nothing is drawn */
export function pictureIn({ strokes, file, size, pixels }) {
  if (file) return { from: 'file', file, size, ...(pixels && { pixels }) };
  if (!strokes.length) throw new RangeError('Nothing is drawn.');
  return { from: 'drawing', strokes };
}

/** @param {Drawing['strokes']} strokes */
const drawnText = (strokes) => drawingText({ ...EMPTY, strokes }, null);

/** @type {Promise<readonly import('../wire/model.js').Sample[]> | null} */
let samples = null;
/** @type {Promise<Drawing> | null} */
let boat = null;

/** The sample digits, asked for once. */
export function sampleDigits() {
  return (samples ??= fetchSamples().catch((error) => {
    samples = null;
    throw error;
  }));
}

/**
 * What stands on a pad of it: strokes, or an image.
 *
 * @param {Picture} value
 * @returns {Promise<Drawing>}
 */
export async function drawingFor(value) {
  if (value.from === 'drawing') return { ...EMPTY, strokes: value.strokes };
  if (value.from === 'file') {
    const { file, size, pixels } = value;
    return { ...EMPTY, file, size, ...(pixels && { pixels }) };
  }
  if (value.from === 'boat')
    return (boat ??= fetchPicture('boat').then(
      (file) => ({ ...EMPTY, file }),
      (error) => {
        boat = null;
        throw error;
      },
    ));
  const found = (await sampleDigits()).find(({ digit }) => digit === value.digit);
  return { ...EMPTY, strokes: found?.strokes ?? [] };
}

/**
 * How the page of the network takes it along: as the drawing of a link.
 *
 * @param {Picture} value
 * @returns {Promise<string>} '' of what is no drawing
 */
export async function carried(value) {
  const drawing = await drawingFor(value);
  return drawingText(drawing, drawing.pixels ?? null);
}

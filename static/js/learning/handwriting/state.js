// What the section of one's own handwriting is made of, and which sign is to be written next.

import { EMPTY } from '../../input/strokes.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { DataList, Handwriting, HandwritingClass, HandwritingFigures, RunBody } from '../../wire/types.d.ts' */

/** @typedef {Handwriting['writers'][number]} Writer */
/** A drawing that was kept, to be taken back. @typedef {{ id: string, label: number, drawing: Drawing }} Kept */

/**
 * @typedef {object} HandState
 * @property {boolean} known whether a token was given
 * @property {string} refused why something was not done
 * @property {Handwriting | null} all that is kept; null until it is known
 * @property {DataList | null} data sets of images: whether MNIST is here
 * @property {Drawing} drawing on the pad
 * @property {number | null} wanted a class that somebody chose to write, instead of the next one
 * @property {Writer} writer
 * @property {readonly { label: number, writer: Writer }[]} sent drawings on their way
 * @property {readonly Kept[]} kept the last ones, the newest last
 * @property {number | null} shown the class whose drawings are shown
 * @property {string | null} picked one of them
 * @property {ReadonlyMap<string, Uint8Array>} images of drawings, as they are learnt from
 * @property {Readonly<Record<string, HandwritingFigures>>} figures by run
 */

/** @typedef {import('../../core/store.js').Store<HandState>} HandStore */

/** @type {HandState} */
export const INITIAL = {
  ...{ known: false, refused: '', all: null, data: null, drawing: EMPTY, wanted: null },
  ...{ writer: 'blue', sent: [], kept: [], shown: null, picked: null },
  ...{ images: new Map(), figures: {} },
};

/** So many can be taken back. */
export const MOST_BACK = 20;

/** What a training is to be. @typedef {{ pretrained: boolean, mnist: number, augmented: 'no' | 'yes' | 'both' }} Wanted */

/** Short, and enough for a few signs: tried with five of twelve drawings each. */
const RECIPE = { recipe: /** @type {const} */ ('plain'), epochs: 20, batch_size: 32 };
/** From random weights larger steps are needed. */
const RATES = { pretrained: 0.001, random: 0.003 };
const NETWORK = 'lenet';

/** The class to write next: that of which this writer drew least, the first of equals. @param {Readonly<Pick<HandState, 'all' | 'wanted' | 'writer' | 'sent'>>} state @returns {HandwritingClass | null} */
export function nextOf({ all, wanted, writer, sent }) {
  const chosen = all?.classes.find(({ number }) => number === wanted);
  if (chosen || !all) return chosen ?? null;
  const drawn = [...all.drawings, ...sent];
  const counts = all.classes.map(
    ({ number }) => drawn.filter((one) => one.label === number && one.writer === writer).length,
  );
  return all.classes[counts.indexOf(Math.min(...counts))] ?? null;
}

/** @param {Wanted} wanted @param {(augmented: boolean) => string} titled @returns {RunBody[]} */
export function bodiesOf({ pretrained, mnist, augmented }, titled) {
  const rate = pretrained ? RATES.pretrained : RATES.random;
  const ways = augmented === 'both' ? [false, true] : [augmented === 'yes'];
  return ways.map((augmentation) => ({
    network: NETWORK,
    title: titled(augmentation),
    handwriting: { mnist },
    pretrained: pretrained ? NETWORK : '',
    recipe: { ...RECIPE, rate, augmentation },
  }));
}

// The drawing that networks read while they learn: at first a sample.

import { html } from '../../ui/dom.js';
import { createPicture } from '../../ui/picture.js';
import { untilAnswered } from '../../wire/ask.js';
import { fetchSamples } from '../../wire/model.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { Shared } from '../page.js' */

/** The drawing at first. */
const SAMPLE = 3;

/** @param {Shared} shared @param {string} says what it is for @param {{ get: () => Drawing, set: (drawing: Drawing, digit: number | null) => void, ofSet?: () => string }} place where it is kept; `digit` of a sample; whose images it offers */
export function openDrawing(shared, says, { get, set, ofSet }) {
  const samples = untilAnswered(fetchSamples);
  const give = (/** @type {Drawing} */ drawing, /** @type {number | null} */ digit) => {
    set(drawing, digit);
    picture.show(drawing);
  };
  const take = (/** @type {Drawing} */ drawing, /** @type {number | null} */ digit) => {
    if (digit === null && !drawing.file) set(drawing, null);
    else give(drawing, digit);
  };
  const picture = createPicture(shared, () => import('../../wire/sets.js'), samples, take, ofSet);
  void samples.then((all) => {
    const first = all.find(({ digit }) => Number(digit) === SAMPLE);
    const drawing = get();
    if (first && !drawing.strokes.length && !drawing.file)
      give(Object.freeze({ ...drawing, strokes: first.strokes }), SAMPLE);
  });
  return {
    element: html('div', { class: 'hands training-drawing' }, html('p', {}, says), picture.element),
    renew: picture.renew,
  };
}

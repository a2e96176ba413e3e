// The drawing that networks read while they learn: at first a sample.

import { html } from '../../ui/dom.js';
import { untilAnswered } from '../../wire/ask.js';
import { fetchSamples } from '../../wire/model.js';
import { createPicture } from '../picture.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { Shared } from '../page.js' */

/** The drawing at first. */
const SAMPLE = 3;

/** @param {Shared} shared @param {string} says what it is for @param {{ get: () => Drawing, set: (drawing: Drawing, digit: number | null) => void }} place where it is kept; `digit` of a sample */
export function openDrawing(shared, says, { get, set }) {
  const samples = untilAnswered(fetchSamples);
  const give = (/** @type {Drawing} */ drawing, /** @type {number | null} */ digit) => {
    set(drawing, digit);
    picture.show(drawing);
  };
  const picture = createPicture(shared, samples, (drawing, digit) => {
    if (digit === null) set(drawing, null);
    else give(drawing, digit);
  });
  void samples.then((all) => {
    const first = all.find(({ digit }) => Number(digit) === SAMPLE);
    const drawing = get();
    if (first && !drawing.strokes.length)
      give(Object.freeze({ ...drawing, strokes: first.strokes }), SAMPLE);
  });
  return {
    element: html('div', { class: 'hands training-drawing' }, html('p', {}, says), picture.element),
    renew: picture.renew,
  };
}

// The drawing that networks read while they learn: at first a sample, or a test image of what they learn.

import { html } from '../../ui/dom.js';
import { createPicture } from '../../ui/picture.js';
import { untilAnswered } from '../../wire/ask.js';
import { fetchSamples } from '../../wire/model.js';
import { createTested } from './tested.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { SetImage } from '../../wire/sets.js' */
/** @import { Shared } from '../page.js' */

/** The drawing at first. */
const SAMPLE = 3;

/** @param {Shared} shared @param {string} says what it is for @param {{ get: () => Drawing, set: (drawing: Drawing, digit: number | null) => void, ofSet: () => string }} place where it is kept; `digit` of a sample; whose images it offers */
export function openDrawing(shared, says, { get, set, ofSet }) {
  const samples = untilAnswered(fetchSamples);
  const load = () => import('../../wire/sets.js');
  /** @type {Drawing | null} that stood here at first */
  let begun = null;
  const give = (/** @type {Drawing} */ drawing, /** @type {number | null} */ digit) => {
    set(drawing, digit);
    picture.show(drawing);
  };
  const tested = createTested(
    load,
    (drawing) => give(drawing, null),
    shared.loop.wake,
    (given) => isEmpty(get()) || [begun, given].includes(get()),
  );
  /** @param {Drawing} drawing @param {number | null} digit @param {SetImage} [image] */
  function take(drawing, digit, image) {
    if (image) tested.tell(drawing, image);
    if (digit === null && !drawing.file) set(drawing, null);
    else give(drawing, digit);
  }
  const picture = createPicture(shared, load, samples, take, ofSet);
  void samples.then((all) => {
    const first = all.find(({ digit }) => Number(digit) === SAMPLE);
    const drawing = get();
    if (!first || !isEmpty(drawing)) return;
    begun = Object.freeze({ ...drawing, strokes: first.strokes });
    give(begun, SAMPLE);
  });
  const lead = html('p', {}, says);
  return {
    element: html(
      'div',
      { class: 'hands training-drawing' },
      lead,
      picture.element,
      tested.element,
    ),
    renew() {
      picture.renew();
      tested.show(ofSet(), get());
    },
  };
}

/** @param {Drawing} drawing */
function isEmpty({ strokes, file }) {
  return !strokes.length && !file;
}

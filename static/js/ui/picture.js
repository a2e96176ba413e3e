// The hand that gives a drawing: the pad, and samples to begin with.

import { EMPTY } from '../input/strokes.js';
import { message } from '../text/messages.js';
import { html } from './dom.js';
import { createDrawingPad } from './drawn.js';
import { createMore, createSample } from './sample.js';

/** @import { Themes } from '../core/theme.js' */
/** @import { Viewport } from '../core/viewport.js' */
/** @import { Drawing } from '../input/editor.js' */
/** @import { Sample } from '../wire/model.js' */
/** @import { SetImage, Sets } from '../wire/sets.js' */

/**
 * @param {{ viewport: Viewport, theme: Themes }} shared
 * @param {() => Promise<Sets>} load what asks the server for images of sets
 * @param {Promise<readonly Sample[]>} samples
 * @param {(drawing: Drawing, digit: number | null, image?: SetImage) => void} give with the digit of the sample that was taken, or the image of a set
 * @param {() => string} [set] whose images it offers; MNIST where none is named
 */
export function createPicture({ viewport, theme }, load, samples, give, set) {
  /** @type {Drawing | null} */
  let shown = null;
  const pad = createDrawingPad({ viewport, theme }, (drawing) => {
    if (drawing === shown) return;
    shown = drawing;
    give(drawing, null);
  });
  const label = { role: 'group', 'aria-label': message('samples.title') };
  const choices = html('div', { class: 'samples', ...label });
  const take = (/** @type {Sample} */ { digit, strokes }) =>
    give(Object.freeze({ ...EMPTY, strokes }), Number(digit));
  const more = createMore(load, (drawing, image) => give(drawing, null, image), set);
  void samples.then((all) =>
    choices.append(...all.map((one) => createSample(one, () => take(one))), more),
  );
  const tools = html('div', { class: 'picture-tools' }, ...pad.tools, choices);
  return {
    element: html('div', { class: 'picture' }, pad.element, tools),
    renew: pad.renew,
    /** @param {Drawing} drawing frozen */
    show(drawing) {
      shown = drawing;
      void pad.show(drawing);
    },
  };
}

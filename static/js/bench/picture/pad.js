// The pad of a section, on which any picture is shown: drawn on it becomes a drawing.

import { createDrawingPad } from '../../ui/drawn.js';
import { untilAnswered } from '../../wire/ask.js';
import { drawingFor } from '../picture.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { BenchPage, Picture } from '../types.d.ts' */

/** @param {Pick<BenchPage, 'viewport' | 'theme'>} page @param {(picture: Picture) => void} change */
export function createDrawn(page, change) {
  /** Which picture a drawing is: one that was given, or else the drawing itself. @type {WeakMap<Drawing, Picture>} */
  const pictures = new WeakMap();
  /** What the pad shows, or will soon. @type {Picture | null} */
  let shown = null;

  const pad = createDrawingPad(page, (drawing) => {
    const picture = pictures.get(drawing) ?? { from: 'drawing', strokes: drawing.strokes };
    pictures.set(drawing, picture);
    if (picture === shown) return;
    shown = picture;
    change(picture);
  });
  return {
    ...pad,
    /** @param {Picture} picture */
    async show(picture) {
      if (picture === shown) return;
      shown = picture;
      const drawing = Object.freeze(await untilAnswered(() => drawingFor(picture)));
      if (picture !== shown) return;
      pictures.set(drawing, picture);
      await pad.show(drawing);
    },
  };
}

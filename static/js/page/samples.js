// The sample digits beside the pad. They stand in the document, each a small button with its strokes: as
// elements that a script makes, ten small pictures take a tenth of a megabyte.

import { find } from '../ui/dom.js';
import { createMore } from '../ui/sample.js';

/** @import { Editor } from '../input/editor.js' */
/** @import { Stroke } from '../input/strokes.js' */

/**
 * @param {Editor} editor
 * @param {Record<string, () => void>} keys that take them, too
 */
export function offerSamples({ setStrokes, open }, keys) {
  const place = find('#samples', HTMLElement);
  for (const sample of place.querySelectorAll('button')) {
    const take = () => setStrokes([...sample.querySelectorAll('polyline')].map(strokeOf));
    sample.addEventListener('click', take);
    keys[sample.value] = take;
  }
  place.append(createMore(() => import('../wire/sets.js'), open));
}

/** @param {SVGPolylineElement} line @returns {Stroke} */
function strokeOf(line) {
  const points = (line.getAttribute('points') ?? '').split(' ').map((point) => {
    const [x = 0, y = 0] = point.split(',').map(Number);
    return /** @type {const} */ ([x, y]);
  });
  return { points, width: Number(line.getAttribute('stroke-width')), erase: false };
}

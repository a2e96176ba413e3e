// The sample digits: small buttons, each showing the strokes that it draws.

import { message } from '../text/messages.js';
import { html, svg } from './dom.js';

/** @import { Stroke } from '../input/strokes.js' */
/** @import { Sample } from '../wire/samples.js' */

/**
 * @param {HTMLElement} place
 * @param {readonly Sample[]} digits
 * @param {(strokes: readonly Stroke[]) => void} onTake
 */
export function showSamples(place, digits, onTake) {
  for (const { digit, strokes } of digits) {
    const label = message('samples.one', { digit });
    const button = html('button', { type: 'button', class: 'sample', 'aria-label': label });
    button.title = label;
    button.append(picture(strokes));
    button.addEventListener('click', () => onTake(strokes));
    place.append(button);
  }
}

/** @param {readonly Stroke[]} strokes */
function picture(strokes) {
  const lines = strokes.map(({ points, width }) =>
    svg('polyline', {
      points: points.map((point) => point.join(',')).join(' '),
      'stroke-width': Math.max(0.08, width),
    }),
  );
  return svg('svg', { viewBox: '0 0 1 1', 'aria-hidden': true }, ...lines);
}

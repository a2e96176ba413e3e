// The sample digits beside the pad, small buttons that come as soon as the server sends them.

import { message } from '../text/messages.js';
import { button, find, strokeLine, svg } from '../ui/dom.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchSamples } from '../wire/model.js';

/** @import { Stroke } from '../input/strokes.js' */

/**
 * @param {(strokes: readonly Stroke[]) => void} onTake
 * @param {Record<string, () => void>} keys that take them, too
 */
export async function offerSamples(onTake, keys) {
  const digits = await untilAnswered(fetchSamples);
  const place = find('#samples', HTMLElement);
  for (const { digit, strokes } of digits) {
    const label = message('samples.one', { digit });
    const onclick = () => onTake(strokes);
    const act = { class: 'sample', 'aria-label': label, title: label, onclick };
    place.append(button(act, picture(strokes)));
    keys[digit] = onclick;
  }
}

/** @param {readonly Stroke[]} strokes */
function picture(strokes) {
  const lines = strokes.map((stroke) => strokeLine(stroke, 0.08));
  return svg('svg', { viewBox: '0 0 1 1', 'aria-hidden': true }, ...lines);
}

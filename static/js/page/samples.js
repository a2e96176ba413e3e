// The sample digits beside the pad, small buttons that come as soon as the server sends them.

import { find } from '../ui/dom.js';
import { createSample } from '../ui/sample.js';
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
  for (const sample of digits) {
    const strokes = JSON.stringify(sample.strokes); // a tenth of what its points take
    const take = () => onTake(JSON.parse(strokes));
    place.append(createSample(sample, take));
    keys[sample.digit] = take;
  }
}

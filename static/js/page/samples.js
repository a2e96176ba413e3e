// The sample digits beside the pad, small buttons that come as soon as the server sends them.

import { find } from '../ui/dom.js';
import { createMore, createSample } from '../ui/sample.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchSamples } from '../wire/model.js';

/** @import { Editor } from '../input/editor.js' */

/**
 * @param {Editor} editor
 * @param {Record<string, () => void>} keys that take them, too
 */
export async function offerSamples({ setStrokes, open }, keys) {
  const digits = await untilAnswered(fetchSamples);
  const place = find('#samples', HTMLElement);
  for (const sample of digits) {
    const strokes = JSON.stringify(sample.strokes); // a tenth of what its points take
    const take = () => setStrokes(JSON.parse(strokes));
    place.append(createSample(sample, take));
    keys[sample.digit] = take;
  }
  place.append(createMore(() => import('../wire/sets.js'), open));
}

// The sample digits beside the pad, which come as soon as the server sends them.

import { find } from '../ui/dom.js';
import { showSamples } from '../ui/samples.js';
import { untilAnswered } from '../wire/again.js';
import { fetchSamples } from '../wire/samples.js';

/** @import { Stroke } from '../input/strokes.js' */

/**
 * @param {(strokes: readonly Stroke[]) => void} onTake
 * @param {Record<string, () => void>} keys that take them, too
 */
export async function offerSamples(onTake, keys) {
  const digits = await untilAnswered(fetchSamples);
  showSamples(find('#samples', HTMLElement), digits, onTake);
  for (const { digit, strokes } of digits) keys[digit] = () => onTake(strokes);
}

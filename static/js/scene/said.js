// What legends and bars of the still picture say of a trace.

import { MINUS, ends } from '../text/numbers.js';
import { isAlone, percentShort, shareDifference } from '../text/shares.js';

/** @import { Tensor } from '../geometry/types.d.ts' */
/** @import { BarValue, Beside, Layout, LayerBox, LegendValue, Range } from './types.d.ts' */

/** Room for the percentage beside a bar, CSS pixels. */
export const BESIDE_BAR = 52;

/** @param {Range} range @returns {LegendValue} what occurs, with 0 in it */
export function legendValue(range) {
  const { image, min, max, low, high } = range;
  if (range.limits) return legendOfEach(range);
  const [from, to] = image
    ? [low, high]
    : [Math.min(0, min), Math.max(0, max) || (min < 0 ? 0 : 1)];
  const zero = from < 0 && to > 0 ? -from / (to - from) : null;
  return { low: from, high: to, ...ends(from, to), zero };
}

/** Every map has a scale of its own: no one number is true of all, so the ends are named. */
/** @param {Range} range @returns {LegendValue} */
function legendOfEach({ limit, signed }) {
  const named = { high: limit, highText: 'max', both: '±max' };
  return signed
    ? { low: -limit, lowText: `${MINUS}max`, zero: 0.5, ...named }
    : { low: 0, lowText: '0', zero: null, ...named };
}

/**
 * Whether a text fits beside the track of a bar, or below it.
 * @param {Layout} layout
 * @param {string} layer
 * @returns {(text: string) => boolean}
 */
export function fitsBar({ axis, text, measure, box }, layer) {
  const below = axis === 'y';
  const [first = 0, second = Infinity] = box(layer)?.x ?? [];
  const room = below ? second - first : (BESIDE_BAR - 2) * text;
  const role = below ? 'percentSmallStrong' : 'percentStrong';
  return (said) => measure(said, role) * text <= room;
}

/** @param {Layout} layout @param {LayerBox} box @param {Tensor} tensor of probabilities @param {Beside | null} beside @returns {BarValue[]} */
export function barValues(layout, box, { data }, beside) {
  const fits = fitsBar(layout, box.layer);
  const [now, then] = beside?.difference?.map((trace) => trace.get(box.layer)?.data) ?? [];
  const alone = [data, now, then].map((shares) => isAlone(shares ?? []));
  const best = now ? -1 : data.indexOf(Math.max(...data)); // nothing is guessed in a difference: what is more is blue, what is less orange
  return Array.from(data, (fraction, channel) => {
    const strong = channel === best;
    const tone = strong ? 'ink' : Math.abs(fraction) > 0.01 ? 'ink2' : 'ink3';
    const share = (/** @type {ArrayLike<number>} */ shares, /** @type {number} */ of) =>
      /** @type {const} */ ([shares[channel] ?? 0, alone[of] ?? false]);
    if (now && then) {
      const text = shareDifference(share(now, 1), share(then, 2));
      const fill = fraction < 0 ? /** @type {const} */ ('neg') : /** @type {const} */ ('pos');
      return {
        fraction,
        text,
        strong: false,
        tone: Math.abs(fraction) < 0.0005 ? 'ink3' : fill,
        fill,
      };
    }
    const text = percentShort(...share(data, 0), fits);
    return { fraction, text, strong: strong && fraction > 0, tone };
  });
}

// Which maps of a layer too large to show whole are shown: those in which most happens.

/** @import { Tensor } from '../geometry/types.d.ts' */

/**
 * @param {Tensor | undefined} tensor
 * @param {number} channels
 * @returns {number[]} channels by their largest |value|, as they come while nothing is drawn
 */
export function mostActive(tensor, channels) {
  const order = Array.from({ length: channels }, (_, channel) => channel);
  if (!tensor) return order;
  const area = tensor.data.length / channels;
  const most = new Float64Array(channels);
  tensor.data.forEach((/** @type {number} */ value, /** @type {number} */ i) => {
    const channel = Math.floor(i / area);
    most[channel] = Math.max(most[channel] ?? 0, Math.abs(value));
  });
  return order.sort((a, b) => (most[b] ?? 0) - (most[a] ?? 0));
}

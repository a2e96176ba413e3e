// Asks what a network makes of a drawing at every place, angle and size.

import { createReader } from './client.js';
import { decode } from './safetensors.js';

/** @import { Question, Reader } from './client.js' */
/** @import { Link } from './link.js' */
/** @import { Tensors } from '../geometry/types.d.ts' */

/**
 * What was read, by tensor name as on the wire.
 *
 * @typedef {{ tensors: Tensors, metadata: Readonly<Record<string, string>> }} Variations
 */

/**
 * @param {object} options
 * @param {string} options.url of the network
 * @param {Link} options.link
 * @param {(variations: Variations) => void} options.onFound
 * @param {(error: Error) => void} options.onRefused
 * @returns {Reader<Question>}
 */
export function createVariations({ url, link, onFound, onRefused }) {
  return createReader({
    url: () => `${url}/variations`,
    decode,
    link,
    onTrace: onFound,
    onRefused,
  });
}

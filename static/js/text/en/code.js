// Comments in the code of an account; the code itself is Python in every language.

import { counted } from './counts.js';

/** @import { Noun } from './counts.js' */

/** @param {{ channels: number, noun: Noun, size: string }} source */
export function codeReads({ channels, noun, size }) {
  return `what it reads: ${counted(channels, noun)} of ${size}`;
}

/** @param {number} maps @param {number} taps */
export function codeFilter(maps, taps) {
  return `its filter: ${maps} × ${counted(taps, 'weight')}`;
}

// How each kind of receipt is written down, in NumPy and in symbols: the one place to add a kind.

import { activation } from './activation.js';
import { conv } from './conv.js';
import { dense } from './dense.js';
import { input } from './input.js';
import { add, loading, other, pass } from './join.js';
import { pool } from './pool.js';
import { softmax } from './softmax.js';

/** @import { Receipt, Writing } from '../types.d.ts' */

/** @type {{ readonly [K in Receipt['kind']]: Writing<Extract<Receipt, { kind: K }>> }} */
const KINDS = { activation, add, conv, dense, input, loading, other, pass, pool, softmax };

/** @param {Receipt} receipt @returns {Writing<Receipt>} */
export function writingOf({ kind }) {
  return /** @type {Writing<Receipt>} */ (KINDS[kind]);
}

// A receipt as NumPy code: a few lines that a student can run beside the downloaded trace.

import { python } from '../../text/numbers.js';
import { read } from '../../kinds/parts/lines.js';

/** @import { Receipt } from '../../kinds/receipt.d.ts' */

const FILE = 'trace.npz';

/**
 * @param {Receipt} receipt
 * @returns {string} it loads trace.npz: the trace by layer names, weights as "conv1.weight"
 */
export function code(receipt) {
  return [
    `# ${receipt.name}`,
    'import numpy as np',
    '',
    `data = np.load("${FILE}")  # every layer's values, and the weights`,
    ...receipt.account.code(receipt),
    '',
    ...printed(receipt),
    '',
  ].join('\n');
}

/**
 * What is worked out here, and what the engine has: its float32 adds with a rounding of its own,
 * which shows in the sixth digit where large terms cancel.
 *
 * @param {Receipt} receipt
 */
function printed({ graph, cell, value, rounding }) {
  if (!rounding) return ['print(f"{value:.9g}")', `# expected: ${python(value)}`];
  return [
    `engine = np.float64(${read(graph, cell)})  # which works in float32`,
    'print(f"{value:.9g} worked out here, in float64")',
    'print(f"{engine:.9g} in the engine: float32 rounds by {engine - value:.1e}")',
    `# expected: ${python(rounding.exact)} here, ${python(value)} in the engine`,
  ];
}

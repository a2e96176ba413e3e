// A receipt as NumPy code: a few lines that a student can run beside the downloaded trace.

import { message } from '../../text/messages.js';
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
    `data = np.load("${FILE}")  # ${message('code.data')}`,
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
  if (!rounding)
    return ['print(f"{value:.9g}")', `# ${message('code.expected', { value: python(value) })}`];
  return [
    `engine = np.float64(${read(graph, cell)})  # ${message('code.float32')}`,
    `print(f"${message('code.here')}")`,
    `print(f"${message('code.engine')}")`,
    `# ${message('code.expected.both', { exact: python(rounding.exact), value: python(value) })}`,
  ];
}

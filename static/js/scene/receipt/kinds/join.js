// Layers that add cells of the same place or pass one on, written down in NumPy and in symbols.

import { cellMath, mo } from '../mathml.js';
import { read } from './lines.js';

/** @import { AddReceipt, LoadingReceipt, OtherReceipt, PassReceipt, Writing } from '../types.d.ts' */

/** @type {Writing<AddReceipt>} */
export const add = {
  code: ({ graph, parts }) => [
    'parts = [',
    ...parts.map(({ cell }) => `    np.float64(${read(graph, cell)}),`),
    ...[']', 'value = sum(parts)'],
  ],
  symbols: ({ parts, graph }) =>
    parts.flatMap(({ cell }, i) => {
      const one = cellMath(graph, cell);
      return i ? [mo('+'), one] : [one];
    }),
};

/** @type {Writing<PassReceipt>} */
export const pass = {
  code: ({ graph, source, of, title }) => [
    `value = np.float64(${read(graph, source)})  # ${title}: ${of} passes it on`,
  ],
  symbols: ({ graph, source }) => [cellMath(graph, source)],
};

/** What is still loading is read, not worked out. @type {Writing<LoadingReceipt>} */
export const loading = {
  code: ({ graph, cell }) => [`value = np.float64(${read(graph, cell)})`],
  symbols: () => null,
};

/** Of a kind that the page does not know the engine's value is read. @type {Writing<OtherReceipt>} */
export const other = {
  code: ({ graph, cell }) => [
    `value = np.float64(${read(graph, cell)})  # read, not worked out: the page does not know how`,
  ],
  symbols: () => null,
};

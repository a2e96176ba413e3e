// Addition: the cells at the same place of several layers.

import { regionOf } from '../geometry/regions.js';
import { message } from '../text/messages.js';
import { digitsFor } from '../text/numbers.js';
import { sentences } from '../text/sentences.js';
import { at, largestOf, magnitudeOf, sumOf, valueAt } from './parts/data.js';
import { draft, sumEquation, totalDraft } from './parts/equation.js';
import { cellRun, countsOf, loudest, nounOf, says, together } from './parts/gist.js';
import { cellLabel } from './parts/labels.js';
import { read } from './parts/lines.js';
import { cellMath, mo } from './parts/mathml.js';
import { cellByCell } from './parts/reading.js';
import { addsUp, paragraph } from './parts/runs.js';

/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Account, AddReceipt } from './receipt.d.ts' */
/** @import { Asked } from './types.d.ts' */

/** @type {Account<AddReceipt>} */
const account = {
  receipt(asked) {
    const parts = partsOf(asked);
    const values = parts.map((cell) => valueAt(asked, cell));
    const items = parts.map((cell, index) =>
      draft('part', cellLabel(asked.graph, cell), at(values, index), { cell, index }),
    );
    const digits = digitsFor(asked.value, largestOf(values));
    return {
      diagram: 'parts',
      parts,
      equations: [sumEquation({ role: 'value', items, total: totalDraft(asked) }, digits)],
      exact: { sum: sumOf(values), magnitude: magnitudeOf(values) },
    };
  },

  gist(receipt) {
    const { graph, parts, equation, digits } = receipt;
    const terms = (equation?.items ?? [])
      .filter(({ role }) => role === 'part')
      .map(({ value }) => value);
    const named = (/** @type {number} */ i) => cellRun(graph, parts[i] ?? receipt.cell);
    const noun = nounOf(graph, receipt.cell.layer);
    const told = { of: parts.length, ...countsOf(terms), noun, layer: '', padding: 0 };
    return [
      ...together(says(receipt), [sentences().argued({ ...told, where: 'place' })]),
      ...together(loudest({ terms, digits, named, noun })),
    ];
  },

  words: ({ equation }) => [
    paragraph('sum', [`${message('add.added')} `, ...(equation ? addsUp(equation) : [])]),
  ],

  code: ({ graph, parts }) => [
    'parts = [',
    ...parts.map((cell) => `    np.float64(${read(graph, cell)}),`),
    ...[']', 'value = sum(parts)'],
  ],

  symbols: ({ parts, graph }) =>
    parts.flatMap((cell, i) => {
      const one = cellMath(graph, cell);
      return i ? [mo('+'), one] : [one];
    }),
};

/** @type {KindOnPage} */
export const add = {
  ...cellByCell,

  contributions(asked) {
    const parts = partsOf(asked);
    const values = Float64Array.from(parts, (cell) => valueAt(asked, cell));
    return { values, region: (i) => regionOf(parts[i] ?? asked.cell), how: 'sum' };
  },

  title: () => 'add',
  does: (_, { inputs }) => sentences().addDoes(inputs),
  is: (_, { inputs }) => message('add.is', { count: inputs.length }),
  operations: (graph, { name, inputs }) => ({
    factors: [graph.count(name), inputs.length - 1],
    noun: 'addition',
    factorText: '',
  }),
  account,
};

/** @param {Pick<Asked, 'layer' | 'cell'>} asked @returns {Cell[]} one of each layer that it reads, in order */
function partsOf({ layer, cell }) {
  return layer.inputs.map((name) => ({ ...cell, layer: name }));
}

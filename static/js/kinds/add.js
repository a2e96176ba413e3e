// Addition: the cells at the same place of several layers.

import { regionOf } from '../geometry/regions.js';
import { message } from '../text/messages.js';
import { digitsFor, roughly } from '../text/numbers.js';
import { sentences } from '../text/sentences.js';
import { cellName } from './names.js';
import { roundingOf, sumEquation } from './parts/equation.js';
import { read } from './parts/lines.js';
import { cellMath, mo } from './parts/mathml.js';
import { cellByCell } from './parts/reading.js';
import { addsUp, paragraph } from './parts/runs.js';
import {
  at,
  cellLabel,
  dataOf,
  difference,
  largestOf,
  magnitudeOf,
  product,
  totalDraft,
} from './parts/shared.js';

/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Account, AddReceipt } from './receipt.d.ts' */

/** @type {Account<AddReceipt>} */
const account = {
  receipt(asked) {
    const { graph, trace, layer, cell, value } = asked;
    const offset = graph.offset(cell);
    const parts = layer.inputs.map((name) => {
      const from = { ...cell, layer: name };
      return { cell: from, name: cellName(graph, from), value: at(dataOf(trace, name), offset) };
    });
    const values = parts.map((part) => part.value);
    const items = parts.map((part, index) => ({
      role: /** @type {const} */ ('part'),
      label: cellLabel(graph, part.cell),
      ...{ value: part.value, cell: part.cell, index },
    }));
    const digits = digitsFor(value, largestOf(values));
    const equation = sumEquation({ role: 'value', items, total: totalDraft(asked) }, digits);
    const exact = values.reduce((a, b) => a + b, 0);
    const rounding = roundingOf(value, exact, magnitudeOf(values), roughly);
    return {
      diagram: 'parts',
      ...{ parts, equation, equations: [equation], rounding },
      check: equation.text + difference(rounding),
      why: null,
    };
  },

  words: ({ equation }) => [
    paragraph('sum', [`${message('add.added')} `, ...(equation ? addsUp(equation) : [])]),
  ],

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

/** @type {KindOnPage} */
export const add = {
  ...cellByCell,

  contributions({ graph, trace, layer, cell }) {
    const offset = graph.offset(cell);
    const values = Float64Array.from(layer.inputs, (name) => at(dataOf(trace, name), offset));
    const region = (/** @type {number} */ i) =>
      regionOf({ ...cell, layer: layer.inputs[i] ?? cell.layer });
    return { values, region, how: 'sum' };
  },

  title: () => 'add',
  does: (_, { inputs }) => sentences().addDoes(inputs),
  is: (_, { inputs }) => message('add.is', { count: inputs.length }),
  operations: (graph, { name, inputs }) =>
    product([graph.count(name), inputs.length - 1], 'addition', ''),
  account,
};

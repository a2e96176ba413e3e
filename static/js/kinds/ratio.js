// The ratio: a unit divided by the sum of all; accounted for by that sum and the quotient.

import { regionOf } from '../geometry/regions.js';
import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { at, dataOf, magnitudeOf, sumOf } from './parts/data.js';
import {
  agreeing,
  appliedEquation,
  draft,
  oneByOne,
  sumEquation,
  totalDraft,
} from './parts/equation.js';
import { says, together } from './parts/gist.js';
import { cellLabel } from './parts/labels.js';
import { flat, readAll } from './parts/lines.js';
import { cellMath, indexed, mfrac, mrow, sumOver } from './parts/mathml.js';
import { unexplained } from './parts/message.js';
import { cellByCell, each, everything } from './parts/reading.js';
import { columnsOf, itemRow, row } from './parts/rows.js';
import { addsUp, closing, paragraph, strong, tinted } from './parts/runs.js';

/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Account, Found, MessageReceipt, RatioReceipt, ReceiptAsked } from './receipt.d.ts' */

/** Numbers of the sum that are shown one by one, and how many of more. */
const SHOWN = { few: 16, most: 12 };

/** Where the sum is 0. */
const undefined_ = unexplained(
  ({ layer: { inputs } }) => message('ratio.undefined', { source: inputs[0] ?? '' }),
  () => `  # ${message('ratio.code')}`,
);

/** @type {Account<RatioReceipt | MessageReceipt>} */
const account = {
  receipt: (asked) => (Number.isNaN(asked.value) ? undefined_.receipt(asked) : ratioReceipt(asked)),

  gist(receipt) {
    if (receipt.diagram === 'message') return together([receipt.check]);
    const [sum, quotient] = receipt.equations;
    const [part] = quotient.items;
    const texts = { part: part?.signedText ?? '', sum: sum.total.signedText };
    return together(says(receipt), [message('ratio.gist', texts)]);
  },

  words(receipt) {
    if (receipt.diagram === 'message') return [paragraph('is', [receipt.check])];
    const [sum, quotient] = receipt.equations;
    const [part, divisor] = quotient.items;
    if (!part || !divisor) return [];
    const told = {
      ...{ part: tinted(part), label: part.label, sum: divisor.signedText },
      ...{ rounding: closing(quotient), quotient: strong(quotient.total.signedText) },
    };
    return [paragraph('sum', addsUp(sum)), paragraph('sum', sentences().partIs(told))];
  },

  code(receipt) {
    if (receipt.diagram === 'message') return undefined_.code(receipt);
    const { graph, source, unit } = receipt;
    return [`x = ${readAll(source)}${flat(graph, source)}`, `value = x[${unit}] / x.sum()`];
  },

  symbols(receipt) {
    if (receipt.diagram === 'message') return null;
    const { graph, source, unit } = receipt;
    const all = mrow(sumOver('j', graph.count(source) - 1), indexed(source, 'j'));
    return [mfrac(cellMath(graph, graph.cellAt(source, unit)), all)];
  },

  table(receipt) {
    const columns = columnsOf('from', ['value']);
    const { name, check, valueText } = receipt;
    if (receipt.diagram === 'message')
      return { caption: `${name}: ${check}`, columns, rows: [row('total', name, [valueText])] };
    const [sum, quotient] = receipt.equations;
    const rest = [...quotient.items.slice(2), quotient.total];
    return {
      caption: message('ratio.caption', { name }),
      columns,
      rows: [
        ...sum.items.map((item) => ({ ...itemRow(item), strong: item.strong })),
        { ...itemRow(sum.total), role: 'subtotal' },
        ...rest.map((item) => itemRow(item)),
      ],
    };
  },
};

/** @type {KindOnPage} */
export const ratio = {
  ...everything,
  /** A unit reads all; its own one is what is divided. */
  contributions: cellByCell.contributions,
  influences: ({ layer, cell, own }) => [
    { region: regionOf({ ...cell, layer: layer.name }), value: own },
  ],
  title: () => message('ratio.title'),
  does: (_, { inputs: [source = ''] }) => message('ratio.does', { source }),
  is: () => message('ratio.is'),
  operations: each('division'),
  account,
};

/** @param {ReceiptAsked} asked @returns {Found<RatioReceipt>} */
function ratioReceipt(asked) {
  const { graph, trace, layer, cell, value } = asked;
  const [source = ''] = layer.inputs;
  const values = dataOf(trace, source);
  const unit = graph.offset(cell);
  const [own, sum] = [at(values, unit), sumOf(values)];
  const divided = (/** @type {number} */ a, /** @type {number} */ b) => a / b;
  const { digits, numbers } = agreeing(value, [own, sum], divided);
  const [ownDigits = digits, sumDigits = digits] = numbers;
  const part = (/** @type {number} */ index) => {
    const from = graph.cellAt(source, index);
    const more = { cell: from, index, strong: index === unit };
    return draft('part', cellLabel(graph, from), at(values, index), more);
  };
  const label = message('sum');
  return {
    diagram: 'parts',
    ...{ source, unit },
    // The sum of float32 numbers may have lost digits where they cancel; the quotient loses as many.
    exact: {
      sum: own / sum,
      magnitude: Math.abs(own / sum) * (magnitudeOf(values) / Math.abs(sum)),
    },
    equations: [
      sumEquation(
        {
          role: 'sum',
          items: oneByOne(values, { ...SHOWN, must: unit }, part),
          total: draft('total', label, sum),
        },
        sumDigits,
      ),
      appliedEquation(
        {
          ...{ how: 'quotient', role: 'value' },
          items: [
            { ...part(unit), digits: ownDigits },
            draft('divisor', label, sum, { digits: sumDigits }),
          ],
          total: totalDraft(asked),
        },
        digits,
        divided,
      ),
    ],
  };
}

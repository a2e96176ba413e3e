// Softmax accounted for: an exponential divided by the sum of all.

import { message } from '../../text/messages.js';
import { digitsFor, written } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { isAlone, percent } from '../../text/shares.js';
import { sumEquation } from '../parts/equation.js';
import { flat, readAll } from '../parts/lines.js';
import { cellMath, indexed, mfrac, mi, mo, mrow, msup, munder, sumOver } from '../parts/mathml.js';
import { blank, columnsOf, figure, head, roleOf, row } from '../parts/rows.js';
import { addsUp, closing, paragraph, strong, tinted } from '../parts/runs.js';
import { at } from '../parts/shared.js';
import { softmaxReceipt } from './receipt.js';

/** @import { Account, Equation, MathNode, Paragraph, SoftmaxReceipt, Table, TableRow } from '../receipt.d.ts' */

/** @type {Account<SoftmaxReceipt>} */
export const account = {
  receipt: softmaxReceipt,
  words: softmaxWords,
  table: softmaxTable,

  code: ({ graph, source, unit }) => [
    `scores = ${readAll(source)}${flat(graph, source)}`,
    `exponentials = np.exp(scores - scores.max())  # ${message('code.less')}`,
    `value = exponentials[${unit}] / exponentials.sum()`,
  ],

  symbols({ source, unit, graph, cellAt, scores }) {
    const power = (/** @type {MathNode} */ score) => msup(mi('e'), mrow(score, mo('−'), mi('m')));
    const own = cellMath(graph, cellAt(unit));
    const all = mrow(sumOver('j', scores.length - 1), power(indexed(source, 'j')));
    const largest = mrow(munder(mo('max'), mi('j')), indexed(source, 'j'));
    return [mfrac(power(own), all), mo(','), mi('m'), mo('='), largest];
  },
};

/** @param {SoftmaxReceipt} receipt @param {number} most @returns {Table} */
function softmaxTable(receipt, most) {
  const { rows, exponentials, sum, equations, unit, name } = receipt;
  const all = rows().toSorted((a, b) => a.rank - b.rank);
  const chosen = all
    .filter((one, i) => i < most || one.unit === unit)
    .toSorted((a, b) => a.unit - b.unit);
  const rest = all.length - chosen.length;
  const digits = equations[2]?.digits ?? digitsFor(sum);
  const shown = chosen.map((one) => ({ ...one, value: at(exponentials, one.unit) }));
  const drafts = shown.map(({ name: label, value }) => ({
    role: /** @type {const} */ ('exponential'),
    label,
    value,
  }));
  const hidden = sum - shown.reduce((total, { value }) => total + value, 0);
  if (rest) drafts.push({ role: 'exponential', label: sentences().more(rest, ''), value: hidden });
  const added = sumEquation(
    { role: 'sum', items: drafts, total: { role: 'total', label: message('sum'), value: sum } },
    digits,
  );
  const body = added.items.map((item, i) => {
    const one = chosen[i];
    const cells = one
      ? [
          figure(one.scoreText),
          figure(one.differenceText),
          figure(item.signedText),
          figure(one.probabilityText),
        ]
      : [...blank(2), figure(item.signedText), ...blank(1)];
    return row(roleOf(item), [head(item.label, one?.cell), ...cells], one?.unit === unit);
  });
  const end = row('total', [
    head(message('sum')),
    ...blank(2),
    figure(added.total.signedText),
    ...blank(1),
  ]);
  return {
    caption: message('softmax.caption', { name }),
    columns: columnsOf('class', ['score', 'away', 'power', 'share']),
    rows: [...body, ...changes(receipt), end],
  };
}

/** @param {SoftmaxReceipt} receipt @returns {TableRow[]} */
function changes({ whatIf, names, unit }) {
  return whatIf.map(({ deltaText, probabilityText }) => {
    const label = message('table.what-if', { class: names[unit] ?? '', delta: deltaText });
    return row('fact', [head(label), ...blank(3), figure(probabilityText)]);
  });
}

/** @param {SoftmaxReceipt} receipt @returns {Paragraph[]} */
export function softmaxWords({ equations, whatIf, value, probabilities }) {
  const [away, power, sum, share] = equations;
  if (!away || !power || !sum || !share) return [];
  const { signedText } = share.total;
  const said = sentences();
  return [
    paragraph('sum', [
      ...lessLargest(away),
      ...said.toThePower(closing(power), strong(power.total.signedText)),
    ]),
    paragraph('sum', [`${message('softmax.exponentials')} `, ...addsUp(sum)]),
    paragraph(
      'sum',
      said.shareIs({
        ...{ power: power.total.signedText, sum: sum.total.signedText, rounding: closing(share) },
        ...{ quotient: strong(signedText) },
        share: percent(value, { alone: isAlone(probabilities) }),
      }),
    ),
    paragraph('what-if', [
      said.ifItChanged(
        whatIf.map(({ deltaText: delta, probabilityText, changeText: change }) => ({
          ...{ share: probabilityText, change, delta },
        })),
      ),
    ]),
  ];
}

/** "Its score is 6.2 (fc3 [7]). Less the largest of all, 8.1 (fc3 [4]), that is −1.9." */
/** @param {Equation} equation the difference of the two */
function lessLargest(equation) {
  const { items, total, digits } = equation;
  const [score, largest] = items;
  if (!score || !largest) return [];
  const text = written(-largest.units, digits); // it is subtracted there
  return sentences().lessLargest({
    ...{ score: tinted(score), label: score.label, rounding: closing(equation) },
    largest: tinted({ ...largest, units: -largest.units }, text),
    ...{ of: largest.label, difference: strong(total.signedText) },
  });
}

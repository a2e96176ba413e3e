// Softmax accounted for: an exponential divided by the sum of all.

import { message } from '../../text/messages.js';
import { written } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { isAlone, percent } from '../../text/shares.js';
import { at } from '../parts/data.js';
import { draft, sumEquation } from '../parts/equation.js';
import { flat, readAll } from '../parts/lines.js';
import { cellMath, indexed, mfrac, mi, mo, mrow, msup, munder, sumOver } from '../parts/mathml.js';
import { columnsOf, itemRow, row } from '../parts/rows.js';
import { addsUp, closing, paragraph, strong, tinted } from '../parts/runs.js';
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
  const { rows, exponentials, probabilities, sum, equations, unit: own, name } = receipt;
  const order = [...probabilities.keys()].toSorted(
    (a, b) => at(probabilities, b) - at(probabilities, a),
  );
  const shown = new Set([...order.slice(0, most), own]);
  const chosen = rows().filter(({ unit }) => shown.has(unit));
  const items = chosen.map(({ name: label, unit }) =>
    draft('exponential', label, at(exponentials, unit)),
  );
  const rest = order.length - chosen.length;
  const hidden = sum - items.reduce((total, { value }) => total + value, 0);
  if (rest) items.push(draft('exponential', sentences().more(rest, ''), hidden));
  const total = draft('total', message('sum'), sum);
  const added = sumEquation({ role: 'sum', items, total }, equations[2].digits);
  const body = added.items.map((item, i) => {
    const one = chosen[i];
    const { scoreText = '', differenceText = '', probabilityText = '', cell = null } = one ?? {};
    const texts = [scoreText, differenceText, item.signedText, probabilityText];
    return { ...itemRow({ ...item, cell }, ...texts), strong: one?.unit === own };
  });
  return {
    caption: message('softmax.caption', { name }),
    columns: columnsOf('class', ['score', 'away', 'power', 'share']),
    rows: [...body, ...changes(receipt), itemRow(added.total, '', '', added.total.signedText, '')],
  };
}

/** @param {SoftmaxReceipt} receipt @returns {TableRow[]} */
function changes({ whatIf, names, unit }) {
  return whatIf.map(({ deltaText, probabilityText }) => {
    const label = message('table.what-if', { class: names[unit] ?? '', delta: deltaText });
    return row('fact', label, ['', '', '', probabilityText]);
  });
}

/** @param {SoftmaxReceipt} receipt @returns {Paragraph[]} */
function softmaxWords({ equations: [away, power, sum, share], whatIf, value, probabilities }) {
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
        ...{ quotient: strong(share.total.signedText) },
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

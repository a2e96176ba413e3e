// Softmax accounted for: score, its distance from the largest, exponentials, sum, quotient.

import { message } from '../../text/messages.js';
import { bracketed, digitsFor, own, signed, unitsOf, written } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { isAlone, percent, pointsBetween } from '../../text/shares.js';
import { at, dataOf, sumOf } from '../parts/data.js';
import {
  agreeing,
  appliedEquation,
  draft,
  oneByOne,
  rounded,
  sumEquation,
  totalDraft,
} from '../parts/equation.js';
import { cellLabel, unitNames } from '../parts/labels.js';
import { flat, readAll } from '../parts/lines.js';
import { cellMath, indexed, mfrac, mi, mo, mrow, msup, munder, sumOver } from '../parts/mathml.js';
import { columnsOf, itemRow, row, write } from '../parts/rows.js';
import { addsUp, closing, paragraph, strong, tinted } from '../parts/runs.js';
import { softmaxGist } from './gist.js';

/** @import { Account, Digits, Equation, Found, MathNode, Paragraph, ReceiptAsked, SoftmaxReceipt, SoftmaxRow, Table, TableRow, WhatIf } from '../receipt.d.ts' */

/** @type {Account<SoftmaxReceipt>} */
export const account = {
  receipt: softmaxReceipt,
  gist: softmaxGist,
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

/** Exponentials that the sum shows one by one, and how many of more. */
const SHOWN = { few: 16, most: 12 };
const FAINT = 1e-3; // a share below it is written with an exponent rather than as < 0.1 %
const DELTAS = [-1, -0.1, 0.1, 1];

/** @param {ReceiptAsked} asked @returns {Found<SoftmaxReceipt>} */
function softmaxReceipt(asked) {
  const { graph, trace, layer, cell } = asked;
  const [source = ''] = layer.inputs;
  const scores = dataOf(trace, source);
  const unit = graph.offset(cell);
  const probabilities = dataOf(trace, cell.layer);
  const known = {
    ...{ source, unit, scores, probabilities, ...exponentialsOf(scores) },
    names: unitNames(graph, cell.layer),
    cellAt: (/** @type {number} */ i) => graph.cellAt(source, i),
  };
  const equations = equationsOf(asked, known);
  const [away] = equations;
  const exact = at(known.exponentials, unit) / known.sum;
  return {
    diagram: 'scores',
    ...known,
    equations,
    exact: { sum: exact, magnitude: 1 }, // the shares add up to 1
    largestText: bracketed(write(known.largestScore, away.digits), known.largestScore < 0),
    rows: () => rowsOf(known, equations),
    whatIf: DELTAS.map((delta) => whatIf(scores, unit, delta, exact)),
  };
}

/** @param {MathNode} argument @returns {MathNode[]} */
const exponentialMath = (argument) => [msup(mi('e'), argument)];

/** @typedef {Pick<SoftmaxReceipt, 'source' | 'unit' | 'scores' | 'probabilities' | 'largestScore' | 'exponentials' | 'sum' | 'names' | 'cellAt'>} Known */

/** @param {ArrayLike<number>} scores */
function exponentialsOf(scores) {
  let largestScore = -Infinity;
  for (let i = 0; i < scores.length; i++) largestScore = Math.max(largestScore, at(scores, i));
  const exponentials = Float64Array.from(scores, (score) => Math.exp(score - largestScore));
  return { largestScore, exponentials, sum: sumOf(exponentials) };
}

/**
 * Difference, exponential, sum, quotient: the same numbers in all of them, with the digits that
 * make each come out as shown.
 * @param {ReceiptAsked} asked
 * @param {Known} known
 * @returns {SoftmaxReceipt['equations']}
 */
function equationsOf(asked, known) {
  const { unit, scores, exponentials, sum, largestScore, cellAt } = known;
  const power = at(exponentials, unit);
  const share = (/** @type {number} */ a, /** @type {number} */ b) => a / b;
  const { digits, numbers } = agreeing(asked.value, [power, sum], share);
  const [powerDigits = digits, sumDigits = digits] = numbers;
  const scoreOf = (/** @type {number} */ index) =>
    /** @type {const} */ ([cellLabel(asked.graph, cellAt(index)), { cell: cellAt(index), index }]);
  const [label, own] = scoreOf(unit);
  const [largestLabel, largest] = scoreOf(scores.indexOf(largestScore));
  const away = message('softmax.away');
  const difference = at(scores, unit) - largestScore;
  const fine = differenceDigits(at(scores, unit), largestScore, power, powerDigits);
  const exponential = `e^(${away})`;
  return [
    sumEquation(
      {
        role: 'difference',
        items: [
          draft('score', label, at(scores, unit), own),
          draft('largest', largestLabel, -largestScore, largest),
        ],
        total: draft('total', away, difference),
      },
      fine,
    ),
    appliedEquation(
      {
        ...{ how: 'function', role: 'exponential', name: 'exp', symbols: exponentialMath },
        items: [draft('argument', away, difference, { digits: fine })],
        total: draft('total', exponential, power, { index: unit, strong: true }),
      },
      powerDigits,
      Math.exp,
    ),
    addedUp(known, sumDigits),
    appliedEquation(
      {
        ...{ how: 'quotient', role: 'value' },
        items: [
          draft('exponential', exponential, power, { index: unit, digits: powerDigits }),
          draft('divisor', message('sum'), sum, { digits: sumDigits }),
        ],
        total: totalDraft(asked),
      },
      digits,
      share,
    ),
  ];
}

/**
 * Decimals with which score − largest comes out as shown, and e to it as well.
 * @param {number} score
 * @param {number} largest
 * @param {number} power e^(score − largest)
 * @param {Digits} powerDigits
 * @returns {Digits}
 */
function differenceDigits(score, largest, power, powerDigits) {
  const away = score - largest;
  const most = Math.max(Math.abs(score), Math.abs(largest));
  const least = digitsFor(away || most, most);
  for (let decimals = least.decimals; decimals < least.decimals + 7; decimals++) {
    const digits = { ...least, decimals };
    const shown = unitsOf(score, digits) - unitsOf(largest, digits);
    if (shown !== unitsOf(away, digits)) continue;
    const made = unitsOf(Math.exp(rounded(away, digits)), powerDigits);
    if (made === unitsOf(power, powerDigits)) return digits;
  }
  return least;
}

/** @param {Known} known @param {Digits} digits @returns {Equation} the sum of the exponentials */
function addedUp({ exponentials, names, unit, sum, cellAt }, digits) {
  const items = oneByOne(exponentials, { ...SHOWN, must: unit }, (index) => {
    const more = { cell: cellAt(index), index, strong: index === unit };
    return draft('exponential', names[index] ?? '', at(exponentials, index), more);
  });
  return sumEquation({ role: 'sum', items, total: draft('total', message('sum'), sum) }, digits);
}

/** @param {Known} known @param {SoftmaxReceipt['equations']} equations @returns {SoftmaxRow[]} */
function rowsOf(known, [away, , sum]) {
  const { scores, exponentials, probabilities, largestScore, names, cellAt } = known;
  const units = (/** @type {number} */ value) => unitsOf(value, away.digits);
  return names.map((name, unit) => ({
    ...{ name, unit, cell: cellAt(unit) },
    scoreText: write(at(scores, unit), away.digits),
    // Of the two numbers as they are shown, so that the subtraction on the screen holds.
    differenceText: written(units(at(scores, unit)) - units(largestScore), away.digits),
    exponentialText: write(at(exponentials, unit), sum.digits),
    probabilityText: own(at(probabilities, unit)),
  }));
}

/**
 * All shares worked out again with one score changed.
 * @param {Float32Array} scores
 * @param {number} unit
 * @param {number} delta
 * @param {number} now
 * @returns {WhatIf}
 */
function whatIf(scores, unit, delta, now) {
  const changed = Float64Array.from(scores);
  changed[unit] = at(changed, unit) + delta;
  const { exponentials, sum } = exponentialsOf(changed);
  const probability = at(exponentials, unit) / sum;
  const change = probability - now;
  const alone = isAlone(exponentials);
  return {
    ...{ delta, deltaText: signed(delta, Number.isInteger(delta) ? 0 : 1), probability, change },
    probabilityText: probability < FAINT ? own(probability) : percent(probability, { alone }),
    changeText: pointsBetween([probability, alone], [now, false]),
  };
}

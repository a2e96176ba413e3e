// The receipt of a softmax: score, its distance from the largest, exponentials, sum, quotient.

import { message } from '../../text/messages.js';
import {
  bracketed,
  digitsFor,
  own,
  roughly,
  signed,
  unitsOf,
  written,
} from '../../text/numbers.js';
import { isAlone, percent, pointsBetween } from '../../text/shares.js';
import { agreeing, appliedEquation, rounded, roundingOf, sumEquation } from '../parts/equation.js';
import { mi, msup } from '../parts/mathml.js';
import {
  at,
  cellLabel,
  chosen,
  dataOf,
  difference,
  largestOf,
  moreDraft,
  sumAt,
  totalDraft,
  unitNames,
} from '../parts/shared.js';

/** @import { Draft } from '../parts/equation.js' */
/** @import { Digits, Equation, MathNode, Found, ReceiptAsked, SoftmaxReceipt, SoftmaxRow, WhatIf } from '../receipt.d.ts' */

const FEW = 16; // exponentials that the sum shows one by one
const MOST = 12;
const FAINT = 1e-3; // a share below it is written with an exponent rather than as < 0.1 %
const DELTAS = [-1, -0.1, 0.1, 1];

/** @param {ReceiptAsked} asked @returns {Found<SoftmaxReceipt>} */
export function softmaxReceipt(asked) {
  const { graph, trace, layer, cell, value } = asked;
  const [source = ''] = layer.inputs;
  const scores = dataOf(trace, source);
  const unit = graph.offset(cell);
  const known = { source, unit, scores, ...exponentialsOf(scores), names: unitNames(graph, layer) };
  const probabilities = dataOf(trace, cell.layer);
  const cellAt = (/** @type {number} */ i) => graph.cellAt(source, i);
  const full = {
    ...known,
    cellAt,
    labelOf: (/** @type {number} */ i) => cellLabel(graph, cellAt(i)),
  };
  const equations = equationsOf(asked, full);
  const equation = /** @type {Equation} */ (equations.at(-1));
  const exact = at(known.exponentials, unit) / known.sum;
  const rounding = roundingOf(value, exact, 1, roughly); // the shares add up to 1
  return {
    diagram: 'scores',
    ...known,
    ...{ probabilities, cellAt, equation, equations, rounding },
    largest: { score: largestOf(scores) },
    largestText: largestText(known.largestScore, equations),
    rows: once(() => rowsOf(full, probabilities, equations)),
    whatIf: DELTAS.map((delta) => whatIf(scores, unit, delta, exact)),
    check: equation.text + difference(rounding),
    why: null,
  };
}

/** @param {MathNode} argument @returns {MathNode[]} */
const exponentialMath = (argument) => [msup(mi('e'), argument)];

/** @typedef {Pick<SoftmaxReceipt, 'source' | 'unit' | 'scores' | 'largestScore' | 'exponentials' | 'sum' | 'names' | 'cellAt'> & { labelOf: (unit: number) => string }} Known */

/** @param {ArrayLike<number>} scores */
function exponentialsOf(scores) {
  let largestScore = -Infinity;
  for (let i = 0; i < scores.length; i++) largestScore = Math.max(largestScore, at(scores, i));
  const exponentials = Float64Array.from(scores, (score) => Math.exp(score - largestScore));
  return { largestScore, exponentials, sum: exponentials.reduce((a, b) => a + b, 0) };
}

/**
 * Difference, exponential, sum, quotient: the same numbers in all of them, with the digits that
 * make each come out as shown.
 * @param {ReceiptAsked} asked
 * @param {Known} known
 * @returns {Equation[]}
 */
function equationsOf(asked, known) {
  const { unit, scores, exponentials, sum, largestScore } = known;
  const power = at(exponentials, unit);
  const share = (/** @type {number} */ a, /** @type {number} */ b) => a / b;
  const { digits, numbers } = agreeing(asked.value, [power, sum], share);
  const [powerDigits = digits, sumDigits = digits] = numbers;
  const { cell, ...number } = { cell: known.cellAt(unit), index: unit };
  const score = {
    role: 'score',
    label: known.labelOf(unit),
    value: at(scores, unit),
    cell,
    ...number,
  };
  const largest = largestDraft(known, largestScore);
  const away = { label: message('softmax.away'), value: at(scores, unit) - largestScore };
  const fine = differenceDigits(at(scores, unit), largestScore, power, powerDigits);
  const exponential = { label: `e^(${away.label})`, value: power, index: unit };
  const items = /** @type {Draft[]} */ ([score, { ...largest, value: -largestScore }]);
  return [
    sumEquation({ role: 'difference', items, total: { ...away, role: 'total' } }, fine),
    appliedEquation(
      {
        ...{ how: 'function', role: 'exponential', name: 'exp', symbols: exponentialMath },
        items: [{ ...away, role: 'argument', digits: fine }],
        total: { ...exponential, role: 'total', strong: true },
      },
      powerDigits,
      Math.exp,
    ),
    addedUp(known, sumDigits),
    appliedEquation(
      {
        ...{ how: 'quotient', role: 'value' },
        items: [
          { ...exponential, role: 'exponential', digits: powerDigits },
          { role: 'divisor', label: message('sum'), value: sum, digits: sumDigits },
        ],
        total: totalDraft(asked),
      },
      digits,
      share,
    ),
  ];
}

/** @param {number} score @param {readonly Equation[]} equations @returns {string} as it is taken off after a minus: "1.5386", "(−1.5386)" */
function largestText(score, [away]) {
  return away ? bracketed(written(unitsOf(score, away.digits), away.digits), score < 0) : '';
}

/** @param {Known} known @param {number} largestScore */
function largestDraft({ scores, cellAt, labelOf }, largestScore) {
  const index = scores.indexOf(largestScore);
  return {
    role: 'largest',
    label: labelOf(index),
    value: largestScore,
    cell: cellAt(index),
    index,
  };
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
  const { shown, hidden } = chosen(exponentials, FEW, MOST, unit);
  const items = shown.map((index) => ({
    role: /** @type {const} */ ('exponential'),
    label: names[index] ?? '',
    value: at(exponentials, index),
    ...{ cell: cellAt(index), index, strong: index === unit },
  }));
  const rest = hidden.length ? [moreDraft(hidden.length, '', sumAt(exponentials, hidden))] : [];
  const total = { role: /** @type {const} */ ('total'), label: 'sum', value: sum };
  return sumEquation({ role: 'sum', items: [...items, ...rest], total }, digits);
}

/** @param {Known} known @param {Float32Array} probabilities @param {readonly Equation[]} equations @returns {SoftmaxRow[]} */
function rowsOf({ scores, exponentials, largestScore, names, cellAt }, probabilities, equations) {
  const [away, , sum] = equations;
  const order = [...probabilities.keys()].sort(
    (a, b) => at(probabilities, b) - at(probabilities, a) || a - b,
  );
  const rank = new Map(order.map((unit, i) => [unit, i]));
  const write = (/** @type {number} */ value, /** @type {Digits | undefined} */ digits) =>
    digits ? written(unitsOf(value, digits), digits) : '';
  return names.map((name, unit) => ({
    ...{ name, unit, cell: cellAt(unit), rank: rank.get(unit) ?? 0 },
    scoreText: write(at(scores, unit), away?.digits),
    differenceText: away ? lessOf(at(scores, unit), largestScore, away.digits) : '',
    exponentialText: write(at(exponentials, unit), sum?.digits),
    probabilityText: own(at(probabilities, unit)),
  }));
}

/**
 * Of the two numbers as they are shown, so that the subtraction on the screen holds.
 * @param {number} score
 * @param {number} largest
 * @param {Digits} digits
 */
function lessOf(score, largest, digits) {
  return written(unitsOf(score, digits) - unitsOf(largest, digits), digits);
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

/** @template T @param {() => T} make @returns {() => T} made when first asked for, then kept */
function once(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}

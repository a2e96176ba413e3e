// What pooling adds up: the cells of a window or their squares, their sum, a mean or a root of it.

import { digitsFor, finer, unitsOf } from '../../text/numbers.js';
import { message } from '../../text/messages.js';
import { at, largestOf, magnitudeOf, sumOf } from '../parts/data.js';
import {
  appliedEquation,
  draft,
  factorsOf,
  oneByOne,
  rounded,
  sumEquation,
  totalDraft,
} from '../parts/equation.js';
import { cellLabel } from '../parts/labels.js';
import { msqrt } from '../parts/mathml.js';

/** @import { AnyLayer } from '../../geometry/types.d.ts' */
/** @import { Digits, Equation, Factors, MathNode, PoolReceipt, ReceiptAsked } from '../receipt.d.ts' */
/** @import { Draft } from '../parts/equation.js' */
/** @import { Read } from './account.js' */

/** Candidates that an equation shows one by one, and how many of more. */
const SHOWN = { few: 25, most: 16 };

/** @param {AnyLayer} layer @returns {number} what the sum of a window is divided by */
export function divisorOf({ mode, kernel }) {
  return mode === 'average' ? kernel[0] * kernel[1] : 1;
}

/**
 * The cells of the window; padding is no candidate.
 * @param {ReceiptAsked} asked
 * @param {{ values: ArrayLike<number>, cellAt: Read['cellAt'] }} read
 * @param {number} winner
 * @param {readonly Factors[]} [factors] where it is not the cells that are added, but products
 */
export function candidates({ graph }, { values, cellAt }, winner, factors = []) {
  return oneByOne(values, { ...SHOWN, must: winner }, (index) => {
    const cell = cellAt(index);
    const more = { cell, index, strong: index === winner, factors: factors[index] ?? null };
    return cell && draft('candidate', cellLabel(graph, cell), at(values, index), more);
  });
}

/** @param {ReceiptAsked} asked @param {Read} read */
export function added(asked, read) {
  const { values, divisor, mode } = read;
  if (mode === 'l2') return rooted(asked, read);
  const sum = sumOf(values);
  return {
    ...{ winner: -1, ties: 0, sum },
    equations: divisor === 1 ? total(asked, read) : mean(asked, read, sum),
    exact: { sum: sum / divisor, magnitude: magnitudeOf(values) / divisor },
  };
}

/** @param {ReceiptAsked} asked @param {Read} read @returns {PoolReceipt['equations']} */
function total(asked, read) {
  const digits = digitsFor(asked.value, largestOf(read.values));
  const items = candidates(asked, read, -1);
  return [sumEquation({ role: 'value', items, total: totalDraft(asked) }, digits)];
}

/** @param {ReceiptAsked} asked @param {Read} read @param {number} sum @returns {PoolReceipt['equations']} */
function mean(asked, read, sum) {
  const { divisor, values } = read;
  const whole = { decimals: 0, exponent: 0 };
  const cells = draft('divisor', message('cells'), divisor, { digits: whole });
  const made = { how: /** @type {const} */ ('quotient'), beside: [cells] };
  return ofSum(
    asked,
    { sum, largest: largestOf(values) },
    made,
    (shown) => shown / divisor,
    () => candidates(asked, read, -1),
  );
}

/** The squares, and the root of their sum. */
/** @param {ReceiptAsked} asked @param {Read} read */
function rooted(asked, read) {
  const squares = Float64Array.from(read.values, (value) => value * value);
  const sum = sumOf(squares);
  const root = Math.sqrt(sum);
  const made = {
    ...{ how: /** @type {const} */ ('function'), name: '√', beside: [] },
    symbols: (/** @type {MathNode} */ argument) => [msqrt(argument)],
  };
  const equations = ofSum(
    asked,
    { sum, largest: largestOf(squares) },
    made,
    Math.sqrt,
    (digits) => {
      const pairs = Array.from(read.values, (value) => /** @type {const} */ ([value, value]));
      return candidates(asked, { ...read, values: squares }, -1, factorsOf(pairs, digits));
    },
  );
  return { ...{ winner: -1, ties: 0, sum }, equations, exact: { sum: root, magnitude: root } };
}

/**
 * A sum, and what is made of it: the sum gets as many decimals as that needs to come out as shown.
 * @param {ReceiptAsked} asked
 * @param {{ sum: number, largest: number }} added
 * @param {{ how: 'quotient' | 'function', name?: string, symbols?: Equation['symbols'], beside: readonly Draft[] }} made
 * @param {(sum: number) => number} compute
 * @param {(digits: Digits) => Draft[]} itemsOf
 * @returns {PoolReceipt['equations']}
 */
function ofSum(asked, { sum, largest }, { beside, ...made }, compute, itemsOf) {
  const { value } = asked;
  const digits = digitsFor(value);
  const least = digitsFor(sum, largest);
  const agrees = (/** @type {number} */ more) =>
    unitsOf(compute(rounded(sum, finer(least, more))), digits) === unitsOf(value, digits);
  const shared = finer(least, [0, 1, 2, 3].find(agrees) ?? 0);
  const label = message('sum');
  const items = [draft('argument', label, sum, { digits: shared }), ...beside];
  const whole = draft('total', label, sum);
  return [
    sumEquation({ role: 'sum', items: itemsOf(shared), total: whole }, shared),
    appliedEquation({ ...made, role: 'value', items, total: totalDraft(asked) }, digits, compute),
  ];
}

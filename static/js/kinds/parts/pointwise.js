// Activations: the number before, the function, the number after.

import { message } from '../../text/messages.js';
import { digitsFor, short } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { dataOf, largestOf, valueAt } from './data.js';
import { agreeing, appliedEquation, draft, totalDraft } from './equation.js';
import { nounOf, together } from './gist.js';
import { cellLabel } from './labels.js';
import { read } from './lines.js';
import { cellMath } from './mathml.js';
import { cellByCell } from './reading.js';
import { write } from './rows.js';
import { closing, paragraph, strong, tinted } from './runs.js';

/** @import { Tensors } from '../../geometry/types.d.ts' */
/** @import { Account, ActivationReceipt, Curve, Digits, Equation, Pointwise, ReceiptAsked } from '../receipt.d.ts' */

/** @type {Account<ActivationReceipt>} */
const account = {
  receipt(asked) {
    const { trace, layer, cell, value } = asked;
    const does = asked.pointwise(layer.name);
    if (!does) return null;
    const source = { ...cell, layer: layer.inputs[0] ?? '' };
    const before = valueAt(asked, source);
    const equation = equationOf(asked, does, source, before);
    // Nothing is added: what the function can reach stands for the terms.
    const exact = { sum: does.compute(before), magnitude: does.high ?? Math.abs(before) };
    return {
      diagram: 'curve',
      ...{ function: does.name, does, source, before, afterValue: value },
      curve: curveOf(does, trace, source.layer),
      sentence: sentenceOf(layer.name, does, before, equation),
      becomes:
        does.becomes?.(layer.name, before) ??
        sentences().makesOfIt(layer.name, strong(equation.total.signedText)),
      origin: null,
      equations: [equation],
      ...(does.straight ? {} : { exact }),
    };
  },

  gist({ graph, cell, equation, digits, does, becomes }) {
    const [argument] = equation?.items ?? [];
    if (!argument) return [];
    const { low, high } = does;
    const told = { noun: nounOf(graph, cell.layer), reads: true, score: '' };
    const endText = (/** @type {number} */ end) =>
      Number.isInteger(end) ? short(end) : write(end, digits);
    const bounded = low !== undefined && high !== undefined;
    return together(
      sentences().cellSays(told, strong(argument.signedText, argument.cell), [becomes]),
      bounded ? [sentences().staysBetween(endText(low), endText(high))] : [],
    );
  },

  words({ equation, curve, sentence, title }) {
    const [argument] = equation?.items ?? [];
    if (!equation || !argument) return [];
    const told = sentences().isFunction({
      ...{ layer: title, formula: curve.formula, before: tinted(argument), label: argument.label },
      ...{ rounding: closing(equation), after: strong(equation.total.signedText), sentence },
    });
    return [paragraph('after', told)];
  },

  code: ({ graph, source, does }) => [
    `z = np.float64(${read(graph, source)})  # ${message('code.before')}`,
    `value = ${does.code}`,
  ],

  symbols: ({ source, graph, does }) => does.symbols(cellMath(graph, source), false),
};

/** What all functions of one number have in common. */
export const pointwise = { ...cellByCell, account };

/** @param {string} layer @param {Pointwise} does @param {number} before @param {Equation} equation */
function sentenceOf(layer, { says }, before, { items: [argument], total }) {
  if (says) return says(layer, before, total);
  return message('function.makes', {
    ...{ layer, before: argument?.signedText ?? '', after: total.signedText },
  });
}

/** @param {ReceiptAsked} asked @param {Pointwise} does @param {ActivationReceipt['source']} source @param {number} before @returns {Equation} */
function equationOf(asked, does, source, before) {
  const { name, compute, times } = does;
  const { digits, argument } = digitsOf(does, before, asked);
  const label = cellLabel(asked.graph, source);
  return appliedEquation(
    {
      ...{ how: 'function', role: 'value', name, times },
      symbols: (number) => does.symbols(number, true),
      items: [draft('argument', label, before, { cell: source, digits: argument })],
      total: totalDraft(asked),
    },
    digits,
    compute,
  );
}

/** What passes is written as in the account that it continues. */
/** @param {Pointwise} does @param {number} before @param {ReceiptAsked} asked @returns {{ digits: Digits, argument: Digits }} */
function digitsOf({ straight, compute }, before, { value: after, digits: continued }) {
  const argument = continued ?? digitsFor(before);
  if (straight) return { argument, digits: after ? argument : digitsFor(0) };
  const { digits, numbers } = agreeing(after, [before], compute);
  return { digits, argument: numbers[0] ?? argument };
}

const SAMPLES = 65; // odd: one of them is 0

/**
 * @param {Pointwise} does
 * @param {Tensors} trace
 * @param {string} source the layer that it reads: its largest magnitude is the limit
 * @returns {Curve}
 */
export function curveOf({ name, compute, formula, low, high, straight }, trace, source) {
  const limit = largestOf(dataOf(trace, source)) || 1;
  const points = straight ? 3 : SAMPLES;
  const x = Float64Array.from({ length: points }, (_, i) => limit * ((2 * i) / (points - 1) - 1));
  const y = x.map(compute);
  const range = { low: low ?? Math.min(...y), high: high ?? Math.max(...y) };
  return { name, formula, x, y, limit, ...range };
}

// The receipt of an activation: the number before, the function, the number after.

import { digitsFor, roughly } from '../../text/numbers.js';
import { curveOf, functionOf } from './curve.js';
import { agreeing, appliedEquation, roundingOf } from './equation.js';
import { cellLabel, dataOf, difference, totalDraft } from './shared.js';
import { at } from './shared.js';

/** @import { ActivationReceipt, Digits, Equation, FunctionName } from './types.d.ts' */
/** @import { Asked, Found } from './shared.js' */
/** @import { Scaled } from './curve.js' */

/** @param {Asked} asked @returns {Found<ActivationReceipt>} */
export function activationReceipt(asked) {
  const { graph, trace, layer, cell, value } = asked;
  const does = functionOf(layer);
  const { name, times } = does;
  const source = { ...cell, layer: layer.inputs[0] ?? '' };
  const before = at(dataOf(trace, source.layer), graph.offset(source));
  const equation = equationOf(asked, does, source, before);
  const exact = does.compute(before);
  // Nothing is added; what the function can reach stands for the terms. max(0, z) is exact.
  const rounding = name === 'relu' ? null : roundingOf(value, exact, does.high, roughly);
  return {
    kind: 'activation',
    ...{ function: name, times, source, before, beforeText: equation.items[0]?.signedText ?? '' },
    afterValue: value,
    curve: curveOf(layer, trace, source.layer),
    sentence: sentence(layer.name, name, before, equation),
    origin: null,
    ...{ equation, equations: [equation], rounding },
    check: equation.text + difference(rounding),
    why: null,
  };
}

/** @param {Asked} asked @param {Scaled} does @param {ActivationReceipt['source']} source @param {number} before @returns {Equation} */
function equationOf(asked, { name, compute, times }, source, before) {
  const { digits, argument } = digitsOf(name, before, asked, compute);
  const label = cellLabel(asked.graph, source);
  const item = { role: /** @type {const} */ ('argument'), label, value: before, cell: source };
  return appliedEquation(
    {
      ...{ how: 'function', role: 'value', name, times },
      items: [{ ...item, digits: argument }],
      total: totalDraft(asked),
    },
    digits,
    compute,
  );
}

/** What passes is written as in the account that it continues. */
/** @param {FunctionName} name @param {number} before @param {Asked} asked @param {(z: number) => number} compute @returns {{ digits: Digits, argument: Digits }} */
function digitsOf(name, before, { value: after, digits: continued }, compute) {
  const argument = continued ?? digitsFor(before);
  if (name === 'relu') return { argument, digits: after ? argument : digitsFor(0) };
  const { digits, numbers } = agreeing(after, [before], compute);
  return { digits, argument: numbers[0] ?? argument };
}

/** @param {string} layer @param {FunctionName} name @param {number} before @param {Equation} equation */
function sentence(layer, name, before, { items: [argument], total }) {
  if (name !== 'relu') return `${layer} makes ${argument?.signedText} into ${total.signedText}.`;
  if (before > 0) return `${layer} lets it pass: ${total.signedText}.`;
  return `${layer} makes it 0, because it is not above zero.`;
}

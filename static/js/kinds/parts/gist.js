// What matters of a number: what the cell says, who argued for it and against it, who did so loudest.

import { own, unitsOf, written } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { channelNoun, isAnswer, placeIn, scoreLayerOf } from '../traits.js';
import { at } from './data.js';
import { paragraph, plain, strong, tinted } from './runs.js';

/** @import { Cell, Digits, Graph, Paragraph, Receipt, Run } from '../receipt.d.ts' */
/** @import { Piece } from './runs.js' */

/** So many are named on each side. */
const NAMED = 2;

/**
 * "This unit says −0.46, so relu3 makes it 0: it stays silent."
 * @param {Pick<Receipt, 'graph' | 'cell' | 'valueText' | 'after'>} receipt
 * @returns {Piece[]}
 */
export function says({ graph, cell, valueText, after }) {
  const becomes = after.map((one) => one.becomes);
  const score = becomes.length ? '' : scoreOf(graph, cell);
  return sentences().cellSays(
    { noun: nounOf(graph, cell.layer), reads: false, score },
    strong(valueText),
    becomes,
  );
}

/** @param {Graph} graph @param {string} layer @returns {'unit' | 'cell'} what one number of it is called */
export function nounOf(graph, layer) {
  return channelNoun(graph, layer) === 'unit' ? 'unit' : 'cell';
}

/** @param {Graph} graph @param {Cell} cell @returns {string} the class that it is the score of, '' for none */
function scoreOf(graph, cell) {
  const score = isAnswer(graph, graph.output) && scoreLayerOf(graph) === cell.layer;
  return score ? (graph.classes[graph.offset(cell)] ?? '') : '';
}

/** @param {ArrayLike<number>} terms @returns {{ above: number, below: number }} how many argue for and against */
export function countsOf(terms) {
  let [above, below] = [0, 0];
  for (let i = 0; i < terms.length; i++) {
    if (at(terms, i) > 0) above++;
    if (at(terms, i) < 0) below++;
  }
  return { above, below };
}

/**
 * @param {object} told
 * @param {ArrayLike<number>} told.terms what each gave
 * @param {Digits} told.digits of the account
 * @param {(index: number) => Run} told.named who that was
 * @param {'map' | 'unit' | 'cell'} told.noun
 * @param {boolean} [told.added] up map by map first
 * @returns {Piece[]} [] where nobody argued
 */
export function loudest({ terms, digits, named, noun, added = false }) {
  const order = [...Array(terms.length).keys()];
  const sides = [1, -1].map((sign) => {
    const size = (/** @type {number} */ i) => sign * at(terms, i);
    const side = order.filter((i) => size(i) > 0).sort((a, b) => size(b) - size(a) || a - b);
    const next = side[NAMED];
    const least = next === undefined ? 0 : size(next);
    const chosen = side.slice(0, NAMED).filter((i) => size(i) > least); // of equally loud ones none is named alone
    const [first] = side;
    const tied = first !== undefined && !chosen.length;
    return {
      named: chosen.map((i) => [named(i), ' (', amount(at(terms, i), digits), ')']),
      tied: tied
        ? {
            count: side.filter((i) => size(i) === size(first)).length,
            amount: amount(at(terms, first), digits),
          }
        : null,
    };
  });
  return sentences().loudest(noun, added, sides);
}

/** @param {number} value @param {Digits} digits @returns {Run} with a digit of its own where these would make it 0 */
export function amount(value, digits) {
  const units = unitsOf(value, digits);
  const signedText = units ? written(units, digits) : own(value);
  return tinted({ units: Math.sign(value), signedText, cell: null });
}

/**
 * What is there without anybody's saying.
 * @param {number} bias
 * @param {Digits} digits
 * @param {boolean} alone nobody said anything
 * @returns {Piece[]} [] where it is 0
 */
export function biasPieces(bias, digits, alone) {
  return bias ? sentences().biasAdds(alone, amount(bias, digits)) : [];
}

/** @param {readonly (readonly Piece[])[]} told sentences, some of them empty @returns {Paragraph[]} one, or none */
export function together(...told) {
  const said = told.filter((one) => one.length);
  const pieces = said.flatMap((one, i) => (i ? [' ', ...one] : one));
  return pieces.length ? [paragraph('gist', pieces)] : [];
}

/** @param {Graph} graph @param {Cell} cell @returns {Run} a place that leads there */
export const placeRun = (graph, cell) => plain(placeIn(graph, cell), cell);

/** @param {Graph} graph @param {Cell} cell @returns {Run} the same with its layer */
export const cellRun = (graph, cell) => plain(`${cell.layer} ${placeIn(graph, cell)}`, cell);

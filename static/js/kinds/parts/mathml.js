// MathML as plain data: the few elements that formulas need, and an equation with its numbers.

import { MINUS, bracketed, listed, ratioOf, short } from '../../text/numbers.js';

/** @import { Cell, Equation, Graph, Item, MathNode } from '../receipt.d.ts' */

/** @typedef {string | number | MathNode} Part */

/** @param {string} tag @param {readonly MathNode[]} children @param {Record<string, string>} [attrs] @returns {MathNode} */
function node(tag, children, attrs) {
  return attrs ? { tag, attrs, children } : { tag, children };
}

/** @param {string} tag @param {string} text @param {string} [name] class @returns {MathNode} */
function leaf(tag, text, name) {
  return name ? { tag, attrs: { class: name }, text } : { tag, text };
}

/** @param {string} text */
export const mi = (text) => leaf('mi', text);
/** @param {string | number} text @param {string} [name] class */
export const mn = (text, name) => leaf('mn', String(text), name);
/** @param {string} text */
export const mo = (text) => leaf('mo', text);
/** @param {string} text @param {string} [name] class */
export const mtext = (text, name) => leaf('mtext', text, name);
/** @param {readonly MathNode[]} children */
export const mrow = (...children) => node('mrow', children);
/** @param {readonly MathNode[]} children */
export const msqrt = (...children) => node('msqrt', children);
/** @param {MathNode} base @param {MathNode} below */
export const msub = (base, below) => node('msub', [base, below]);
/** @param {MathNode} base @param {MathNode} above */
export const msup = (base, above) => node('msup', [base, above]);
/** @param {MathNode} base @param {MathNode} below */
export const munder = (base, below) => node('munder', [base, below]);
/** @param {MathNode} above @param {MathNode} below */
export const mfrac = (above, below) => node('mfrac', [above, below]);
/** @param {string} name @param {number} last @returns {MathNode} Σ from 0 */
export const sumOver = (name, last) =>
  node('munderover', [mo('∑'), mrow(mi(name), mo('='), mn(0)), mn(last)]);

/** @param {number} value @returns {MathNode[]} before what it multiplies; nothing for 1 */
export function timesMath(value) {
  if (value === 1) return [];
  const [over, under] = ratioOf(value) ?? [];
  return [under === undefined ? mn(short(value)) : mfrac(mn(over ?? 0), mn(under)), mo('·')];
}

/** @param {readonly MathNode[]} children @returns {MathNode} */
export function math(...children) {
  return node('math', children, { display: 'block' });
}

/** @param {readonly Part[]} parts @returns {MathNode} "7, 7, 3", with a name or number each */
export function list(...parts) {
  const nodes = parts.map((part) => {
    if (typeof part === 'number') return signedNumber(part);
    return typeof part === 'string' ? mi(part) : part;
  });
  return mrow(...nodes.flatMap((one, i) => (i ? [mo(','), one] : [one])));
}

/** @param {number} value @returns {MathNode} */
function signedNumber(value) {
  return value < 0 ? mrow(mo(MINUS), mn(-value)) : mn(value);
}

/** @param {number} first @param {string} name @param {number} [apart] @returns {MathNode} "7 + a", "a − 1", "a"; "7 + 2 · a" */
export function shifted(first, name, apart = 1) {
  const steps = apart === 1 ? [mi(name)] : [mn(apart), mo('·'), mi(name)];
  if (first === 0) return mrow(...steps);
  return first < 0 ? mrow(...steps, mo(MINUS), mn(-first)) : mrow(mn(first), mo('+'), ...steps);
}

/** @param {string} layer @param {readonly Part[]} parts @returns {MathNode} conv2 with an index */
export function indexed(layer, ...parts) {
  return msub(mtext(layer), list(...parts));
}

/** @param {Graph} graph @param {Cell} cell @returns {number[]} its index in NumPy, too */
export function indexOf(graph, { layer, channel, row, column }) {
  return graph.layer(layer).shape.length === 1 ? [channel] : [channel, row, column];
}

/** @param {Graph} graph @param {Cell} cell @returns {MathNode} "conv2" with index 7, 7, 3 */
export function cellMath(graph, cell) {
  return indexed(cell.layer, ...indexOf(graph, cell));
}

/** @param {Item} item @returns {string | undefined} class of its number */
function tone({ units, role }) {
  if (role === 'total') return 'total';
  if (!units) return undefined;
  return units > 0 ? 'pos' : 'neg';
}

/** @param {Item} item @param {string} text @returns {MathNode} a number with what it is below it */
function labelled(item, text) {
  const number = mn(text, tone(item));
  return item.label ? munder(number, mtext(item.label, 'label')) : number;
}

/**
 * The items of a sum with their operators, each with its label below.
 * @param {readonly Item[]} items
 * @returns {MathNode[]}
 */
export function sumMath(items) {
  return items.flatMap((item, i) => {
    // what is subtracted stands as what it is: 6.2 − (−1.5)
    if (item.role === 'largest' && item.units > 0)
      return [mo(MINUS), labelled(item, bracketed(MINUS + item.text, true))];
    if (i) return [mo(item.sign), labelled(item, item.text)];
    return item.units < 0 ? [mo(MINUS), labelled(item, item.text)] : [labelled(item, item.text)];
  });
}

/** @param {Item} item @returns {MathNode} */
export function totalMath({ signedText }) {
  return mn(signedText, 'total');
}

/** @param {Equation} equation @returns {MathNode[]} what closes a quotient or a function */
export function closingMath({ items }) {
  const closing = items.filter(({ role }) => role === 'rounding');
  return closing.flatMap((item) => [mo(item.sign), labelled(item, item.text)]);
}

/**
 * Products of factors, each with the product below it: 1.334 · 0.205, and under it 0.273.
 * @param {readonly Item[]} items
 * @returns {MathNode[]}
 */
export function productsMath(items) {
  return items.flatMap((item, i) => {
    const { factors, role, signedText } = item;
    const plus = i ? [mo(factors ? '+' : item.sign)] : [];
    if (!factors) return [...plus, labelled(item, i ? item.text : signedText)];
    const { input, weight, negative } = factors;
    const product = mrow(factor(input, negative.input), mo('·'), factor(weight, negative.weight));
    const name = role === 'term' ? signedText : item.label;
    return [...plus, munder(product, mtext(name, 'label'))];
  });
}

/** @param {string} text @param {boolean} negative @returns {MathNode} in brackets then */
function factor(text, negative) {
  return negative ? mrow(mo('('), mn(text), mo(')')) : mn(text);
}

/** Between numbers of a list; no comma where that stands before decimals. */
export function separator() {
  return mo(listed(['', '']).trim());
}

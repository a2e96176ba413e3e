// A receipt as formulas: in symbols, then with this cell's numbers, then its strongest terms.

import {
  cellMath,
  closingMath,
  math,
  mfrac,
  mn,
  mo,
  mtext,
  productsMath,
  separator,
  sumMath,
  totalMath,
} from '../../kinds/parts/mathml.js';
import { productText } from '../../kinds/parts/runs.js';
import { message } from '../../text/messages.js';
import { listed } from '../../text/numbers.js';

/** @import { Equation, FormulaLine, Item, MathNode, Receipt } from '../../kinds/receipt.d.ts' */

const STRONGEST = 4;

/**
 * @param {Receipt} receipt
 * @returns {FormulaLine[]}
 */
export function formula(receipt) {
  const { equations, name } = receipt;
  const symbols = symbolic(receipt);
  /** @type {FormulaLine[]} */
  const lines = symbols ? [{ role: 'symbolic', math: symbols, text: plainOf(symbols) }] : [];
  const origin = receipt.origin ? formula(receipt.origin) : [];
  for (const equation of equations) lines.push(lineOf(equation, name));
  lines.push(...strongest(receipt.equation));
  return [...origin, ...lines];
}

/** @param {Receipt} receipt @returns {MathNode | null} null where nothing is worked out */
function symbolic(receipt) {
  const right = receipt.account.symbols(receipt);
  const left = receipt.account.left?.(receipt) ?? [cellMath(receipt.graph, receipt.cell)];
  return right && math(...left, mo('='), ...right);
}

/** @param {Equation} equation @param {string} name @returns {FormulaLine} */
function lineOf(equation, name) {
  const { role, text, items, total } = equation;
  if (role !== 'terms')
    return {
      role: 'numbers',
      math: math(...numbers(equation)),
      text: role === 'value' ? `${name} = ${madeOfInk(items)}${text}` : text,
    };
  const of = message('formula.of-map', { map: total.label });
  return {
    role: 'terms',
    math: math(mtext(`${of} `, 'aside'), ...productsMath(items), mo('='), totalMath(total)),
    text: `${of} ${productsText(items)} = ${total.signedText}`,
  };
}

/** @param {readonly Item[]} items @returns {string} "1.334 · 0.205 + 21 more (0.301)" */
function productsText(items) {
  const one = (/** @type {Item} */ { factors, role, label, signedText }) => {
    if (factors) return productText(factors, '·');
    return role === 'term' ? signedText : `${label} (${signedText})`;
  };
  return items.map(one).join(' + ');
}

/** @param {Equation} equation @returns {MathNode[]} with the numbers in it */
function numbers(equation) {
  const made = MADE[equation.how](equation);
  return [...(made.length ? [mo('='), ...made] : []), mo('='), totalMath(equation.total)];
}

/** What the total is made of; what is passed on is not made. */
/** @type {Readonly<Record<Equation['how'], (equation: Equation) => MathNode[]>>} */
const MADE = {
  sum: ({ items }) => sums(items),
  max: ({ items }) => [mo('max'), mo('('), ...candidates(items), mo(')')],
  quotient(equation) {
    const [first, second] = equation.items;
    return [mfrac(number(first), number(second)), ...closingMath(equation)];
  },
  function(equation) {
    const [first] = equation.items;
    return [...(equation.symbols?.(number(first)) ?? []), ...closingMath(equation)];
  },
  pass: () => [],
};

/** An image cell's ink comes with its factor first; everything else with its label. */
/** @param {readonly Item[]} items */
function sums(items) {
  const sum = sumMath(items);
  return scaled(items) ? [...productsMath(items), mo('='), ...sum] : sum;
}

/** The same in a line of text. @param {readonly Item[]} items */
function madeOfInk(items) {
  const [ink, ...rest] = items;
  if (!ink || !scaled(items)) return '';
  return `${[productsText([ink]), ...rest.flatMap(({ sign, text }) => [sign, text])].join(' ')} = `;
}

/** @param {readonly Item[]} items */
function scaled(items) {
  return items.some(({ role, factors }) => role === 'ink' && factors);
}

/** @param {Item | undefined} item */
function number(item) {
  return mn(item?.signedText ?? '');
}

/** @param {readonly Item[]} items */
function candidates(items) {
  return items.flatMap((item, i) => {
    const { role, label, signedText, strong } = item;
    const one = role === 'more' ? mtext(label, 'aside') : mn(signedText, strong ? 'total' : '');
    return i ? [separator(), one] : [one];
  });
}

/** @param {Equation | null} equation @returns {FormulaLine[]} the strongest terms of a dense unit */
function strongest(equation) {
  const terms = (equation?.items ?? [])
    .filter(({ role, factors }) => role === 'term' && factors)
    .toSorted((a, b) => Math.abs(b.units) - Math.abs(a.units))
    .slice(0, STRONGEST);
  if (!terms.length) return [];
  const nodes = terms.flatMap((item, i) => {
    const [product] = productsMath([item]);
    const from = [mtext(`${item.label}: `, 'aside'), product ?? mn('')];
    return i ? [separator(), ...from] : from;
  });
  const products = terms.flatMap(({ label, factors, signedText }) =>
    factors ? [`${label}: ${productText(factors, '·')} = ${signedText}`] : [],
  );
  const of = message('formula.of');
  const text = `${of} ${listed(products)}`;
  return [{ role: 'terms', math: math(mtext(`${of} `, 'aside'), ...nodes), text }];
}

/** @param {string} [part] @returns {string} */
const bare = (part = '') => part.replaceAll(/\s+/g, '');

/** How a node is written in a line of text, by its children. */
/** @type {Readonly<Record<string, (parts: readonly string[]) => string>>} */
const PLAIN = {
  msub: ([base, low]) => `${base}[${bare(low)}]`,
  msup: ([base, low]) => `${base}^(${bare(low)})`,
  munder: ([base, low]) => `${base}[${low?.trim()}]`,
  munderover: ([base, low, high]) => `${base}[${rangeText(bare(low), high)}] `,
  mfrac: ([above, below]) => `(${above}) / (${below})`,
  msqrt: (parts) => `√(${inRow(parts)})`,
};

/** @param {readonly string[]} parts */
const inRow = (parts) => parts.join('').replaceAll(/ {2,}/g, ' ').trim();

/** @param {MathNode} tree @returns {string} */
function plainOf({ tag, text, children = [] }) {
  if (text !== undefined) return tag === 'mo' ? ` ${text} ` : text;
  return (PLAIN[tag] ?? inRow)(children.map(plainOf));
}

/** @param {string} low @param {string} [high] */
function rangeText(low, high = '') {
  return message('formula.range', { low, high });
}

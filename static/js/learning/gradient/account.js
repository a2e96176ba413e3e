// How a gradient is told in all forms: one account, with a sentence, a formula and lines of code for each
// kind of factor.

import { draft, factorsOf, sumEquation } from '../../kinds/parts/equation.js';
import {
  cellMath,
  indexed,
  mfrac,
  mi,
  mo,
  mrow,
  msub,
  mtext,
  sumOver,
} from '../../kinds/parts/mathml.js';
import { itemRow, write } from '../../kinds/parts/rows.js';
import { addsUp, paragraph } from '../../kinds/parts/runs.js';
import { traitsOf } from '../../kinds/traits.js';
import { known, message } from '../../text/messages.js';
import { own as ownText } from '../../text/numbers.js';
import { codeLines, printedLines } from './code.js';

/** @import { Account, GradientReceipt, MathNode, Paragraph, Table } from '../../kinds/receipt.d.ts' */

/** Of one pair by itself, where there are too many to agree. */
const TOGETHER = 20;

/** @type {Account<GradientReceipt>} */
export const account = {
  receipt: () => null, // it is made of what the server says, not of a trace
  gist: (receipt) => [paragraph('gist', [meaning(receipt)]), paragraph('gist', [how(receipt)])],

  words(receipt) {
    const { equations, equation } = receipt;
    const sums = equations.map((one) => {
      const what = one === equation ? [] : [`${one.text} `];
      return paragraph('sum', one.how === 'sum' && !what.length ? addsUp(one) : what);
    });
    return [paragraph('is', [meaning(receipt)]), paragraph('reads', [how(receipt)]), ...sums];
  },

  left: (receipt) => [mfrac(mrow(mi('∂'), mi('L')), mrow(mi('∂'), itself(receipt)))],
  symbols,
  table,
  code: codeLines,
  files: () => ['step = np.load("step.npz")  # ' + message('learning.code.step')],
  printed: printedLines,
};

/** @param {GradientReceipt} receipt @returns {string} "If it rises a little, the loss falls 2.3 times as much." */
function meaning({ value, valueText, name }) {
  if (value === 0) return message('learning.means.none', { name });
  const gaps = { name, value: valueText, times: ownText(Math.abs(value)) };
  return message(value < 0 ? 'learning.means.falls' : 'learning.means.rises', gaps);
}

/** @param {GradientReceipt} receipt @returns {string} where it comes from, reader by reader */
function how({ graph, told, terms }) {
  if (!terms.length) return message('learning.from.nothing');
  return told.readers
    .map(({ layer, factor }) => {
      const slides = graph.has(layer) && traitsOf(graph.layer(layer)).slides;
      const own = slides && known(`learning.from.${factor}.slides`);
      const key = own || known(`learning.from.${factor}`);
      return message(key ?? 'learning.from.other', { layer });
    })
    .concat(
      told.readers.length > 1
        ? message('learning.from.several', { count: told.readers.length })
        : [],
    )
    .join(' ');
}

/** @param {GradientReceipt} receipt @returns {MathNode} */
function itself({ graph, cell, told: { layer, part, at: place } }) {
  return part ? indexed(`${layer}.${part}`, ...place) : cellMath(graph, cell);
}

/** What a factor is in symbols. @type {Readonly<Record<string, string>>} */
const SIGNS = {
  weight: 'w',
  winner: 'won',
  share: 'share',
  copy: '1',
  part: 'part',
  gate: 'gate',
  slope: 'slope',
  matrix: '∂p/∂z',
  input: 'x',
  sum: 'Σx',
  one: '1',
};

/** @param {GradientReceipt} receipt @returns {MathNode[]} "Σ ∂L/∂conv2[k] · w[k]", for each reader; p − y for the loss */
function symbols({ told, terms }) {
  return told.readers.flatMap(({ layer, factor }, i) => {
    const plus = i ? [mo('+')] : [];
    const count = terms.filter((term) => term.layer === layer).length;
    const loss = LOSS[factor];
    if (loss) return [...plus, ...loss()];
    const by = (/** @type {string} */ text) =>
      count > 1 ? msub(mtext(text), mi('i')) : mtext(text);
    const above = mfrac(mrow(mi('∂'), mi('L')), mrow(mi('∂'), by(layer)));
    const sum = count > 1 ? [sumOver('i', count - 1)] : [];
    const sign = factor === 'copy' || factor === 'one' ? [] : [mo('·'), by(named(factor))];
    return [...plus, ...sum, above, ...sign];
  });
}

/** @param {string} factor @returns {string} */
function named(factor) {
  const key = known(`learning.sign.${factor}`);
  return key ? message(key) : (SIGNS[factor] ?? factor);
}

/** @type {Readonly<Record<string, () => MathNode[]>>} */
const LOSS = {
  difference: () => [mi('p'), mo('−'), mi('y')],
  logarithm: () => [mo('−'), mfrac(mi('y'), mi('p'))],
};

/** @param {GradientReceipt} receipt @param {number} most @returns {Table} every term, and how they add up */
function table({ terms, equation, name, digits, value, told }, most) {
  const order = [...terms.keys()];
  const shown =
    order.length <= most
      ? order
      : order
          .toSorted((a, b) => Math.abs(terms[b]?.product ?? 0) - Math.abs(terms[a]?.product ?? 0))
          .slice(0, most);
  const pairs = shown.map(
    (i) => /** @type {const} */ ([terms[i]?.above ?? 0, terms[i]?.times ?? 0]),
  );
  const factors =
    pairs.length <= TOGETHER
      ? factorsOf(pairs, digits)
      : pairs.flatMap((pair) => factorsOf([pair], digits));
  const items = shown.flatMap((index, k) => {
    const term = terms[index];
    return term
      ? [
          draft('term', term.label, term.product, {
            index,
            cell: term.cell,
            factors: factors[k] ?? null,
          }),
        ]
      : [];
  });
  const rest = order
    .filter((i) => !shown.includes(i))
    .reduce((sum, i) => sum + (terms[i]?.product ?? 0), 0);
  const left = order.length - shown.length;
  const more = left ? [draft('more', message('learning.more', { count: left }), rest)] : [];
  const total = draft('total', equation?.total.label ?? '', value);
  const all = sumEquation({ role: 'value', items: [...items, ...more], total }, digits);
  const rows = all.items.map((item) => {
    const { input = '', weight = '' } = item.factors ?? {};
    return itemRow(item, input, weight, item.signedText, write(item.to, digits));
  });
  const factor = told.readers.map((one) =>
    message(/** @type {any} */ (`learning.factor.${one.factor}`)),
  );
  const amount = known(`learning.loss.amount.${told.readers[0]?.factor}`);
  const head = (/** @type {string} */ text, numeric = true) => ({ text, numeric });
  return {
    caption: message('learning.caption', { name, count: terms.length }),
    columns: [
      head(message('table.from'), false),
      ...[
        message(amount ?? 'learning.above'),
        [...new Set(factor)].join(', '),
        message('learning.product'),
        message('table.total'),
      ].map((text) => head(text)),
    ],
    rows: [...rows, itemRow(all.total, '', '', all.total.signedText, '')],
  };
}

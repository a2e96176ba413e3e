// The receipt of the loss itself: of each class that counts in it what it adds, as the server says it.

import { largestOf } from '../../kinds/parts/data.js';
import { agreeing, appliedEquation, draft, sumEquation } from '../../kinds/parts/equation.js';
import { readAll } from '../../kinds/parts/lines.js';
import { mfrac, mi, mn, mo, mrow, msub, msup, munder, sumOver } from '../../kinds/parts/mathml.js';
import { addsUp, paragraph } from '../../kinds/parts/runs.js';
import { message } from '../../text/messages.js';
import { digitsFor } from '../../text/numbers.js';
import { account as ofGradients } from './account.js';
import { termItems } from './receipt.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { Account, Equation, GradientReceipt, GradientTerm, MathNode } from '../../kinds/receipt.d.ts' */
/** @import { Shown } from '../../stage/state.js' */

/** @param {Graph} graph @param {Pick<Shown, 'tensors' | 'metadata'>} step @returns {GradientReceipt} of the loss before it */
export function lossReceipt(graph, { tensors, metadata: said }) {
  const numbers = (/** @type {string} */ name) => Array.from(tensors.get(name)?.data ?? [], Number);
  const { loss = '', layer: of = '', target = '' } = said;
  const layer = loss === 'cross_entropy' ? graph.output : of;
  const [value = NaN] = numbers('losses');
  const [amounts, factors] = [numbers('loss/amounts'), numbers('loss/factors')];
  const terms = numbers('loss/classes').map((channel, i) => {
    const [above, times, name] = [amounts[i] ?? 0, factors[i] ?? 0, graph.classes[channel] ?? ''];
    return /** @type {GradientTerm} */ ({
      ...{ layer, factor: loss, source: [], above, times, product: above * times },
      cell: { layer, channel, row: 0, column: 0 },
      label: message(/** @type {any} */ (`learning.loss.term.${loss}`), { class: name }),
      short: [name, ''],
    });
  });
  const equation = equationOf(loss, value, terms, numbers('loss/read'));
  const { total, digits } = equation;
  return {
    diagram: 'gradient',
    ...{ graph, value, digits, equation, terms, account, title: message('learning.loss.title') },
    cell: { layer, channel: Number(target), row: 0, column: 0 },
    place: message(/** @type {any} */ (`learning.loss.${loss}`)),
    name: message('learning.loss.of'),
    valueText: total.signedText,
    check: message('learning.check', { count: terms.length, value: total.signedText }),
    equations: [equation],
    ...{ planes: null, rounding: null, why: null, after: [] },
    told: {
      ...{ key: '', layer, part: '', at: [], value, said, readers: [{ layer, factor: loss }] },
      ...{ reader: [], cells: [], sources: [], above: [], factors: [], update: {}, nudge: null },
    },
  };
}

/** @param {string} loss @param {number} value @param {readonly GradientTerm[]} terms @param {readonly number[]} read @returns {Equation} */
function equationOf(loss, value, terms, [share = NaN]) {
  const total = draft('total', message('learning.loss.title'), value, { strong: true });
  const products = Float64Array.from(terms, ({ product }) => product);
  if (loss !== 'cross_entropy') {
    const digits = digitsFor(value, largestOf(products));
    return sumEquation({ role: 'value', items: termItems(terms, products, digits), total }, digits);
  }
  const surprise = (/** @type {number} */ one) => -Math.log(one);
  const { digits, numbers } = agreeing(value, [share], surprise);
  const label = message('learning.term.difference');
  const items = [draft('argument', label, share, { digits: numbers[0] ?? digits })];
  const symbols = (/** @type {MathNode} */ one) => logarithm(mo('('), one, mo(')'));
  const asked = { how: /** @type {const} */ ('function'), role: /** @type {const} */ ('value') };
  return appliedEquation({ ...asked, name: '−ln', symbols, items, total }, digits, surprise);
}

/** @param {readonly MathNode[]} of @returns {MathNode[]} */
const logarithm = (...of) => [mo('−'), mi('ln'), ...of];
/** @param {string} name @param {string} at */
const index = (name, at) => msub(mi(name), mi(at));

/** What each loss is in symbols, of so many classes: y is what should be said, p a share, z a score. */
/** @type {Readonly<Record<string, (classes: number) => MathNode[]>>} */
const SYMBOLS = {
  cross_entropy: () => logarithm(mo('\u2061'), index('p', 't')), // of: it parts both when read aloud
  squared_error: (classes) => [
    ...[sumOver('i', classes - 1), mfrac(mn(1), mn(2)), mo('·')],
    msup(mrow(mo('('), index('y', 'i'), mo('−'), index('p', 'i'), mo(')')), mn(2)),
  ],
  hinge: () => [
    ...[munder(mo('∑'), mrow(mi('i'), mo('≠'), mi('t'))), mi('max'), mo('('), mn(0), mo(',')],
    ...[mn(1), mo('+'), index('z', 'i'), mo('−'), index('z', 't'), mo(')')],
  ],
};

/** The same in NumPy, of what the network says. @type {Readonly<Record<string, (said: string, target: string, classes: number) => string[]>>} */
const LINES = {
  cross_entropy: (said, t) => [
    `z = ${said}`,
    'p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()',
    `value = -np.log(p[${t}])`,
  ],
  squared_error: (said, t, classes) => [
    `p = ${said}`,
    `y = np.eye(${classes})[${t}]`,
    'value = (0.5 * (y - p) ** 2).sum()',
  ],
  hinge: (said, t) => [
    `z = ${said}`,
    `margins = 1 + np.delete(z, ${t}) - z[${t}]`,
    'value = np.maximum(0, margins).sum()',
  ],
};

/** @type {Account<GradientReceipt>} */
const account = {
  ...ofGradients,
  gist: (receipt) => [paragraph('gist', [meaning(receipt)])],

  words(receipt) {
    const { equation, name } = receipt;
    const sum = equation?.how === 'sum' ? addsUp(equation) : [`${name} = ${equation?.text}.`];
    return [paragraph('is', [meaning(receipt)]), paragraph('sum', sum)];
  },

  left: () => [mi('L')],
  symbols: ({ graph, told: { said } }) => SYMBOLS[said['loss'] ?? '']?.(graph.classes.length) ?? [],
  code: ({ graph, told: { said } }) => {
    const { loss = '', layer = '', target = '' } = said;
    return LINES[loss]?.(readAll(layer), target, graph.classes.length) ?? [];
  },
  files: () => [],
};

/** @param {GradientReceipt} receipt @returns {string} */
function meaning({ graph, cell: { channel }, told: { said } }) {
  const key = /** @type {any} */ (`learning.loss.means.${said['loss']}`);
  return message(key, { class: graph.classes[channel] ?? '' });
}

// A gradient worked out in NumPy, from the file of the step and the file of the trace.

import { flat, quoted } from '../../kinds/parts/lines.js';
import { indexOf } from '../../kinds/parts/mathml.js';
import { traitsOf } from '../../kinds/traits.js';
import { message } from '../../text/messages.js';
import { python } from '../../text/numbers.js';

/** @import { GradientReceipt, GradientTerm } from '../../kinds/receipt.d.ts' */

/** @param {GradientReceipt} receipt @returns {string[]} that end in `value`; of a weight, in what it becomes, too */
export function codeLines(receipt) {
  const { told, terms } = receipt;
  const lines = told.readers.flatMap(({ layer, factor }, i) => {
    const own = terms.filter((term) => term.layer === layer);
    const [first] = own;
    if (!first) return [];
    const made = (LINES[factor] ?? plainly)(receipt, layer, own, first);
    const value = i ? 'value += ' : 'value = ';
    return [...made.slice(0, -1), value + (made.at(-1) ?? '0')];
  });
  return [...(lines.length ? lines : ['value = 0.0']), ...stepLines(receipt)];
}

/** @param {string} name of a layer or parameter @returns {string} */
const gradient = (name) => `step[${quoted(`gradient/${name}`)}].astype(np.float64)`;
/** @param {string} name @returns {string} */
const data = (name) => `data[${quoted(name)}].astype(np.float64)`;

/** What came back, number by number, and the factors as they are. */
/** @param {GradientReceipt} receipt @param {string} layer @param {readonly GradientTerm[]} own @returns {string[]} */
function plainly({ graph }, layer, own) {
  const above = own.flatMap(({ cell }) => (cell ? [`g[${indexOf(graph, cell).join(', ')}]`] : []));
  const came = above.length
    ? `above = np.array([${above.join(', ')}])`
    : `above = np.ones(${own.length})`;
  return [
    ...(above.length ? [`g = ${gradient(layer)}`] : []),
    came,
    `factor = np.array([${own.map(({ times }) => python(times)).join(', ')}])`,
    'above @ factor',
  ];
}

/**
 * Each ends in what the gradient is.
 *
 * @type {Readonly<Record<string, (receipt: GradientReceipt, layer: string, own: readonly GradientTerm[], first: GradientTerm) => string[]>>}
 */
const LINES = {
  weight(receipt, layer, own, { cell, source }) {
    const { slides, pools } = traitsOf(receipt.graph.layer(layer));
    if (pools) return plainly(receipt, layer, own);
    if (!slides)
      return [
        `above = ${gradient(layer)}`,
        `factor = ${data(`${layer}.weight`)}[:, ${source[1]}]`,
        'above @ factor',
      ];
    const places = own.filter((term) => term.cell?.channel === cell?.channel);
    const axis = (/** @type {(term: GradientTerm) => number | undefined} */ of) =>
      `[${places.map(of).join(', ')}]`;
    return [
      `p, q = ${axis(({ cell: at }) => at?.row)}, ${axis(({ cell: at }) => at?.column)}  # ${message('learning.code.places')}`,
      `r, s = ${axis((term) => term.source[2])}, ${axis((term) => term.source[3])}  # ${message('learning.code.weights')}`,
      `above = ${gradient(layer)}[:, p, q]`,
      `factor = ${data(`${layer}.weight`)}[:, ${source[1]}, r, s]`,
      '(above * factor).sum()',
    ];
  },

  gate({ graph, cell }, layer) {
    const place = indexOf(graph, cell).join(', ');
    return [
      `above = ${gradient(layer)}[${place}]`,
      `gate = ${data(cell.layer)}[${place}] > 0  # ${message('learning.code.gate')}`,
      'above * gate',
    ];
  },

  input({ graph, told }, layer, _, { source }) {
    const [k, c, r = 0, s = 0] = told.at;
    const { slides, inputs } = { ...traitsOf(graph.layer(layer)), ...graph.layer(layer) };
    const [read = ''] = inputs;
    if (!slides)
      return [
        `above = ${gradient(layer)}[${k}]`,
        `x = ${data(read)}${flat(graph, read)}[${c}]`,
        'above * x',
      ];
    const { stride, padding, dilation } = graph.layer(layer);
    const { rows, columns } = graph.size(layer);
    const cut = (
      /** @type {number} */ tap,
      /** @type {0 | 1} */ axis,
      /** @type {number} */ count,
    ) => {
      const first = tap * dilation[axis];
      return `${first} : ${first + (count - 1) * stride[axis] + 1} : ${stride[axis]}`;
    };
    const pad = padding.some((one) => one > 0)
      ? [`x = np.pad(x, ((${padding[0]}, ${padding[0]}), (${padding[1]}, ${padding[1]})))`]
      : [];
    return [
      `above = ${gradient(layer)}[${k}]`,
      `x = ${data(read)}[${source[0]}]`,
      ...pad,
      `x = x[${cut(r, 0, rows)}, ${cut(s, 1, columns)}]  # ${message('learning.code.met')}`,
      '(above * x).sum()',
    ];
  },

  one: ({ told }, layer) => [`${gradient(layer)}[${told.at[0]}].sum()`],
};

/** What a step makes of a weight. @param {GradientReceipt} receipt @returns {string[]} none of a cell */
function stepLines({ told: { layer, part, at, said, update } }) {
  const [, after] = update['weight'] ?? [];
  if (after === undefined) return [];
  const { rate = '0', momentum = '0', decay = '0', optimiser } = said;
  const bias = at.length < 2; // decay is of weights alone
  const w = `w = ${data(`${layer}.${part}`)}[${at.join(', ')}]`;
  const shrinks = Number(decay) && !bias;
  if (optimiser === 'adam')
    return [
      w,
      `m, v = (1 - ${momentum}) * value, (1 - 0.999) * value**2`,
      `m, v = m / (1 - ${momentum}), v / (1 - 0.999)`,
      `new = w${shrinks ? ` * (1 - ${rate} * ${decay})` : ''} - ${rate} * m / (np.sqrt(v) + 1e-8)`,
    ];
  return [w, `new = w - ${rate} * ${shrinks ? `(value + ${decay} * w)` : 'value'}`];
}

/** @param {GradientReceipt} receipt @returns {string[]} what is printed, and what that should be */
export function printedLines({ value, told: { update } }) {
  const [, after] = update['weight'] ?? [];
  const expected = (/** @type {number} */ one) =>
    `# ${message('code.expected', { value: python(one, 6) })}`;
  return [
    'print(f"{float(value):.6g}")',
    expected(value),
    ...(after === undefined ? [] : ['print(f"{float(new):.6g}")', expected(after)]),
  ];
}

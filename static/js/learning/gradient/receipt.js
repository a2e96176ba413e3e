// The receipt of a gradient, of a cell or of a weight: whatever its kind, a sum of what came back from
// above × a factor; and what a step makes of a weight.

import { at, largestOf } from '../../kinds/parts/data.js';
import { draft, factorsOf, oneByOne, sumEquation } from '../../kinds/parts/equation.js';
import { cellLabel, mapLabel, shortLabel, shortMap } from '../../kinds/parts/labels.js';
import { cellName, placeName } from '../../kinds/traits.js';
import { known, message } from '../../text/messages.js';
import { digitsFor, unitsOf, written } from '../../text/numbers.js';
import { account } from './account.js';
import { updateEquations } from './update.js';

/** @import { Cell, Graph } from '../../geometry/types.d.ts' */
/** @import { GradientReceipt, GradientTerm } from '../../kinds/receipt.d.ts' */
/** @import { Draft } from '../../kinds/parts/equation.js' */
/** @import { ToldGradient as Told } from '../../kinds/gradient.d.ts' */

/** So many terms or maps are shown one by one, and of more so many. */
const SHOWN = { few: 8, most: 7 };

/** Terms of one map of a reader. @typedef {{ layer: string, channel: number, terms: number[], sum: number }} Group */

/** @param {Graph} graph @param {Told} told @returns {GradientReceipt} */
export function gradientReceipt(graph, told) {
  const { value } = told;
  const cell = cellOf(graph, told);
  const terms = termsOf(graph, told);
  const groups = groupsOf(terms);
  const products = Float64Array.from(terms, ({ product }) => product);
  const digits = digitsFor(value, largestOf(products));
  const total = draft('total', message('learning.sum'), value, { strong: true });
  const items = bySums(terms, groups)
    ? mapItems(graph, groups)
    : termItems(terms, products, digits);
  const equation = sumEquation({ role: 'value', items, total }, digits);
  const update = updateEquations(told);
  const { name, place } = namesOf(graph, told, cell);
  return {
    diagram: 'gradient',
    ...{ graph, cell, value, digits, equation, name, place, terms, account, told },
    title: told.part ? `${told.layer}.${told.part}` : told.layer,
    valueText: written(unitsOf(value, digits), digits),
    check: message('learning.check', { count: terms.length, value: equation.total.signedText }),
    equations: [equation, ...update],
    planes: planesOf(graph, told, groups, terms),
    ...{ rounding: null, why: null, after: [] },
  };
}

/** @param {Graph} graph @param {Told} told @returns {Cell} itself; of a weight, the first of the map that it helps to make */
function cellOf(graph, { layer, part, at }) {
  const [channel = 0, row = 0, column = 0] = at;
  return part
    ? graph.cellAt(layer, graph.offset({ layer, channel, row: 0, column: 0 }))
    : { layer, channel, row, column };
}

/** @param {Graph} graph @param {Told} told @param {Cell} cell */
function namesOf(graph, { layer, part, at }, cell) {
  const place = part ? `[${at.join(', ')}]` : placeName(graph, cell);
  const what = part ? `${layer}.${part} ${place}` : cellName(graph, cell);
  return { place, name: message('learning.gradient.of', { what }) };
}

/** @param {Graph} graph @param {Told} told @returns {GradientTerm[]} */
function termsOf(graph, told) {
  return Array.from({ length: told.above.length }, (_, i) => termOf(graph, told, i));
}

/** @param {Graph} graph @param {Told} told @param {number} i @returns {GradientTerm} */
function termOf(graph, { readers, reader, cells, sources, above, factors }, i) {
  const by = readers[at(reader, i)] ?? { layer: '', factor: '' };
  const cell = graph.has(by.layer) ? cellIn(by.layer, cells, i) : null;
  const [came, times] = [at(above, i), at(factors, i)];
  return {
    ...{ ...by, cell, above: came, times, product: came * times },
    source: [0, 1, 2, 3].map((k) => at(sources, 4 * i + k)),
    label: cell ? cellLabel(graph, cell) : lossLabel(by.factor, i),
    short: cell ? shortLabel(graph, cell) : [lossLabel(by.factor, i), ''],
  };
}

/** @param {string} layer @param {ArrayLike<number>} cells three numbers each @param {number} i @returns {Cell} */
export function cellIn(layer, cells, i) {
  return {
    layer,
    channel: at(cells, 3 * i),
    row: at(cells, 3 * i + 1),
    column: at(cells, 3 * i + 2),
  };
}

/** @param {string} factor @param {number} i of what the loss says the first term, or another */
function lossLabel(factor, i) {
  const key = known(i ? `learning.term.${factor}.target` : `learning.term.${factor}`);
  return key ? message(key) : factor;
}

/** @param {readonly GradientTerm[]} terms @returns {Group[]} */
function groupsOf(terms) {
  /** @type {Map<string, Group>} */
  const found = new Map();
  terms.forEach(({ layer, cell, product }, i) => {
    const channel = cell?.channel ?? 0;
    const key = `${layer} ${channel}`;
    const group = found.get(key) ?? { layer, channel, terms: [], sum: 0 };
    group.terms.push(i);
    group.sum += product;
    found.set(key, group);
  });
  return [...found.values()];
}

/** @param {readonly GradientTerm[]} terms @param {readonly Group[]} groups @returns {boolean} whether maps are shown, each added up */
function bySums(terms, groups) {
  return terms.length > SHOWN.few && groups.length > 1 && groups.length < terms.length;
}

/** @param {Graph} graph @param {readonly Group[]} groups @returns {Draft[]} */
function mapItems(graph, groups) {
  const sums = groups.map(({ sum }) => sum);
  return oneByOne(sums, { ...SHOWN, noun: 'map' }, (index) => {
    const { layer, channel } = /** @type {Group} */ (groups[index]);
    const short = shortMap(graph, layer, channel);
    return draft('map', mapLabel(graph, layer, channel), sums[index] ?? 0, { index, short });
  });
}

/** @param {readonly GradientTerm[]} terms @param {Float64Array} products @param {import('../../text/numbers.js').Digits} digits @returns {Draft[]} */
export function termItems(terms, products, digits) {
  const strong = [...terms.keys()]
    .sort((a, b) => Math.abs(products[b] ?? 0) - Math.abs(products[a] ?? 0))
    .slice(0, SHOWN.few);
  const pairs = strong.map(
    (i) => /** @type {const} */ ([terms[i]?.above ?? 0, terms[i]?.times ?? 0]),
  );
  const factors = new Map(factorsOf(pairs, digits).map((one, k) => [strong[k], one]));
  return oneByOne(products, SHOWN, (index) => {
    const { label, short, cell } = /** @type {GradientTerm} */ (terms[index]);
    const more = { index, cell, short, factors: factors.get(index) ?? null };
    return draft('term', label, products[index] ?? 0, more);
  });
}

/** What came back from the map that says most, where it says more than one number, as it lies there. */
/** @param {Graph} graph @param {Told} told @param {readonly Group[]} groups @param {readonly GradientTerm[]} terms @returns {GradientReceipt['planes']} */
function planesOf(graph, told, groups, terms) {
  const [most] = groups.toSorted((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  if (!most || most.terms.length < 2 || !graph.has(most.layer)) return null;
  const own = most.terms.flatMap((i) => terms[i] ?? []);
  const rows = own.map(({ cell }) => cell?.row ?? 0);
  const columns = own.map(({ cell }) => cell?.column ?? 0);
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  const size = { rows: Math.max(...rows) - top + 1, columns: Math.max(...columns) - left + 1 };
  const made = () => new Float64Array(size.rows * size.columns).fill(NaN);
  const [above, times, products] = [made(), made(), made()];
  own.forEach((term, i) => {
    const place = ((rows[i] ?? 0) - top) * size.columns + (columns[i] ?? 0) - left;
    above[place] = term.above;
    times[place] = term.times;
    products[place] = term.product;
  });
  const factor = own[0]?.factor ?? '';
  return {
    ...size,
    above,
    times,
    products,
    factor,
    map: mapLabel(graph, most.layer, most.channel),
  };
}

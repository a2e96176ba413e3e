// The receipt of pooling: the candidates and the winner, or the addends and their sum or mean.

import { pairText } from '../../text/counts.js';
import { message } from '../../text/messages.js';
import { digitsFor, finer, roughly, unitsOf } from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import {
  appliedEquation,
  maxEquation,
  rounded,
  roundingOf,
  sumEquation,
} from '../parts/equation.js';
import { curveOf } from '../parts/pointwise.js';
import {
  at,
  cellLabel,
  chosen,
  dataOf,
  difference,
  largestOf,
  magnitudeOf,
  moreDraft,
  sumAt,
  totalDraft,
} from '../parts/shared.js';
import { tapOffsets } from '../parts/strided.js';

/** @import { Draft } from '../parts/equation.js' */
/** @import { Equation, Found, PoolReceipt, ReceiptAsked } from '../receipt.d.ts' */

const FEW = 25; // candidates that an equation shows one by one
const MOST = 16;

/** @param {ReceiptAsked} asked @returns {Found<PoolReceipt>} */
export function poolReceipt(asked) {
  const read = windowValues(asked);
  const found = read.mode === 'max' ? largest(asked, read) : added(asked, read);
  const { equation, rounding } = found;
  const [first] = found.equations;
  const short = read.values.length <= 9;
  const made = short
    ? equation.text
    : message('pool.made', { count: read.values.length, value: equation.total.signedText });
  return {
    diagram: 'window',
    ...read,
    ...found,
    check: (short && first !== equation ? `${first?.text}; ` : '') + made + difference(rounding),
    remark: remarkOf(read, found.ties),
    why: why(asked, read),
  };
}

/** @typedef {ReturnType<typeof windowValues>} Read */

/** @param {ReceiptAsked} asked */
function windowValues(asked) {
  const { graph, trace, layer, cell } = asked;
  const [source = ''] = layer.inputs;
  const [rows, columns] = layer.kernel;
  const { rows: high, columns: wide } = graph.size(source);
  const map = cell.channel * high * wide;
  const offsets = tapOffsets(graph, source, layer, cell);
  const inside = Uint8Array.from(offsets, (offset) => (offset < 0 ? 0 : 1));
  const valuesOf = (/** @type {string} */ name) => {
    const data = dataOf(trace, name);
    return Float32Array.from(offsets, (offset) => (offset < 0 ? 0 : at(data, map + offset)));
  };
  const cellAt = (/** @type {number} */ i) => {
    const offset = at(offsets, i);
    return offset < 0 ? null : graph.cellAt(source, map + offset);
  };
  const labelOf = (/** @type {number} */ i) => {
    const from = cellAt(i);
    return from ? cellLabel(graph, from) : message('padding');
  };
  const mode = layer.mode ?? 'max';
  return {
    ...{ mode, source, rows, columns, values: valuesOf(source), inside },
    before: beforeOf(asked, source, valuesOf),
    ...{ cellAt, labelOf, divisor: mode === 'average' ? rows * columns : 1 },
  };
}

/** @param {ReceiptAsked} asked @param {Read} read */
function largest(asked, read) {
  const { graph, trace, cell, value } = asked;
  const { values, inside } = read;
  let winner = -1;
  for (let i = 0; i < values.length; i++)
    if (inside[i] && (winner < 0 || at(values, i) > at(values, winner))) winner = i;
  const ties = values.filter((one, i) => inside[i] && one === values[winner]).length;
  const from = winner < 0 ? null : read.cellAt(winner);
  const said = trace.get(`${cell.layer}.winners`)?.data[graph.offset(cell)];
  const { rows, columns } = graph.size(read.source);
  const here = from && graph.offset(from) - from.channel * rows * columns;
  const digits = digitsFor(value, largestOf(values));
  const items = candidates(read, winner);
  const equation = maxEquation({ role: 'value', items, total: totalDraft(asked) }, digits);
  return {
    ...{ winner, ties, agrees: said === undefined ? null : said === here, sum: 0 },
    ...{ equation, equations: [equation], rounding: null },
  };
}

/** The cells of the window; padding is no candidate. */
/** @param {Read} read @param {number} winner @returns {Draft[]} */
function candidates(read, winner) {
  const real = read.values.map((value, i) => (read.inside[i] ? value : 0));
  const { shown, hidden } = chosen(real, FEW, MOST, winner);
  /** @type {Draft[]} */
  const items = shown
    .filter((index) => read.inside[index])
    .map((index) => ({
      role: 'candidate',
      label: read.labelOf(index),
      value: at(read.values, index),
      ...{ cell: read.cellAt(index), index, strong: index === winner },
    }));
  const rest = hidden.filter((index) => read.inside[index]);
  return rest.length ? [...items, moreDraft(rest.length, '', sumAt(read.values, rest))] : items;
}

/** @param {ReceiptAsked} asked @param {Read} read */
function added(asked, read) {
  const { value } = asked;
  const { values, divisor } = read;
  const sum = values.reduce((total, one) => total + one, 0);
  const magnitudes = magnitudeOf(values) / divisor;
  const rounding = roundingOf(value, sum / divisor, magnitudes, roughly);
  const equations = divisor === 1 ? [total(asked, read)] : mean(asked, read, sum);
  const equation = /** @type {Equation} */ (equations.at(-1));
  return { winner: -1, ties: 0, agrees: null, sum, rounding, equation, equations };
}

/** @param {ReceiptAsked} asked @param {Read} read */
function total(asked, read) {
  const digits = digitsFor(asked.value, largestOf(read.values));
  return sumEquation(
    { role: 'value', items: candidates(read, -1), total: totalDraft(asked) },
    digits,
  );
}

/** The sum gets as many decimals as its quotient needs to come out as shown. */
/** @param {ReceiptAsked} asked @param {Read} read @param {number} sum @returns {Equation[]} */
function mean(asked, read, sum) {
  const { value } = asked;
  const share = (/** @type {number} */ shown) => shown / read.divisor;
  const digits = digitsFor(value);
  const least = digitsFor(sum, largestOf(read.values));
  const agrees = (/** @type {number} */ more) =>
    unitsOf(share(rounded(sum, finer(least, more))), digits) === unitsOf(value, digits);
  const more = [0, 1, 2, 3].find(agrees) ?? 0;
  const shared = finer(least, more);
  /** @type {Draft} */
  const addedUp = { role: 'argument', label: message('sum'), value: sum, digits: shared };
  /** @type {Draft} */
  const area = {
    ...{ role: 'divisor', label: message('cells'), value: read.divisor },
    digits: { decimals: 0, exponent: 0 },
  };
  return [
    sumEquation(
      { role: 'sum', items: candidates(read, -1), total: { ...addedUp, role: 'total' } },
      shared,
    ),
    appliedEquation(
      { how: 'quotient', role: 'value', items: [addedUp, area], total: totalDraft(asked) },
      digits,
      share,
    ),
  ];
}

/** What the candidates were before an activation made them what they are. */
/** @param {ReceiptAsked} asked @param {string} source @param {(name: string) => Float32Array} valuesOf @returns {PoolReceipt['before']} */
function beforeOf({ graph, trace, pointwise }, source, valuesOf) {
  const own = graph.layer(source);
  const [layer] = own.inputs;
  const does = pointwise(source);
  if (!does || layer === undefined) return null;
  const curve = curveOf(does, trace, layer);
  return { layer, values: valuesOf(layer), activation: source, curve };
}

/** @param {Read} read @param {number} ties @returns {string} */
function remarkOf({ before }, ties) {
  if (ties > 1) return message('pool.ties', { ties });
  const cut = before?.curve.name === 'relu' && before.values.some((value) => value < 0);
  return cut ? message('pool.cut') : '';
}

/** @param {ReceiptAsked} asked @param {Read} read */
function why({ graph, cell }, { mode, source, rows, columns }) {
  const [from, to] = [graph.size(source), graph.size(cell.layer)];
  const sizes = {
    cells: rows * columns,
    before: pairText([from.rows, from.columns]),
    after: pairText([to.rows, to.columns]),
  };
  return mode === 'max' ? sentences().whyLargest(sizes) : sentences().whyShare(mode, sizes);
}

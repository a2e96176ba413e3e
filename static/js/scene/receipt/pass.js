// The receipts of layers that join or pass on values: flatten, concat, add.

import { blocksOf, regionOf } from '../../geometry/regions.js';
import { cellName } from '../format.js';
import { digitsFor, roughly } from '../../text/numbers.js';
import { passEquation, roundingOf, sumEquation } from './equation.js';
import { at, cellLabel, dataOf, difference, largestOf, magnitudeOf, totalDraft } from './shared.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { AddReceipt, PassReceipt } from './types.d.ts' */
/** @import { Asked, Found } from './shared.js' */

/** @param {Asked} asked @returns {Found<PassReceipt>} */
export function flattenReceipt(asked) {
  const { graph, layer, cell } = asked;
  return passed(asked, 'flatten', graph.cellAt(layer.inputs[0] ?? '', graph.offset(cell)));
}

/** @param {Asked} asked @returns {Found<PassReceipt>} */
export function concatReceipt(asked) {
  const { graph, layer, cell } = asked;
  const block = blocksOf(graph, layer).findLast(({ start }) => start <= cell.channel);
  const { name, start } = block ?? { name: layer.inputs[0] ?? '', start: 0 };
  return passed(asked, 'concat', { ...cell, layer: name, channel: cell.channel - start });
}

/** @param {Asked} asked @param {PassReceipt['of']} of @param {Cell} source @returns {Found<PassReceipt>} */
function passed(asked, of, source) {
  const { graph, trace } = asked;
  const value = at(dataOf(trace, source.layer), graph.offset(source));
  const item = { label: cellLabel(graph, source), value, cell: source, region: regionOf(source) };
  const equation = passEquation({ role: 'part', ...item }, totalDraft(asked), digitsFor(value));
  const sourceName = cellName(graph, source);
  return {
    kind: 'pass',
    ...{ of, source, sourceName, equation, equations: [equation], rounding: null },
    check: equation.text,
    why: null,
  };
}

/** @param {Asked} asked @returns {Found<AddReceipt>} */
export function addReceipt(asked) {
  const { graph, trace, layer, cell, value } = asked;
  const offset = graph.offset(cell);
  const parts = layer.inputs.map((name) => {
    const from = { ...cell, layer: name };
    return { cell: from, name: cellName(graph, from), value: at(dataOf(trace, name), offset) };
  });
  const values = parts.map((part) => part.value);
  const items = parts.map((part, index) => ({
    role: /** @type {const} */ ('part'),
    label: cellLabel(graph, part.cell),
    ...{ value: part.value, cell: part.cell, index },
  }));
  const digits = digitsFor(value, largestOf(values));
  const equation = sumEquation({ role: 'value', items, total: totalDraft(asked) }, digits);
  const exact = values.reduce((a, b) => a + b, 0);
  const rounding = roundingOf(value, exact, magnitudeOf(values), roughly);
  return {
    kind: 'add',
    ...{ parts, equation, equations: [equation], rounding },
    check: equation.text + difference(rounding),
    why: null,
  };
}

// The account of a gradient, asked for and read: of a cell by its place, of a weight by its index.

import { indexOf } from '../../kinds/parts/mathml.js';
import { partsOf } from '../weights.js';

/** @import { Cell, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { ToldGradient } from '../../kinds/gradient.d.ts' */
/** @import { Shown } from '../../stage/state.js' */
/** @import { Learnt } from '../state.js' */

/** What is asked about. @typedef {{ layer: string, part: string, at: readonly number[], query: string }} Asked */

/** @param {Graph} graph @param {Cell} cell @returns {Asked} */
export function aboutCell(graph, cell) {
  const { layer, channel, row, column } = cell;
  const query = `layer=${encodeURIComponent(layer)}&channel=${channel}&row=${row}&column=${column}`;
  return { layer, part: '', at: indexOf(graph, cell), query };
}

/** @param {Graph} graph @param {Learnt} weight @returns {Asked} */
export function aboutWeight(graph, weight) {
  const { layer, part } = partsOf(weight);
  let rest = weight.term;
  const at = (graph.layer(layer).parameters[part] ?? [])
    .toReversed()
    .map((size) => {
      const place = rest % size;
      rest = (rest - place) / size;
      return place;
    })
    .toReversed();
  const query = `parameter=${encodeURIComponent(weight.parameter)}&index=${at.join(',')}`;
  return { layer, part, at, query };
}

/** @param {Asked & { key: string }} asked @param {Pick<Shown, 'tensors' | 'metadata'>} answer @returns {ToldGradient} */
export function toldOf({ key, layer, part, at }, { tensors, metadata }) {
  const numbers = (/** @type {string} */ name) => Array.from(tensors.get(name)?.data ?? [], Number);
  const one = (/** @type {string} */ name) => numbers(name)[0] ?? NaN;
  const [less = NaN, more = NaN] = numbers('nudge/losses');
  return {
    ...{ key, layer, part, at, said: metadata, value: one('gradient') },
    readers: JSON.parse(metadata['readers'] ?? '[]').map(
      (/** @type {[string, string]} */ [name, factor]) => ({ layer: name, factor }),
    ),
    reader: numbers('terms/reader'),
    cells: numbers('terms/cell'),
    sources: numbers('terms/source'),
    above: numbers('terms/above'),
    factors: numbers('terms/factor'),
    update: updateIn(tensors, numbers),
    nudge: {
      ...{ epsilon: one('nudge/epsilon'), losses: [less, more], quotient: one('nudge/quotient') },
      ...{ bound: one('nudge/bound'), crossed: one('nudge/crossed') },
      crossings: JSON.parse(metadata['crossings'] ?? '[]').map(
        (/** @type {[string, string]} */ [what, name]) => ({ what, layer: name }),
      ),
    },
  };
}

const UPDATE = 'update/';

/** @param {Tensors} tensors @param {(name: string) => number[]} numbers */
function updateIn(tensors, numbers) {
  const names = [...tensors.keys()].filter((name) => name.startsWith(UPDATE));
  return Object.fromEntries(names.map((name) => [name.slice(UPDATE.length), numbers(name)]));
}

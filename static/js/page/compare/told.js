// What the panel of a comparison says: the readings as columns, and what is told of each.

import { cellRows, networkRows, readingRows } from '../../scene/compare.js';
import { selection } from '../../stage/state.js';

/** @import { Side } from '../../scene/compare.js' */
/** @import { StageState } from '../../stage/state.js' */
/** @import { Comparison } from '../compare.js' */
/** @import { Times } from '../../wire/reader.js' */
/** @import { State } from '../state.js' */

/**
 * @param {Readonly<State>} state of the page
 * @param {Comparison | null} now
 * @param {Times} times
 * @param {string} id of the page's network
 */
export function toldOf(state, now, times, id) {
  const sides = now ? sidesOf(state, now, times, id) : [];
  if (!sides.length) return { heads: [], rows: [] };
  const networks = now?.chosen !== 'drawing' ? networkRows(sides) : [];
  const rows = [...networks, ...readingRows(sides), ...cellRows(sides)];
  return { heads: sides.map(({ name }) => name), rows };
}

/**
 * @param {Readonly<State>} state
 * @param {Comparison} now
 * @param {Times} times
 * @param {string} id
 * @returns {Side[]} the page's own reading, then the other
 */
function sidesOf(state, now, times, id) {
  const { other, lanes } = now;
  const theirs = lanes[0]?.store.get();
  const { graph, spec } = state;
  if (!theirs || !graph || !spec) return [];
  return [
    { ...sideOf(state, spec), name: now.here, graph, times: times.of(id) },
    {
      ...sideOf(theirs, other.spec),
      name: now.name,
      graph: other.graph,
      times: times.of(other.id),
    },
  ];
}

/** @param {Readonly<StageState>} state @param {{ accuracy: number | null }} network */
function sideOf(state, { accuracy }) {
  return { trace: state.trace?.tensors ?? null, accuracy, cell: selection(state) };
}

// The weights of a layer laid out by kernel, each with its bias: any numbers that belong to them.

import { mapLabel } from '../kinds/parts/labels.js';
import { filterBlock } from '../scene/kernels.js';
import { message } from '../text/messages.js';
import { brief } from '../text/numbers.js';
import { button, html, say } from '../ui/dom.js';
import { createBlock } from '../ui/maps/block.js';
import { createBoard } from '../ui/maps/board.js';
import { cellFor } from '../ui/receipt/plane.js';
import { own } from '../ui/receipt/shade.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Colours } from '../render/brush.js' */
/** @import { Learnt } from './state.js' */

/** Numbers of weights and biases, by term. @typedef {ArrayLike<number> | null} Numbers */

/** At most so large: px, of a cell and of a filter. */
const SIZE = { cell: 12, wide: 230, high: 84 };

/** @param {ArrayLike<number> | null} values @returns {number} the largest, without its sign */
export function largestOf(values) {
  let largest = 0;
  for (let i = 0; i < (values?.length ?? 0); i++)
    largest = Math.max(largest, Math.abs(values?.[i] ?? 0));
  return largest;
}

/** @param {Graph} graph @param {string} layer @param {(weight: Learnt) => void} point */
export function createFilters(graph, layer, point) {
  const { channels } = graph.size(layer);
  const blocks = Array.from({ length: channels }, (_, out) => {
    const shape = filterBlock(graph, layer, out, 'across');
    const cell = cellFor(shape.wide, shape.high, SIZE.wide, SIZE.high, SIZE.cell);
    return createBlock(shape, cell, () => '');
  });
  const biases = blocks.map((_, term) =>
    button({ class: 'action bias', onclick: () => point({ parameter: `${layer}.bias`, term }) }),
  );
  const filters = blocks.map(({ element }, out) => {
    const name = html('span', {}, mapLabel(graph, layer, out));
    return html('div', { class: 'filter' }, name, element, biases[out] ?? null);
  });
  const grid = html('div', { class: 'filters board' }, ...filters);
  const label = message('kernels.label', { layer });
  const board = createBoard(grid, blocks, label, blocks.length, (term) => {
    if (term !== null) point({ parameter: `${layer}.weight`, term });
  });
  return {
    element: grid,
    /** @param {Numbers} values @param {Numbers} added to each map @param {Colours} colours @param {number} largest of the scale */
    show(values, added, colours, largest) {
      for (const block of blocks) block.paint(values, colours, own(largest));
      biases.forEach((one, i) => {
        one.hidden = !added;
        say(one, message('learning.bias', { value: brief(added?.[i] ?? 0) }));
      });
    },
    /** @param {Learnt | null} weight */
    mark: (weight) => board.mark(weight?.parameter === `${layer}.weight` ? weight.term : -1),
  };
}

// Adds a block: where, and of which kind.

import { message } from '../../text/messages.js';
import { html } from '../../ui/dom.js';
import { createChoice } from '../../ui/hands.js';
import { added, KINDS } from './blocks.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { Blocks } from './blocks.js' */

/** @param {() => { blocks: Blocks, graph: Graph | null }} now @param {(blocks: Blocks) => void} give */
export function createAdding(now, give) {
  const where = html('select', { class: 'adding-where' });
  const words = KINDS.map(({ kind }) => [
    kind,
    message(`bench.network.add.${/** @type {'conv'} */ (kind)}`),
  ]);
  const kinds = createChoice(message('bench.network.adding'), Object.fromEntries(words), (kind) => {
    const { blocks, graph } = now();
    const at = blocks.findIndex(({ name }) => name === where.value) + 1;
    const block = KINDS.find((one) => one.kind === kind);
    if (!block) return;
    const next = added(blocks, at, block, graph);
    give(next);
    show(next, graph);
    where.value = next[at]?.name ?? '';
  });
  let known = '';

  /** @param {Blocks} blocks @param {Graph | null} graph of them; at first a block comes behind the last that gives maps */
  function show(blocks, graph) {
    const names = ['input', ...blocks.map(({ name }) => name)];
    if (names.join() === known) return;
    const chosen = where.value;
    where.replaceChildren(...names.map((name) => html('option', { value: name }, name)));
    const maps = names.findLast((name) => graph?.has(name) && !graph.size(name).unit);
    where.value = chosen && names.includes(chosen) ? chosen : (maps ?? '');
    known = graph ? names.join() : '';
  }
  const label = html('label', { class: 'number' }, message('bench.network.behind'), where);
  return { element: html('div', { class: 'adding' }, label, kinds.element), show };
}

// A network as a list of blocks: layers as a file of it has them. One reads the block above it, and a
// block that joins two names the other; whatever is added, moved or removed, names stay what they are.

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { LayerBody } from '../../wire/types.d.ts' */

/** How a block begins that is added; one that joins two has two inputs. @type {readonly Omit<LayerBody, 'name'>[]} */
export const KINDS = [
  {
    ...{ kind: 'conv', inputs: [], channels: 6 },
    ...{ kernel: [3, 3], stride: [1, 1], padding: [1, 1] },
  },
  { kind: 'relu', inputs: [] },
  { kind: 'pool', inputs: [], kernel: [2, 2], stride: [2, 2], padding: [0, 0], mode: 'max' },
  { kind: 'add', inputs: ['', ''] },
  { kind: 'dropout', inputs: [], rate: 0.5 },
  { kind: 'flatten', inputs: [] },
  { kind: 'dense', inputs: [], channels: 10 },
  { kind: 'softmax', inputs: [] },
];

const INPUT = 'input';

/** @typedef {readonly LayerBody[]} Blocks */

/** @param {Blocks} blocks @param {number} at @returns {string} what stands above it */
export function above(blocks, at) {
  return blocks[at - 1]?.name ?? INPUT;
}

/** @param {Blocks} blocks @param {number} at @returns {string[]} what it may be joined with, the nearest first */
export function earlier(blocks, at) {
  return [INPUT, ...blocks.slice(0, at).map(({ name }) => name)].reverse();
}

/** What each reads, '' for whatever stands above it. @param {Blocks} blocks @returns {Blocks} */
function loose(blocks) {
  return blocks.map((block, i) => ({
    ...block,
    inputs: block.inputs.map((name) => (name === above(blocks, i) ? '' : name)),
  }));
}

/** @param {Blocks} blocks @returns {Blocks} the inverse of `loose` */
function tight(blocks) {
  return blocks.map((block, i) => ({
    ...block,
    inputs: block.inputs.map((name) => name || above(blocks, i)),
  }));
}

/** @param {Blocks} blocks @param {string} kind @returns {string} a name that none has */
function freeName(blocks, kind) {
  const used = new Set(blocks.map(({ name }) => name));
  let number = 1;
  while (used.has(`${kind}${number}`)) number += 1;
  return `${kind}${number}`;
}

/**
 * @param {Blocks} blocks
 * @param {number} at how many stand before it
 * @param {Omit<LayerBody, 'name'>} block
 * @param {Graph | null} graph of the blocks as they are
 * @returns {Blocks}
 */
export function added(blocks, at, block, graph) {
  const name = freeName(blocks, block.kind);
  const inputs = block.inputs.length > 1 ? ['', otherFor(blocks, at, graph)] : [];
  const made = { ...block, ...asMany(block, above(blocks, at), graph), name, inputs };
  return tight(loose(blocks).toSpliced(at, 0, made));
}

/** As many maps as the one above gives, so that both can be added. @param {Omit<LayerBody, 'name'>} block @param {string} above @param {Graph | null} graph */
function asMany({ kernel, channels }, above, graph) {
  const { unit, channels: maps } = graph?.has(above)
    ? graph.size(above)
    : { unit: true, channels: 0 };
  return kernel && channels && !unit && above !== INPUT ? { channels: maps } : {};
}

/** The nearest that has the shape of what stands above. @param {Blocks} blocks @param {number} at @param {Graph | null} graph */
function otherFor(blocks, at, graph) {
  const shapeOf = (/** @type {string} */ name) =>
    graph?.has(name) ? JSON.stringify(graph.size(name)) : '';
  const [last = INPUT, ...others] = earlier(blocks, at);
  return others.find((name) => shapeOf(name) === shapeOf(last)) ?? INPUT;
}

/** Who read it reads what it read. @param {Blocks} blocks @param {number} at @returns {Blocks} */
export function removed(blocks, at) {
  const gone = blocks[at];
  const read = gone?.inputs[0] || above(blocks, at);
  const rest = loose(blocks).map((block) => ({
    ...block,
    inputs: block.inputs.map((name) => (name === gone?.name ? read : name)),
  }));
  return tight(rest.toSpliced(at, 1));
}

/** @param {Blocks} blocks @param {number} at @param {-1 | 1} by @returns {Blocks} */
export function moved(blocks, at, by) {
  const rest = loose(blocks);
  return tight(rest.toSpliced(at, 1).toSpliced(at + by, 0, ...rest.slice(at, at + 1)));
}

/** @param {Blocks} blocks @param {number} at @param {Partial<LayerBody>} patch @returns {Blocks} */
export function changed(blocks, at, patch) {
  return blocks.map((block, i) => (i === at ? { ...block, ...patch } : block));
}

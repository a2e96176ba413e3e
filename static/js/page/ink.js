// The image that a network read: its input without border and scaling.

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Shown } from '../stage/state.js' */

/**
 * @param {Graph} graph
 * @param {Shown} trace
 * @returns {{ ink: Float32Array, width: number }} 0 is paper, 1 is ink
 */
export function inkOf(graph, { tensors }) {
  const data = tensors.get(graph.input)?.data;
  const { border, scaling } = graph.spec.input;
  const { rows, columns } = graph.size(graph.input);
  const [height, width] = [rows - 2 * border, columns - 2 * border];
  const ink = Float32Array.from({ length: height * width }, (_, i) => {
    const place = (border + Math.floor(i / width)) * columns + border + (i % width);
    return ((data?.[place] ?? 0) - scaling.offset) / scaling.scale;
  });
  return { ink, width };
}

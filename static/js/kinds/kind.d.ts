// A kind of layer as the page knows it: one file says all of this.

import type { AnyLayer, Cell, Graph, Tensors } from '../geometry/types.d.ts';
import type { Account, Pointwise } from './receipt.d.ts';
import type { Geometry, Operations, Weights } from './types.d.ts';

export interface KindOnPage extends Geometry {
  /** "convolution 5 × 5" */
  title(layer: AnyLayer): string;
  /** What the layer does, in a sentence. */
  does(graph: Graph, layer: AnyLayer): string;
  /** What one of its cells is, in a sentence. */
  is(graph: Graph, layer: AnyLayer, cell: Cell, trace: Tensors | null): string;
  /** Absent where nothing is computed, and where the page cannot know. */
  operations?(graph: Graph, layer: AnyLayer): Omit<Operations, 'count'>;
  /** How its numbers are accounted for. */
  readonly account: Account;
  /** Where it learns weights. */
  readonly weights?: Weights;
  /** Where it is a function of one number. */
  pointwise?(layer: AnyLayer): Pointwise;
}

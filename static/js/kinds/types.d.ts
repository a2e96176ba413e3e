// What the page knows of a kind of layer: first its traits, then all that its file says.

import type { AnyLayer, Cell, Contributions, Graph, Region, Tensors } from '../geometry/types.d.ts';

/** What drawing the network needs of a kind. What is not said is not so. */
export interface Traits {
  /** What stands in the caption of a layer that learns nothing: "max 2 × 2". */
  readonly caption?: (layer: AnyLayer) => string;
  /** False for a layer of this kind that the page cannot explain: it becomes `other`. */
  readonly explains?: (layer: AnyLayer) => boolean;
  /** A function of one number each: it folds into the layer that it reads. */
  readonly activation?: true;
  /** Its values are curved functions of what it reads, not products or sums. */
  readonly bends?: true;
  /** Each of its cells stands for one cell that it reads, so that units behind it show its maps. */
  readonly passes?: true;
  /** Map k is made from map k alone. */
  readonly keeps?: true;
  /** What leaves it is never larger than what it read. */
  readonly bounded?: (layer: AnyLayer) => boolean;
  /** It makes one cell of each window of a map. */
  readonly pools?: true;
  /** One cell of each window is taken, and no other counts. */
  readonly picks?: (layer: AnyLayer) => boolean;
  /** It learns weights: kernels. */
  readonly weighted?: true;
  /** Its filters slide over maps, with a slice of weights for each map. */
  readonly slides?: true;
  /** The maps of what it reads stand side by side, one layer after the other. */
  readonly joins?: true;
  /** It only lays cells out in another shape, and is not drawn. */
  readonly reshapes?: true;
  /** Its units are probabilities: the answer is drawn as bars. */
  readonly probable?: true;
  /** Its units are the shares of the scores that it reads. */
  readonly shares?: true;
  /** The page does not know how its values are computed. */
  readonly unknown?: true;
}

/** A question about one cell of a layer of the kind. */
export interface Asked {
  readonly graph: Graph;
  readonly trace: Tensors;
  readonly weights: Tensors | null;
  readonly layer: AnyLayer;
  readonly cell: Cell;
  /** What the cell reads of the first of its inputs; absent where that is nothing but padding. */
  readonly window: Region | undefined;
}

/** What a kind says of contributions; the rest has defaults. */
export type Part = Pick<Contributions, 'values' | 'region'> & Partial<Contributions>;

/** A signed amount that a cell adds to a reader. */
export interface Influence {
  readonly region: Region;
  readonly value: number;
}

/**
 * One weight of a layer, by the map that it helps to make and its place in the kernel; for a fully
 * connected unit by the cell that it reads.
 */
export interface Weight {
  readonly layer: string;
  /** The map that it helps to make, and the map that it reads. */
  readonly out: number;
  readonly into: number;
  readonly row: number;
  readonly column: number;
}

/** Cells along one axis; `from` is the first of the cells made. */
export interface Steps {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  readonly from: number;
}

/** Where a weight is used. */
export interface Uses {
  /** The layer that it reads, and the cells there that it multiplies. */
  readonly source: string;
  readonly rows: Steps;
  readonly columns: Steps;
  /** How many cells it helps to make, those at the padding too. */
  readonly times: number;
  /** How many of these uses multiply a cell; the others meet padding. */
  readonly inside: number;
  /** Cells that it multiplies for each cell that it makes. */
  readonly taps: number;
}

/** Which cells feed which, and how much each of them gives. */
export interface Geometry {
  /** What a box of cells is computed from, a region for each layer read; not clipped yet. */
  reads(graph: Graph, layer: AnyLayer, region: Region): Region[];
  /** The cells of the layer that read a cell below; not clipped yet. */
  feeds(graph: Graph, layer: AnyLayer, cell: Cell): Region[];
  /** What each source gave to a cell; null where the page cannot say. */
  contributions(asked: Asked): Part | null;
  /** What a cell with the value `own` adds to the cells of `region`, which read it. */
  influences(
    given: Omit<Asked, 'window'> & { readonly own: number; readonly region: Region },
  ): Influence[];
}

/** Weights that stand together: a slice of a filter, all weights of a unit, the weight of a map. */
export interface Block {
  /** Of what it reads: "pool1 [0]". */
  readonly label: string;
  /** The map that it helps to make, and the map that it reads; −1 where it reads all of them. */
  readonly out: number;
  readonly into: number;
  readonly wide: number;
  readonly high: number;
  /** By place: which number of the layer's weights, −1 for a gap. */
  readonly terms: Int32Array;
}

/** What can be said of the weights of a layer that has some. */
export interface Weights {
  /** The blocks of one filter, in the order of the maps that it reads. */
  blocks(graph: Graph, layer: AnyLayer, out: number): Block[];
  /** The weight at a place among the layer's weights, and the inverse. */
  at(graph: Graph, layer: AnyLayer, term: number): Weight;
  term(graph: Graph, layer: AnyLayer, weight: Weight): number;
  /** Where a weight is used; null where the layer has no such weight. */
  uses(graph: Graph, layer: AnyLayer, weight: Weight): Uses | null;
  /** How often, where a sentence of its own says it better. */
  readonly used?: () => string;
  /** "conv2 filter 7, slice for map 4: row 2, column 3" */
  name(graph: Graph, layer: AnyLayer, weight: Weight): string;
  /** How a filter is made up, and all filters, in a sentence each. */
  filter(graph: Graph, layer: AnyLayer, out: number): string;
  all(graph: Graph, layer: AnyLayer): string;
  /** What stands above the weights of one map; `read` is what they look at. */
  title(graph: Graph, out: number, read: string): string;
}

/** How much a layer computes. */
export interface Operations {
  readonly count: number;
  /** Of one; what they are called stands in the catalogue. */
  readonly noun:
    | 'multiply-add'
    | 'addition'
    | 'comparison'
    | 'exponential'
    | 'tanh'
    | 'multiplication'
    | 'division';
  /** Their product is the count; and what each of them is, where that needs a word. */
  readonly factors: readonly number[];
  readonly factorText: string;
}

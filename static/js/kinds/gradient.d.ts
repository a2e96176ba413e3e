// The contract of the receipt of a gradient: what the server says of it, in float64, and how that is
// accounted for.

import type { Base, Cell } from './receipt.d.ts';

/** A layer that reads the cell, or has the weight; and what its factors are called. */
export interface Reader {
  /** "loss" where it is the loss itself. */
  readonly layer: string;
  readonly factor: string;
}

/** Where one gradient comes from: so many terms, each the gradient of a number above × a factor. */
export interface ToldGradient {
  /** The question that it answers. */
  readonly key: string;
  /** Whose cell or weight it is. */
  readonly layer: string;
  /** "weight" or "bias"; '' of a cell. */
  readonly part: string;
  /** Its place: channel, row and column of a cell, or the index of a weight. */
  readonly at: readonly number[];
  readonly value: number;
  readonly readers: readonly Reader[];
  /** By term: which of the readers, its cell there (3 numbers each), where the factor is from (4 each). */
  readonly reader: ArrayLike<number>;
  readonly cells: ArrayLike<number>;
  readonly sources: ArrayLike<number>;
  readonly above: ArrayLike<number>;
  readonly factors: ArrayLike<number>;
  /** Of a weight: what its first update is made of, by name. */
  readonly update: Readonly<Record<string, readonly number[]>>;
  /** How the step was asked for: rate, momentum, decay, optimiser. */
  readonly said: Readonly<Record<string, string>>;
  readonly nudge: Nudge | null;
}

/** The check: the loss a little to both sides. */
export interface Nudge {
  readonly epsilon: number;
  readonly losses: readonly [less: number, more: number];
  readonly quotient: number;
  readonly bound: number;
  readonly crossings: readonly { readonly what: string; readonly layer: string }[];
  readonly crossed: number;
}

export interface GradientTerm extends Reader {
  /** The number above, whose gradient came back; null where that is the loss. */
  readonly cell: Cell | null;
  /** The weight, or the cell below, that the factor is. */
  readonly source: readonly number[];
  readonly above: number;
  readonly times: number;
  readonly product: number;
  readonly label: string;
  readonly short: readonly [string, string];
}

export interface GradientReceipt extends Base {
  readonly diagram: 'gradient';
  readonly told: ToldGradient;
  readonly terms: readonly GradientTerm[];
  /** Of the map above that says most, as its numbers lie there; NaN where it says nothing. Null where it says one alone. */
  readonly planes: {
    readonly rows: number;
    readonly columns: number;
    /** "conv2 [7]" */
    readonly map: string;
    readonly factor: string;
    readonly above: Float64Array;
    readonly times: Float64Array;
    readonly products: Float64Array;
  } | null;
}

// The contract of receipts: the complete account of one cell, as data. Nobody here knows the DOM.
//
// Everything shown comes from the receipt's equations: picture, words, formula and table repeat
// their texts and never write a number of their own. An equation adds up as it is shown, in whole
// units of its last digit: where single lines had to be rounded, an item "rounding" closes it.

import type { AnyLayer, Cell, Graph, Region } from '../geometry/types.d.ts';
import type { Digits } from '../text/numbers.js';
import type { GradientReceipt } from './gradient.d.ts';
import type { Asked } from './types.d.ts';

export type { Cell, Graph, Region, Tensors } from '../geometry/types.d.ts';
export type { GradientReceipt, GradientTerm } from './gradient.d.ts';

// ---------------------------------------------------------------- numbers

/** How the numbers of one equation are written: all lines share decimals and exponent. */
export type { Digits } from '../text/numbers.js';

/**
 * bias · map: the partial sum of one map (conv) · term: one product (dense, conv) · candidate: of
 * a pooling window · part: of an add · more: several terms in one step · ink, offset: of an image
 * cell · score, largest, exponential, divisor, argument: of softmax, means and functions ·
 * rounding: closes the sum as shown, which the display rounds · total: what follows "=".
 */
export type ItemRole =
  | 'bias'
  | 'map'
  | 'term'
  | 'candidate'
  | 'part'
  | 'more'
  | 'ink'
  | 'offset'
  | 'score'
  | 'largest'
  | 'exponential'
  | 'divisor'
  | 'argument'
  | 'rounding'
  | 'total';

/** Two factors as text; negative ones stand in brackets behind a sign. */
export interface Factors {
  readonly input: string;
  readonly weight: string;
  readonly negative: { readonly input: boolean; readonly weight: boolean };
}

/** One number of an equation. */
export interface Item {
  readonly role: ItemRole;
  /** "pool1 [0]", "pool2 [13] 2, 2", "bias", "76 more above 0", "rounding", "conv2 [7]". */
  readonly label: string;
  /** The label in two lines, for narrow columns: ["[13]", "2, 2"], ["76 more", "above 0"]. */
  readonly short: readonly [string, string];
  /** The exact number (float64); of a rounding item what closes the shown sum. */
  readonly value: number;
  /** What is shown, as a number: a whole multiple of the last digit. */
  readonly shown: number;
  /** shown in units of the last digit: an integer. The integers of a sum add up exactly. */
  readonly units: number;
  /** Sign of what is shown; the operator before it when it is not the first. Zero has '+'. */
  readonly sign: '+' | '−';
  /** Without sign: "0.470", "1.234×10⁻⁹". */
  readonly text: string;
  /** With a minus where there is one, no plus: "−0.145". Never "−0.000". */
  readonly signedText: string;
  /** Running total of what is shown, before and after this item (sums only, else 0 and shown). */
  readonly from: number;
  readonly to: number;
  /** Where it comes from, when it is one cell. The UI jumps there. */
  readonly cell: Cell | null;
  /** Where it comes from, when it is a window or several cells. */
  readonly region: Region | null;
  /** Into maps, terms, candidates, parts or rows of the receipt; -1 for others. */
  readonly index: number;
  /** Terms: the two factors; their product, rounded to the digits, is what is shown. */
  readonly factors: Factors | null;
  /** Of max pooling, or the unit itself in softmax: written strong. */
  readonly strong: boolean;
  /** Of "more": how many. 1 otherwise. */
  readonly count: number;
}

/**
 * sum: items add up to the total. max: the total is the largest. quotient: first ÷ second.
 * function: name(first). pass: the first, unchanged. Where a function or quotient is applied to the
 * numbers as shown, it gives the total as shown.
 */
export interface Equation {
  readonly how: 'sum' | 'max' | 'quotient' | 'function' | 'pass';
  /**
   * value: ends in the cell's value · terms: products of one map that make its partial sum ·
   * sum: Σ of a mean or of exponentials · difference: score − largest · exponential: e to it ·
   * function: of an activation.
   */
  readonly role: 'value' | 'terms' | 'sum' | 'difference' | 'exponential' | 'function';
  /** "max", "relu", "tanh", "sigmoid", "square", "exp"; "" for others. */
  readonly name: string;
  /** A function of its argument in symbols. */
  readonly symbols?: (argument: MathNode) => readonly MathNode[];
  /** What a function and its argument are multiplied by: 1.7159 and 2/3. */
  readonly times?: readonly [outer: number, inner: number];
  readonly items: readonly Item[];
  readonly total: Item;
  readonly digits: Digits;
  /** "0.470 − 0.145 + 0.417 + 0.081 = 0.823"; "max(0.949, 1.419) = 1.419". */
  readonly text: string;
}

/** What the engine's float32 sum differs from the exact one by: a fact beside the equation. */
export interface Rounding {
  /** Engine's float32 value − float64 sum. */
  readonly value: number;
  /** "0", "2×10⁻⁷", "−3×10⁻⁸". */
  readonly text: string;
  /** 1e-5 · Σ|terms|; |value| never exceeds it. */
  readonly bound: number;
  /** The float64 sum. */
  readonly exact: number;
}

// ---------------------------------------------------------------- receipts

export interface Base {
  /** The network it is about: shapes, kernels, strides for whoever needs them. */
  readonly graph: Graph;
  readonly cell: Cell;
  /** The layer's name. */
  readonly title: string;
  /** "map 7, row 7, column 3", "unit 34 of 120", "class 3". */
  readonly place: string;
  /** "conv2 map 7, row 7, column 3". */
  readonly name: string;
  /** The engine's float32 value. */
  readonly value: number;
  /** As the main equation writes it, and with which digits. */
  readonly valueText: string;
  readonly digits: Digits;
  /** The head line: "150 products + bias = 1.095 · float32 rounding 2×10⁻⁷". */
  readonly check: string;
  /** All equations shown, in reading order. */
  readonly equations: readonly Equation[];
  /** The one that ends in the cell's value; null while weights are loading. */
  readonly equation: Equation | null;
  /** null where nothing is rounded (max, relu, flatten, concat, the image). */
  readonly rounding: Rounding | null;
  /** A question readers ask, answered with this cell's numbers. */
  readonly why: { readonly title: string; readonly text: string } | null;
  /** How it is told, form by form. */
  readonly account: Account;
  /** When it is folded into the layer it reads: the account of that cell, which this continues. */
  readonly origin?: Receipt | null;
  /** The folded activations that follow in the same place, in order; [] without a layout. */
  readonly after: readonly ActivationReceipt[];
}

/** What the page cannot work out: of a kind that it does not know, or before the weights are here. */
export interface MessageReceipt extends Base {
  readonly diagram: 'message';
}

/** What a window reads, padding included: the same in every map. */
export interface Window {
  /** The layer it reads, and the kernel's rows and columns. */
  readonly source: string;
  readonly rows: number;
  readonly columns: number;
  /** Its first row and column there, negative in the padding. */
  readonly top: number;
  readonly left: number;
  /** How far its rows and columns lie apart there. */
  readonly apart: readonly [down: number, across: number];
  /** By tap: 1 for a cell, 0 for padding. */
  readonly inside: Uint8Array;
}

/**
 * A map here is a number from 0 to maps − 1; in its layer it is channels[map].
 * Terms lie flat, map after map, each map's kernel row-major: index = map · taps + tap. Take one
 * map's grid with `values.subarray(map * taps, (map + 1) * taps)`. The equation has one item a map
 * (`index` is the map; from 7 maps on the 5 strongest and one "more").
 */
export interface ConvReceipt extends Base, Window {
  readonly diagram: 'filter';
  /** How many maps it reads, and which ones. */
  readonly maps: number;
  readonly channels: readonly number[];
  /** Subsampling: one weight for the whole window. */
  readonly shared: boolean;
  /** rows · columns. */
  readonly taps: number;
  /** What the window holds; 0 in the padding. */
  readonly values: Float32Array;
  /** The filter's slice for each map. */
  readonly kernel: Float32Array;
  /** Exact products of float32 numbers. */
  readonly products: Float64Array;
  /** Partial sum of each map, float64. */
  readonly sums: Float64Array;
  readonly bias: number;
  /** The map whose partial sum has the largest magnitude. */
  readonly strongest: number;
  /** Largest magnitudes, for colours. */
  readonly largest: { readonly value: number; readonly kernel: number; readonly product: number };
  /** The window of a map, clipped to its layer; null where it is all padding. */
  readonly region: (map: number) => Region | null;
  /** The cell that a tap reads; null in the padding. */
  readonly cellAt: (map: number, tap: number) => Cell | null;
  /** "pool1 [5]"; and without its layer, in two lines. */
  readonly labelOf: (map: number) => string;
  readonly shortOf: (map: number) => readonly [string, string];
  /** "150 products + bias" */
  readonly made: string;
}

/**
 * Terms in the order of what it reads (C order). `order` sorts them by contribution: the largest
 * first, the most negative last; zeros between. The equation is the waterfall: bias, the largest
 * above 0, "k more above 0", the largest below 0, "k more below 0", rounding, total; each item's
 * `from` and `to` are the bar.
 */
export interface DenseReceipt extends Base {
  readonly diagram: 'terms';
  /** The layer it reads. */
  readonly source: string;
  readonly count: number;
  readonly values: Float32Array;
  readonly weights: Float32Array;
  readonly products: Float64Array;
  readonly bias: number;
  readonly order: Uint32Array;
  /** How many terms lie above 0 (the first of `order`), below 0 (its last), and are 0. */
  readonly above: number;
  readonly below: number;
  readonly zero: number;
  readonly largest: { readonly value: number; readonly weight: number; readonly product: number };
  /**
   * The maps that the terms fold back into: what lies behind flatten and activations. Term i is
   * row-major in (channels, rows, columns). Units fold into channels of one cell.
   */
  readonly folded: {
    readonly layer: string;
    readonly channels: number;
    readonly rows: number;
    readonly columns: number;
  };
  /** The cell of `source` that a term reads. */
  readonly cellAt: (term: number) => Cell;
  /** The same cell in the folded layer. */
  readonly originAt: (term: number) => Cell;
  /** "pool2 [13] 2, 2", by the folded layer; and in two lines without its name. */
  readonly labelOf: (term: number) => string;
  readonly shortOf: (term: number) => readonly [string, string];
}

/** Candidates (max) or addends, row-major over the kernel, padding included. */
export interface PoolReceipt extends Base, Window {
  readonly diagram: 'window';
  readonly mode: 'max' | 'average' | 'sum' | 'l2';
  /** The largest, or the sum; then the mean, where it is one. */
  readonly equations: readonly [Equation, ...Equation[]];
  /** 0 in the padding, which never wins. */
  readonly values: Float32Array;
  /** Max: index of the first of the largest, else -1. */
  readonly winner: number;
  /** Max: how many candidates are as large as the winner, itself included. */
  readonly ties: number;
  /** Average: what the sum is divided by, the whole kernel's area; 1 otherwise. */
  readonly divisor: number;
  /** The float64 sum (average, sum); 0 for max. */
  readonly sum: number;
  /** When it reads an activation: what the candidates were before it, and its curve. */
  readonly before: {
    readonly layer: string;
    readonly values: Float32Array;
    readonly activation: string;
    readonly curve: Curve;
  } | null;
  /** What this window shows best: a tie, or what its activation has cut; '' for neither. */
  readonly remark: string;
  readonly cellAt: (candidate: number) => Cell | null;
}

/** A function's graph in data space. The point(s) of the receipt lie on it. */
export interface Curve {
  readonly name: string;
  /** "max(0, z)", "tanh(z)", "1.7159 · tanh(2/3 · z)", "1 / (1 + e⁻ᶻ)". */
  readonly formula: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** x runs from -limit to limit: the largest |value| of the layer it reads. */
  readonly limit: number;
  /** Range of y over it. */
  readonly low: number;
  readonly high: number;
}

export interface ActivationReceipt extends Base {
  readonly diagram: 'curve';
  readonly function: string;
  readonly does: Pointwise;
  /** The cell it reads. */
  readonly source: Cell;
  readonly before: number;
  /** Same as value. */
  readonly afterValue: number;
  readonly curve: Curve;
  /** "relu2 lets it pass: 1.095" */
  readonly sentence: string;
  /** The same after what the cell itself says: ", and relu2 lets it pass". */
  readonly becomes: readonly (string | Run)[];
}

export interface SoftmaxReceipt extends Base {
  readonly diagram: 'scores';
  readonly equations: readonly [
    difference: Equation,
    exponential: Equation,
    sum: Equation,
    quotient: Equation,
  ];
  readonly source: string;
  /** The unit itself, an index into the rows. */
  readonly unit: number;
  readonly scores: Float32Array;
  readonly largestScore: number;
  /** exp(score − largest), float64. */
  readonly exponentials: Float64Array;
  readonly sum: number;
  /** The engine's. */
  readonly probabilities: Float32Array;
  /** The largest score itself, to be read after a minus: "1.5386", "(−1.5386)". */
  readonly largestText: string;
  /** Names of the rows: classes where they are the answer, else "unit 3". */
  readonly names: readonly string[];
  /** Texts of the rows. */
  readonly rows: () => readonly SoftmaxRow[];
  /** This score changed, all others kept: −1, −0.1, +0.1, +1. */
  readonly whatIf: readonly WhatIf[];
  readonly cellAt: (unit: number) => Cell;
}

export interface SoftmaxRow {
  readonly name: string;
  readonly unit: number;
  /** In the layer of scores. */
  readonly cell: Cell;
  readonly scoreText: string;
  readonly differenceText: string;
  /** These add up to the sum with the sum equation's rounding. */
  readonly exponentialText: string;
  readonly probabilityText: string;
}

export interface WhatIf {
  readonly delta: number;
  /** "+0.1" */
  readonly deltaText: string;
  readonly probability: number;
  readonly probabilityText: string;
  /** probability − the one now, and its text with sign, in percentage points: "+0.9". */
  readonly change: number;
  readonly changeText: string;
}

/** flatten, concat: the value of another cell. */
export interface PassReceipt extends Base {
  readonly diagram: 'parts';
  readonly source: Cell;
}

export interface AddReceipt extends Base {
  readonly diagram: 'parts';
  /** One for each layer it reads, in order. */
  readonly parts: readonly Cell[];
}

export interface RatioReceipt extends Base {
  readonly diagram: 'parts';
  readonly equations: readonly [sum: Equation, quotient: Equation];
  /** The layer it reads, and which of its units is divided. */
  readonly source: string;
  readonly unit: number;
}

export interface InputReceipt extends Base {
  readonly diagram: 'image';
  /** 0 paper … 1 ink, before scale and offset. */
  readonly ink: number;
  readonly scaling: { readonly scale: number; readonly offset: number };
  readonly border: number;
  /** The pixel of the image inside the border; null in the border. */
  readonly pixel: { readonly row: number; readonly column: number } | null;
  /** The image without border. */
  readonly side: { readonly rows: number; readonly columns: number };
  /** What preprocessing did; null when the trace does not say. */
  readonly preprocess: {
    /** Ink's box in pad units 0..1 (of a file: of its width and height). */
    readonly crop: PadRect;
    /** Pixels for one side of the pad. */
    readonly scale: number;
    /** Centre of mass in pixels of the image. */
    readonly centre: { readonly x: number; readonly y: number };
    /** Whole pixels by which it was moved. */
    readonly shift: { readonly x: number; readonly y: number };
    /** Cropped, scaled and centred, or as it stands on the pad. */
    readonly centred: boolean;
    readonly blank: boolean;
  } | null;
  /** Size of the picture that was read; null where that were strokes. */
  readonly picture: { readonly width: number; readonly height: number } | null;
  /** What of the pad this cell covers, or of the picture, as parts of its sides (may reach outside); null in the border. */
  readonly pad: PadRect | null;
}

export interface PadRect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Receipt =
  | MessageReceipt
  | ConvReceipt
  | DenseReceipt
  | PoolReceipt
  | ActivationReceipt
  | SoftmaxReceipt
  | RatioReceipt
  | PassReceipt
  | AddReceipt
  | InputReceipt
  | GradientReceipt;

// ---------------------------------------------------------------- the other forms

/** How the cells of a kind are accounted for, in all forms but the picture. */
export interface Account<R extends Receipt = Receipt> {
  /** null before its weights are here. */
  receipt(asked: ReceiptAsked): Found<R> | null;
  /** What matters of it, in a few short sentences that are true by themselves. */
  gist(receipt: R): Paragraph[];
  /** All of it. */
  words(receipt: R): Paragraph[];
  /** Lines of NumPy that work `value` out in float64 from `data`, the trace with the weights. */
  code(receipt: R): readonly string[];
  /** What follows "=" in symbols, indices as NumPy has them; null where nothing is worked out. */
  symbols(receipt: R): readonly MathNode[] | null;
  /** What stands left of "=" in symbols, where it is not the cell itself. */
  left?(receipt: R): readonly MathNode[];
  /** Lines that load more than the trace. */
  files?(): readonly string[];
  /** Lines that print the result, and say what is expected. */
  printed?(receipt: R): readonly string[];
  /** At most so many rows of single terms; absent where the items of the equation are the table. */
  table?(receipt: R, most: number): Table;
}

/** What a receipt is made from. */
export interface ReceiptAsked extends Asked {
  /** The engine's. */
  readonly value: number;
  /** Size of the picture that the trace was read from. */
  readonly picture: { readonly width: number; readonly height: number } | null;
  /** Digits of the account that this one continues. */
  readonly digits: Digits | undefined;
  /** What a layer computes of each number, where it is a function of one number. */
  readonly pointwise: (layer: string) => Pointwise | null;
}

type Given =
  | 'equation'
  | 'rounding'
  | 'check'
  | 'why'
  | 'graph'
  | 'cell'
  | 'title'
  | 'place'
  | 'name'
  | 'value'
  | 'valueText'
  | 'digits'
  | 'after'
  | 'account';

/** What a kind adds to what every receipt says. */
export type Found<R extends Receipt> = R extends unknown ? Omit<R, Given> & Said : never;

interface Said {
  /** The head line but for the rounding; without it the equation of the value. */
  readonly check?: string;
  readonly why?: Base['why'];
  /** Where something is rounded: the result in float64, and Σ|terms|. */
  readonly exact?: { readonly sum: number; readonly magnitude: number };
}

/** A function of one number, times the first of `times`, of what is read times the second. */
export interface Pointwise {
  /** In formulas: "relu". */
  readonly name: string;
  readonly compute: (z: number) => number;
  /** "1.7159 · tanh(2/3 · z)" */
  readonly formula: string;
  /** What it can reach; absent where it has no bound. */
  readonly low?: number;
  readonly high?: number;
  readonly times?: readonly [outer: number, inner: number];
  /** Two straight lines that meet at 0: nothing is rounded. */
  readonly straight?: true;
  /** In NumPy, of z. */
  readonly code: string;
  /** In symbols, of a letter or of a number, which may need brackets. */
  readonly symbols: (z: MathNode, number: boolean) => MathNode[];
  /** What it did, where that can be said better than "makes 1 into 0.8". */
  readonly says?: (layer: string, before: number, total: Item) => string;
  /** The same after what the cell itself says. */
  readonly becomes?: (layer: string, before: number) => readonly string[];
}

/** A piece of a sentence. A cell makes it a place to jump to. */
export interface Run {
  readonly text: string;
  /** pos, neg: a signed number, coloured. strong: the result. */
  readonly tone: 'plain' | 'strong' | 'pos' | 'neg';
  readonly cell: Cell | null;
}

export interface Paragraph {
  readonly role:
    'reads' | 'sum' | 'field' | 'why' | 'after' | 'what-if' | 'rounding' | 'is' | 'gist';
  readonly runs: readonly Run[];
  /** The runs joined. */
  readonly text: string;
}

/**
 * MathML as plain data. `class` among the attributes: pos, neg, total, label (under a number),
 * aside (words), more. Root nodes have tag "math" with display="block".
 */
export interface MathNode {
  readonly tag: string;
  readonly attrs?: Readonly<Record<string, string>>;
  readonly children?: readonly MathNode[];
  readonly text?: string;
}

export interface FormulaLine {
  /** symbolic · numbers: the same with this cell's numbers · terms: the strongest ones. */
  readonly role: 'symbolic' | 'numbers' | 'terms';
  readonly math: MathNode;
  /** The line as text, for those who cannot see MathML. */
  readonly text: string;
}

export interface TableCell {
  readonly text: string;
  /** A row header (`<th scope="row">`). */
  readonly header: boolean;
  readonly numeric: boolean;
  /** Jumps there. */
  readonly cell: Cell | null;
}

export interface TableRow {
  readonly role: 'term' | 'subtotal' | 'bias' | 'rounding' | 'total' | 'fact';
  /** As many as there are columns. */
  readonly cells: readonly TableCell[];
  readonly strong: boolean;
}

export interface Table {
  readonly caption: string;
  /** `<th scope="col">` */
  readonly columns: readonly { readonly text: string; readonly numeric: boolean }[];
  /** Reading order; role total goes into the foot. */
  readonly rows: readonly TableRow[];
}

// The nouns of geometry: what the server's spec says, and what is derived from it. No DOM here.
// Anything the wire sends that has these fields will do; nothing here is tied to one network.

export type Kind =
  | 'conv'
  | 'pool'
  | 'subsample'
  | 'dense'
  | 'relu'
  | 'tanh'
  | 'sigmoid'
  | 'square'
  | 'softmax'
  | 'ratio'
  | 'dropout'
  | 'flatten'
  | 'add'
  | 'concat'
  /** A kind that the server has and this page does not know: it may read all of its inputs. */
  | 'other';

/** [rows, columns]. */
export type Pair = readonly [number, number];

export interface LayerSpec {
  readonly name: string;
  readonly kind: Kind;
  /** What the server calls the kind, where this page has no such kind ('other'). */
  readonly called?: string;
  /** Names of the layers it reads, resolved: never empty. */
  readonly inputs: readonly string[];
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  /** How far apart the cells of a window lie (conv); [1, 1] is side by side. */
  readonly dilation: Pair;
  /** Pool only. */
  readonly mode: 'max' | 'average' | 'sum' | 'l2' | null;
  /** Conv: for each map the maps below that it reads, rising; null or absent: all. */
  readonly connections?: readonly (readonly number[])[] | null;
  /** Tanh: amplitude · tanh(slope · x); both 1 when absent. */
  readonly amplitude?: number;
  /** Dropout: the share that training drops. */
  readonly rate?: number;
  readonly slope?: number;
  /** (channels, rows, columns) or (units). */
  readonly shape: readonly number[];
  /** Shapes by short name: weight, bias. Empty for layers without parameters. */
  readonly parameters: Readonly<Record<string, readonly number[]>>;
}

/** The image, or numbers that were given, as if it were a layer: reads nothing, has no parameters. */
export interface InputLayer extends Omit<LayerSpec, 'kind'> {
  readonly kind: 'input' | 'array';
}

export type AnyLayer = LayerSpec | InputLayer;

export interface NetworkSpec {
  readonly id: string;
  readonly title: string;
  readonly input: {
    readonly name: string;
    readonly shape: readonly number[];
    /** Its numbers are nobody's drawing. */
    readonly given?: boolean;
    /** What 0 looks like in it, where that does not follow the theme: black in a photograph. */
    readonly zero?: 'black' | 'white' | undefined;
    /** Layers that are painted as it is, in grey: from the value of paper to that of ink. */
    readonly greys?: Readonly<Record<string, readonly [paper: number, ink: number]>>;
    readonly border: number;
    /** value = ink * scale + offset, ink in 0..1. */
    readonly scaling: { readonly scale: number; readonly offset: number };
  };
  readonly classes: readonly string[];
  readonly layers: readonly LayerSpec[];
  /** How many weights and biases there are, where the server says so. */
  readonly parameters?: number;
  /** Of all layers, where the server says so. */
  readonly multiply_adds?: number;
  /** Below this energy a drawing is hardly a digit; null or absent when it was never measured. */
  readonly energy_threshold?: number | null;
}

/** One number of the network. Units have row = column = 0. */
export interface Cell {
  readonly layer: string;
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

/** A box of cells of one layer; every bound is half-open, [from, to). */
export interface Region {
  readonly layer: string;
  readonly channel0: number;
  readonly channel1: number;
  readonly row0: number;
  readonly row1: number;
  readonly column0: number;
  readonly column1: number;
  /** Where it is not all maps from channel0 to channel1: those it is, rising. See `mapsOf`. */
  readonly maps?: readonly number[];
  /** The same of its rows and columns, where a dilated window skips some. See `rowsOf`. */
  readonly rows?: readonly number[];
  readonly columns?: readonly number[];
}

export interface Size {
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
  /** True for layers whose maps are single cells: (units) and (channels, 1, 1). */
  readonly unit: boolean;
}

export interface Graph {
  readonly spec: NetworkSpec;
  /** The image first, then the layers in topological order. */
  readonly names: readonly string[];
  /** Name of the image, as the spec calls it. */
  readonly input: string;
  /** Name of the last layer; `classes` names its units. */
  readonly output: string;
  readonly classes: readonly string[];
  has(name: string): boolean;
  /** Throws a sentence when there is no such layer. */
  layer(name: string): AnyLayer;
  /** Who reads this layer, in topological order. */
  readers(name: string): readonly string[];
  size(name: string): Size;
  /** Number of cells of a layer. */
  count(name: string): number;
  /** Row-major position of a cell in its layer's tensor. */
  offset(cell: Cell): number;
  cellAt(name: string, offset: number): Cell;
  valid(cell: Cell): boolean;
}

/** As decoded from safetensors: a view, row-major, in the spec's shape. */
export interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

/** `decode(buffer).tensors`: a trace (layer name, `name.winners`) or weights (`name.weight`). */
export type Tensors = ReadonlyMap<string, Tensor>;

/** What each source gave to a cell. */
export interface Contributions {
  /**
   * Signed amounts, Float64, in the order of the inputs: a dense unit weight × value for each cell
   * it reads; a conv cell the partial sum of each map; subsampling weight × value of its window;
   * add, average and sum pooling their addends;
   * max pooling its candidates; whatever passes a value on that one value.
   */
  readonly values: Float64Array;
  /** The cells that values[index] comes from: one cell, or a window in one map (conv). */
  region(index: number): Region;
  /** 0 where the layer has no bias. */
  readonly bias: number;
  /** Largest |value|; 0 when all are 0. */
  readonly largest: number;
  /**
   * sum: the values and the bias add up to the cell. max: one of them is the cell, `winner` says
   * which. pass: the value is passed on, through a function where the layer is one (relu, softmax).
   */
  readonly how: 'sum' | 'max' | 'pass';
  /** Index into values for max pooling, else -1. */
  readonly winner: number;
}

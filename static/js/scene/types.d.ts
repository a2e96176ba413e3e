// The contract between the scene (pure data) and whoever draws or shows it.
//
// All lengths are CSS pixels of the stage's picture; the renderer adds the scroll offset. Every
// edge of a cell lies on a device pixel: Math.round(x * layout.dpr) is exact. Text carries roles,
// never fonts or colours: fonts and tokens belong to the renderer (core/theme.js).

import type { Cell, Graph, Region, Tensor, Tensors } from '../geometry/types.d.ts';

export type {
  AnyLayer,
  Cell,
  Contributions,
  Graph,
  InputLayer,
  Kind,
  LayerSpec,
  NetworkSpec,
  Pair,
  Region,
  Size,
  Tensor,
  Tensors,
} from '../geometry/types.d.ts';

// ---------------------------------------------------------------- text

/**
 * LOOK.md "Type", in CSS px before the root's scale (size, weight):
 * name 15/600 · nameSmall 14/600 · fold 13 · shape 13 · params 13 · legend 12 · class 16/500 ·
 * classStrong 16/700 · classSmall 15/500 · classSmallStrong 15/700 · percent 13 ·
 * percentStrong 13/650 · percentSmall 12 · percentSmallStrong 12/600
 */
export type FontRole =
  | 'name'
  | 'nameSmall'
  | 'fold'
  | 'shape'
  | 'params'
  | 'legend'
  | 'class'
  | 'classStrong'
  | 'classSmall'
  | 'classSmallStrong'
  | 'percent'
  | 'percentStrong'
  | 'percentSmall'
  | 'percentSmallStrong';

/** A colour token, by name: --ink, --ink2, … */
export type Tone =
  | 'ink'
  | 'ink2'
  | 'ink3'
  | 'line'
  | 'line2'
  | 'raised'
  | 'accent'
  | 'window'
  | 'focus'
  | 'pos'
  | 'neg';

/** Width of a text in CSS px; the renderer measures with the real font and caches. */
export type Measure = (text: string, role: FontRole) => number;

// ---------------------------------------------------------------- layout

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

export interface LayoutOptions {
  /** The stage, CSS px. */
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
  /** Activations fold into the layer they read (true) or stand as layers of their own. */
  readonly folded: boolean;
  /** Layers that are left out. */
  readonly hidden?: readonly string[];
  /** Defaults to an estimate from character counts (tests). */
  readonly measure?: Measure;
  /** Projector size: 1 or 1.25. Blocks for captions and legends grow with it. */
  readonly text?: number;
  /** Channels of a layer, those to show first; asked only for layers too large to show whole. */
  readonly order?: (layer: string) => ArrayLike<number>;
  /** Few layers, with cells large enough for their numbers, which are written at once. */
  readonly few?: boolean;
  /** The readers of the stage's size decide the axis; this overrides it. */
  readonly axis?: 'x' | 'y';
  /** Sides of cells, device px, that are given: those of a picture beside this one. */
  readonly cells?: Cells;
}

/** Device px of a cell's side, by the shape whose cells they are (`Size.key` of scene/sizes.js). */
export type Cells = ReadonlyMap<string, number>;

/**
 * How a layer is drawn. image: one sequential scale, an outline. maps: tiles of cells. units: one
 * square a unit. bars: the answer, a row (axis x) or column (axis y) with name, track, percent.
 */
export type Look = 'image' | 'maps' | 'units' | 'bars';

export interface LayerBox {
  readonly layer: string;
  /** Names of the activations folded into it, in order; [] when none. */
  readonly fold: readonly string[];
  readonly look: Look;
  readonly rank: number;
  /** Position across, among the layers of its rank; `lanes` of them. */
  readonly lane: number;
  readonly lanes: number;
  /** Bounding box of all tiles (bars: names and percents too). */
  readonly rect: Rect;
  /** The space it owns: as long as its caption needs, caption and legend included. */
  readonly slot: Rect;
  /** Text block; captions never dim. */
  readonly caption: Rect;
  /** The legend with its labels; null for bars and where there is no room. */
  readonly legend: Rect | null;
  /** Side of a cell, CSS px; cell * dpr is whole. For bars: the height of a row (axis x). */
  readonly cell: number;
  /** Cells of one map. */
  readonly rows: number;
  readonly columns: number;
  /** Lines along the main axis, and maps in the longest line across: conv1 as 2 × 3. */
  readonly lines: number;
  readonly across: number;
  /** Shown channels, ascending, and the corner of each one's tile. Same length. */
  readonly channels: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** channel -> index into `channels`, -1 when it is not shown. */
  readonly place: Int32Array;
  /** Number of channels that are not shown: "+ n more". */
  readonly hidden: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  /** It passes at least one rank, in a channel outside the lanes. */
  readonly skip: boolean;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
  /** Fonts are the role's size times this. */
  readonly text: number;
  /** Of the options; widths of the unscaled roles. */
  readonly measure: Measure;
  /** The reading direction. */
  /** Few layers, with cells large enough for their numbers. */
  readonly few?: boolean;
  readonly axis: 'x' | 'y';
  /** Size of the picture; longer than the stage along the main axis when it scrolls. */
  readonly extent: { readonly width: number; readonly height: number };
  readonly scrolls: boolean;
  /** How large the cells of each shape are. */
  readonly cells: Cells;
  /** Visible layers in topological order. */
  readonly boxes: readonly LayerBox[];
  /** Box of a visible layer; undefined for folded activations and flatten. */
  box(layer: string): LayerBox | undefined;
  /**
   * The visible layer whose cells stand for this one's: itself, the layer an activation folded
   * into, what flatten reads.
   */
  stand(layer: string): string;
  /** The visible layers that a layer reads, across what is folded and hidden. */
  sources(layer: string): readonly string[];
  /** Between visible layers. */
  readonly edges: readonly LayoutEdge[];
  /** What the scrim covers: the whole picture. */
  readonly field: Rect;
  /** Zoomed in: the part of the screen in which cells are seen. Absent where all of it is seen. */
  readonly sight?: Rect;
  /** Zoomed in: the numbers of rows and columns at the edges of maps. */
  readonly rulers?: readonly TextItem[];
}

/** How the fitted picture is looked at: screen = picture × zoom + (x, y), in CSS pixels. */
export interface Camera {
  readonly zoom: number;
  /** NaN until its place in this window is known. */
  readonly x: number;
  readonly y: number;
  /** What stands in the middle: so the same is found in another window. */
  readonly at?: Anchor | null;
}

/** A point as shares of a layer's rect. */
export interface Anchor {
  readonly layer: string;
  readonly u: number;
  readonly v: number;
}

// ---------------------------------------------------------------- values

/** Of a map, of a layer with what it reads, of all layers; or of a layer alone, whatever it reads. */
export type Scale = 'map' | 'layer' | 'network' | 'own';

/** What of the state the scene looks at. */
export interface View {
  /** `decode(…).tensors` of the trace; null while nothing is drawn (also pass null for blank). */
  readonly trace: Tensors | null;
  /** Size of the picture that the trace was read from; null or absent where that were strokes. */
  readonly picture?: { readonly width: number; readonly height: number } | null;
  /** What the server says against the reading; absent or '' where nothing is. */
  readonly note?: string;
  /** `decode(…).tensors` of the weights; null until they are loaded. */
  readonly weights: Tensors | null;
  readonly scale: Scale;
  /** Another reading that is shown at the same scale. */
  readonly beside?: Beside | null;
}

export interface Beside {
  /** By layer: what its colours reach at least. */
  readonly limits: ReadonlyMap<string, number>;
  /** The reading that a difference is taken from. */
  readonly then: Tensors | null;
}

/** Colour of a value: v / limit in -1..1 on the diverging scale; the image (v - low)/(high - low). */
export interface Range {
  readonly layer: string;
  readonly image: boolean;
  /** Smallest and largest value that occur. */
  readonly min: number;
  readonly max: number;
  /** M: the largest |v| of the scope. Above 0 always. */
  readonly limit: number;
  /** M per channel under the scale 'map', else null. */
  readonly limits: Float64Array | null;
  readonly signed: boolean;
  /** The image: what 0 looks like, where that does not follow the theme. */
  readonly zero?: 'black' | 'white' | undefined;
  /** The image: value of paper and of ink. Elsewhere -limit and limit. */
  readonly low: number;
  readonly high: number;
}

// ---------------------------------------------------------------- still picture

/** All tiles of one layer; colours come from the trace and its Range. */
export interface TilesItem {
  readonly kind: 'tiles';
  readonly layer: string;
  readonly look: 'image' | 'maps' | 'units';
  readonly cell: number;
  readonly rows: number;
  readonly columns: number;
  readonly channels: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A 1 px line just outside the rect: the frame of the image. */
export interface OutlineItem {
  readonly kind: 'outline';
  readonly layer: string;
  readonly rect: Rect;
  readonly tone: Tone;
}

export interface TextItem {
  readonly kind: 'text';
  readonly layer: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: 'left' | 'center' | 'right';
  readonly baseline: 'alphabetic' | 'middle';
  readonly font: FontRole;
  readonly tone: Tone;
}

/** A gradient bar; its ends, tick and labels come from LegendValue. */
export interface LegendItem {
  readonly kind: 'legend';
  readonly layer: string;
  readonly image: boolean;
  readonly bar: Rect;
  /** below: low at the left end, high at the right end, on `baseline`. beside: left and right of it. */
  readonly labels: 'below' | 'beside' | 'tight';
  /** y of the labels' baseline. */
  readonly baseline: number;
  /** beside: where the low label ends and the high label ends (both right aligned). */
  readonly lowX: number;
  readonly highX: number;
}

/** Where a text of a bar goes; the text itself is in the item or in BarValue. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly align: 'left' | 'center' | 'right';
  readonly baseline: 'alphabetic' | 'middle';
}

export interface BarItem {
  readonly kind: 'bar';
  readonly layer: string;
  readonly channel: number;
  /** All of it: what pick() takes for the unit. */
  readonly row: Rect;
  readonly track: Rect;
  /** Fills from the left (x) or from below (y). */
  readonly grow: 'x' | 'y';
  readonly name: string;
  readonly nameSpot: Spot;
  readonly percentSpot: Spot;
  /** Fonts: class/percent on the axis x, classSmall/percentSmall on y; the strong one when first. */
  readonly small: boolean;
}

/** A line between layers, with an arrow head at its end. */
export interface EdgeItem {
  readonly kind: 'edge';
  readonly points: readonly Point[];
  readonly skip: boolean;
  readonly tone: Tone;
}

/** In painting order. Depends on the layout only, never on the trace. */
export type StillItem = TilesItem | OutlineItem | TextItem | LegendItem | BarItem | EdgeItem;

export interface LegendValue {
  /** Ends of the bar as values: only what occurs, 0 always inside. */
  readonly low: number;
  readonly high: number;
  readonly lowText: string;
  readonly highText: string;
  /** Both in one, where there is no room for two: "±0.034". */
  readonly both: string;
  /** Where the tick at 0 stands, 0..1 along the bar; null when 0 is an end. */
  readonly zero: number | null;
  /** What the numbers are, where they are no values. */
  readonly caption?: string;
}

export interface BarValue {
  /** −1..1 of the track; below zero only where it can be. */
  readonly fraction: number;
  readonly text: string;
  /** The first guess. */
  readonly strong: boolean;
  /** Of the percent: ink for the first, ink2 above 1 %, ink3 below. Track fill: ink or ink3. */
  readonly tone: Tone;
  /** Of the track, where numbers have a sign: pos above zero, neg below. */
  readonly fill?: Tone;
}

/** Whether a text fits where it shall stand. */
export type Fits = (text: string) => boolean;

/** Cells that a quantity says something of; `after`: they come after the cell that it is about. */
export interface Reach {
  readonly region: Region;
  readonly after: boolean;
}

/**
 * What a stage shows: a number for every cell, and all that its picture says of them. Tiles, bars,
 * legends, numbers in cells and the network in space take it from here alone.
 */
export interface Quantity {
  /** By which the table of quantities/ knows it. */
  readonly name: string;
  /** The cell that it is about; null where that is the whole drawing. */
  readonly of: Cell | null;
  /** By layer; none while nothing is drawn. */
  readonly tensors: Tensors;
  readonly ranges: ReadonlyMap<string, Range>;
  legend(layer: string): LegendValue | null;
  /** Of a layer that is drawn as bars, by channel. */
  bars(layer: string, fits: Fits): readonly BarValue[];
  /** By layer, the cells that it says something of; null: of all. */
  readonly regions: ReadonlyMap<string, Reach> | null;
  /** What is shown where it says nothing. */
  readonly under: Quantity | null;
}

/** What the server answered about a cell: numbers by layer. */
export interface Answer {
  readonly cell: Cell;
  readonly tensors: Tensors;
}

/** The paths to a score, or to the difference of two, as the server found them (`app/README.md`). */
export interface Paths {
  /** The score. */
  readonly cell: Cell;
  /** The score that is taken away from it. */
  readonly against: Cell | null;
  /** Layers whose cells make a chain, in the order of the network. */
  readonly junctions: readonly string[];
  /** All paths and the biases are the score. */
  readonly exact: boolean;
  readonly tensors: Tensors;
}

/** Paths that lead through the same cells. */
export interface Chain {
  readonly value: number;
  readonly cells: readonly Cell[];
}

/** Why a score is what it is, by paths. Texts add up as they are shown. */
export interface WhyAccount {
  readonly rows: readonly {
    readonly path: number;
    readonly value: number;
    readonly for: boolean;
    readonly names: readonly string[];
    readonly valueText: string;
  }[];
  readonly sum: readonly { readonly role: string; readonly name: string; readonly text: string }[];
  /** Nothing bends on the way but at corners. */
  readonly straight: boolean;
  /** With the chosen path muted. */
  readonly muted: {
    readonly before: string;
    readonly after: string;
    readonly change: string;
    readonly brings: string;
  } | null;
}

/** What quantities are made from. */
export interface Sources {
  readonly view: View;
  readonly value: Quantity;
  readonly pinned: Cell | null;
  /** To the question that the quantity asks. */
  readonly answer: Answer | null;
}

/** A quantity that a stage can show; a file of quantities/. */
export interface QuantityKind {
  /** What switch, legends and account call it. */
  readonly word: string;
  /** Whether a visitor can choose it; true where it is not said. */
  readonly offered?: boolean;
  /** The question about the pinned cell that the server answers with its numbers. */
  readonly asks?: string;
  /** Which cell is asked about while one is pinned; that one where it is not said. */
  about?(graph: Graph, pinned: Cell): Cell;
  /** Makes it of what the page has; not given where it is what the server answers about a cell. */
  of?(graph: Graph, sources: Sources): Quantity | null;
  /** A sentence for the account, of the whole or of the cell that is pointed at. */
  says?(graph: Graph, answer: Answer, pinned: Cell, pointed: Cell | null): string;
  /** The same for those who know formulas. */
  formula?(graph: Graph, pinned: Cell): string;
}

// ---------------------------------------------------------------- pointing

export type FrameRole =
  /** taken: a cell of a window that skips those between. */
  | 'taken'
  | 'pointed'
  | 'pinned'
  | 'window'
  | 'field'
  | 'winner'
  | 'forward'
  | 'compare'
  | 'focus'
  | 'path';

/** Cells of one layer; `whole`: they are all of its cells, and more than one. */
export interface Part {
  readonly region: Region;
  readonly whole?: boolean;
}

/** A frame around each map of the cells; around all of them where they are the whole layer. */
export interface FrameMark extends Part {
  readonly role: FrameRole;
  readonly style: FrameStyle;
}

/** A line from cells to cells. */
export interface LineMark {
  readonly from: Region;
  readonly to: Region;
  /** The contribution. */
  readonly value: number;
  /** Signed strength, -1..1: contribution / largest of its bundle. */
  readonly t: number;
  /** It leads from the selected cell to its readers. */
  readonly onwards: boolean;
}

/** What the cells of one layer are read by in the next: sides in space, edges of them when flat. */
export interface WedgeMark {
  readonly from: readonly Part[];
  readonly to: readonly Part[];
  /** false where curves say the same. */
  readonly edged: boolean;
}

/** A number on the picture, which a legend explains. */
export interface Note {
  readonly text: string;
  readonly layer: string;
  /** The layer, what is folded into it, or what of it or of the selected cell is named. */
  readonly part: string;
  /** It stands out. */
  readonly strong: boolean;
}

/** Where a number stands: at the name of a layer, or on its cells. */
export interface NoteMark extends Part {
  readonly text: string;
  readonly strong: boolean;
  /** Beside the name, or behind what is folded. */
  readonly named?: 'before' | 'behind';
  /** Which of several maps, where there are as many. */
  readonly nth?: number;
}

/** What pointing means, in cells; placed by marks/flat.js and space/marks.js. In painting order. */
export interface Marks {
  readonly frames: readonly FrameMark[];
  readonly lines: readonly LineMark[];
  readonly wedges: readonly WedgeMark[];
  /** What takes part, while all else is dimmed; null while nothing is. */
  readonly lit: readonly Part[] | null;
  /** On which cells a quantity lies over the values; they are lit, too. */
  readonly cells: readonly Reach[];
  /** Numbers of a legend. */
  readonly notes?: readonly NoteMark[];
}

export interface FrameStyle {
  readonly width: number;
  readonly opacity: number;
  /** A line of the ground's colour on both sides, so that the frame shows on any value. */
  readonly halo: boolean;
  readonly tone: Tone;
  /** double: two lines in the width of one. */
  readonly line: 'solid' | 'dashed' | 'double';
  /** CSS px between the cells and the frame; 0 where it is not given. */
  readonly away?: number;
  /** In space it is seen through whatever stands before it. */
  readonly front?: boolean;
}

/** A frame outside its rect: it never covers a value. */
export interface FrameItem extends FrameStyle {
  readonly kind: 'frame';
  readonly role: FrameRole;
  readonly layer: string;
  /** The cells it frames; the line starts outside (after 1 px of halo when there is one). */
  readonly rect: Rect;
}

/** A cubic curve; control points are given so that the renderer needs no axis. */
export interface CurveItem {
  readonly kind: 'curve';
  readonly from: Point;
  readonly control1: Point;
  readonly control2: Point;
  readonly to: Point;
  /** Signed strength, -1..1: contribution / largest of its bundle. Its sign is the colour. */
  readonly t: number;
  /** The contribution itself. */
  readonly value: number;
  /** 0.75 + 3.25 |t|. */
  readonly width: number;
  /** (0.18 + 0.77 |t|), times 0.8 for the forward cone. */
  readonly opacity: number;
  readonly forward: boolean;
}

/** Lines from frame to frame, 1 px in the window's tone. */
export interface WedgeItem {
  readonly kind: 'wedge';
  readonly lines: readonly (readonly [x0: number, y0: number, x1: number, y1: number])[];
  readonly opacity: number;
}

/** Fill the area with --scrim, then clear the holes (they may overlap: clear, don't clip). */
export interface ScrimItem {
  readonly kind: 'scrim';
  readonly area: Rect;
  readonly holes: readonly Rect[];
}

/** In painting order: scrim, cells, wedges, curves (weakest first), frames (the cell last). */
export type OverlayItem = ScrimItem | WedgeItem | CurveItem | FrameItem | CellsItem | NoteItem;

/** A number in a disc, which may be pressed. */
export interface NoteItem {
  readonly kind: 'note';
  readonly text: string;
  readonly layer: string;
  readonly strong: boolean;
  readonly x: number;
  readonly y: number;
  /** Half as wide as it is. */
  readonly radius: number;
}

/** Cells of a layer on which a quantity lies over the values. */
export interface CellsItem extends Reach {
  readonly kind: 'cells';
  readonly layer: string;
  /** Where they stand; [] for bars. */
  readonly rects: readonly Rect[];
}

// ---------------------------------------------------------------- account

/**
 * is: what the layer does, or how much ink · reads: its window · field: its receptive field in the
 * image · goes: who reads it.
 */
export type SentenceRole = 'is' | 'reads' | 'field' | 'goes';

export interface Sentence {
  readonly role: SentenceRole;
  readonly text: string;
}

export interface CellAccount {
  readonly kind: 'cell';
  readonly cell: Cell;
  /** The layer's name. */
  readonly title: string;
  /** "map 7, row 7, column 3", "unit 34 of 120", "class 3". */
  readonly place: string;
  /** null while nothing is drawn. */
  readonly value: number | null;
  readonly valueText: string;
}

export interface AnswerRow {
  readonly name: string;
  readonly channel: number;
  readonly score: number;
  readonly scoreText: string;
  /** exp(score - largest score) and its text; texts add up to sumText with roundingText. */
  readonly exponential: number;
  readonly exponentialText: string;
  readonly probability: number;
  readonly probabilityText: string;
  /** 0 first guess, 1 second, … */
  readonly rank: number;
}

/** "Why 3?": where the softmax's probabilities come from. */
export interface AnswerAccount {
  readonly kind: 'answer';
  readonly title: string;
  readonly name: string;
  readonly probabilityText: string;
  readonly second: { readonly name: string; readonly probabilityText: string } | null;
  /** Null when the network does not end in a softmax: rows then hold values only. */
  readonly scoreLayer: string | null;
  /** The log-sum-exp of the scores; null without a softmax. */
  readonly energy: number | null;
  /** What speaks against the answer: what the picture says, or an energy below the threshold. */
  readonly doubtText: string;
  readonly softmaxLayer: string;
  /** What each exponent lacks to its score: "− 15.214", "+ 1.539". */
  readonly lessText: string;
  readonly sumText: string;
  /** "rounding −0.001" amount with sign when the shown exponentials do not add up, else null. */
  readonly roundingText: string | null;
  readonly lead: number;
  readonly leadText: string;
  /** exp(lead) as "8.6". */
  readonly timesText: string;
  readonly rows: readonly AnswerRow[];
  readonly sentences: readonly string[];
  readonly line: string;
}

export interface EmptyAccount {
  readonly kind: 'empty';
  readonly title: string;
  readonly lead: string;
  readonly steps: readonly { readonly title: string; readonly text: string }[];
  readonly line: string;
}

export type Account = CellAccount | AnswerAccount | EmptyAccount;

// What crosses the wire. Written by `make types` from app/schemas.py; do not edit.

/** The server is up and its networks are loaded. */
export interface Health {
  readonly status: 'ok';
  readonly version: string;
}

/** One line of the list of networks. */
export interface ModelSummary {
  readonly id: string;
  readonly title: string;
  /** How many numbers training has set. */
  readonly parameters: number;
  /** On MNIST's test set, 0 to 1; null when unknown. */
  readonly accuracy: number | null;
  /** Whether the page can show it: it reads drawings of 28×28 and has classes. */
  readonly shown?: boolean;
}

/** How one class of the test images was read. */
export interface ClassCard {
  readonly name: string;
  readonly correct: number;
  readonly total: number;
  /** null where there is no image of it. */
  readonly accuracy: number | null;
  /** What it was taken for most often; the first of equals. */
  readonly taken_for: string | null;
  /** How often that was. */
  readonly times: number;
}

/** What "not sure" keeps out, and at what price; shares of 0 to 1. */
export interface DoubtCard {
  readonly threshold: number;
  /** Of digits: those that are called unsure. */
  readonly lost: Readonly<Record<string, number>>;
  /** Of drawings that are no digit. */
  readonly rejected: Readonly<Record<string, number>>;
}

/** From what it learnt. */
export interface LearntCard {
  /** Its title; null where its files are not known. */
  readonly set: string | null;
  /** Their names and SHA-256, unpacked. */
  readonly files: Readonly<Record<string, string>>;
  /** Of them it learnt from; null when unknown. */
  readonly images: number | null;
  /** Of them it was only judged by, while it was made. */
  readonly held_out: number;
  /** Whether each was bent and turned anew, each time. */
  readonly distorted: boolean;
  /** The share of digits beside them that a pen of ours drew. */
  readonly drawn: number;
  /** The share of them that a pen of ours drew once more. */
  readonly redrawn: number;
  /** The share of drawings beside them that are no digit. */
  readonly strange: number;
  /** Whether all their pixels were put in another order. */
  readonly shuffled: boolean;
  /** Networks whose answers it learnt, too. */
  readonly teachers: number;
}

/** How it was made. */
export interface MadeCard {
  readonly recipe: string;
  /** What makes the same bytes again; "" where nothing does. */
  readonly command: string;
  readonly epochs: number;
  readonly seed: number;
  readonly numpy: string;
  /** The weights that it began with; "" for none. */
  readonly pretrained: string;
  /** After which step it was stopped; null for none. */
  readonly stopped_after: number | null;
}

/** What a network's file says of it; null where it says nothing. */
export interface ModelCard {
  readonly id: string;
  readonly title: string;
  readonly sha256: string;
  readonly parameters: number;
  /** On test images, 0 to 1. */
  readonly accuracy: number | null;
  /** On images held out, 0 to 1. */
  readonly validation_accuracy: number | null;
  readonly correct: number | null;
  readonly total: number | null;
  /** Empty where nothing was counted. */
  readonly classes: readonly ClassCard[];
  readonly doubt: DoubtCard | null;
  readonly learnt: LearntCard | null;
  readonly made: MadeCard | null;
  /** Of those that come along. */
  readonly licence: string | null;
}

/** What the network sees of ink in 0..1: ink × scale + offset. */
export interface Scaling {
  readonly scale: number;
  readonly offset: number;
}

/** The image, as every layer that names "input" reads it. */
export interface InputSpec {
  readonly name: 'input';
  readonly shape: readonly [number, number, number];
  /** Cells of paper around the 28×28 image. */
  readonly border: number;
  readonly scaling: Scaling;
}

/** One layer: its geometry and the shapes of its weights, not the weights. */
export interface LayerSpec {
  readonly name: string;
  readonly kind:
    | 'conv'
    | 'pool'
    | 'subsample'
    | 'dense'
    | 'relu'
    | 'tanh'
    | 'sigmoid'
    | 'square'
    | 'dropout'
    | 'softmax'
    | 'ratio'
    | 'flatten'
    | 'add'
    | 'concat';
  readonly inputs: readonly string[];
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  /** How far apart the weights of a conv layer's kernel lie; 1 is side by side. */
  readonly dilation: readonly [number, number];
  readonly mode: 'max' | 'average' | 'sum' | 'l2' | null;
  /** For each map of a conv layer the maps below that it reads; null for all. */
  readonly connections: readonly (readonly number[])[] | null;
  /** A tanh layer gives amplitude × tanh(slope × x). */
  readonly amplitude: number;
  readonly slope: number;
  /** The share of its cells that a dropout layer drops in a step of training. */
  readonly rate: number;
  /** (maps, rows, columns), or (units,). */
  readonly shape: readonly number[];
  /** Shapes of weight and bias, if any. */
  readonly parameters: Readonly<Record<string, readonly number[]>>;
}

/** A layer of a graph of operations: what it costs and sees, too. */
export interface GraphLayer {
  readonly name: string;
  readonly kind:
    | 'conv'
    | 'pool'
    | 'subsample'
    | 'dense'
    | 'relu'
    | 'tanh'
    | 'sigmoid'
    | 'square'
    | 'dropout'
    | 'softmax'
    | 'ratio'
    | 'flatten'
    | 'add'
    | 'concat';
  readonly inputs: readonly string[];
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  /** How far apart the weights of a conv layer's kernel lie; 1 is side by side. */
  readonly dilation: readonly [number, number];
  readonly mode: 'max' | 'average' | 'sum' | 'l2' | null;
  /** For each map of a conv layer the maps below that it reads; null for all. */
  readonly connections: readonly (readonly number[])[] | null;
  /** A tanh layer gives amplitude × tanh(slope × x). */
  readonly amplitude: number;
  readonly slope: number;
  /** The share of its cells that a dropout layer drops in a step of training. */
  readonly rate: number;
  /** (maps, rows, columns), or (units,). */
  readonly shape: readonly number[];
  /** Shapes of weight and bias, if any. */
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  /** How many weights and biases it has. */
  readonly learnt: number;
  /** Products with weights, each added to a sum. */
  readonly multiply_adds: number;
  /** Rows and columns of the input that a cell far from the borders depends on. */
  readonly receptive_field: readonly [number, number];
}

/** A graph of operations, as a reader draws and explains a network. */
export interface GraphDescription {
  readonly id: 'operations';
  readonly title: 'Operations';
  /** How many weights and biases there are. */
  readonly parameters: number;
  readonly multiply_adds: number;
  readonly input: InputSpec;
  /** None: a graph tells no classes apart. */
  readonly classes: readonly string[];
  readonly layers: readonly GraphLayer[];
}

/** A network without its weights: everything a reader needs to draw and explain it. */
export interface Model {
  readonly id: string;
  readonly title: string;
  /** How many numbers training has set. */
  readonly parameters: number;
  /** On MNIST's test set, 0 to 1; null when unknown. */
  readonly accuracy: number | null;
  /** Whether the page can show it: it reads drawings of 28×28 and has classes. */
  readonly shown?: boolean;
  /** Of the weights as served. */
  readonly sha256: string;
  /** Below this energy, the log-sum-exp of the scores, a drawing is hardly a digit; null when it was never measured. */
  readonly energy_threshold: number | null;
  readonly input: InputSpec;
  readonly classes: readonly string[];
  readonly layers: readonly LayerSpec[];
}

/** Pen down to pen up. Points beyond the pad are clipped to it. */
export interface Stroke {
  /** [x, y], rightwards and downwards, in sides of the pad. */
  readonly points: readonly (readonly [number, number])[];
  /** Of the pen, as a fraction of the pad's side. */
  readonly width?: number;
  readonly erase?: boolean;
}

/** A drawing, stroke by stroke, in the order in which it was drawn. */
export interface StrokesBody {
  readonly strokes: readonly Stroke[];
  /** Crop to the ink, scale and centre it, as MNIST was made. */
  readonly center?: boolean;
}

/** An image of 28×28, row by row, taken as it is. */
export interface PixelsBody {
  /** 0 is paper, 255 is ink. */
  readonly pixels: readonly number[];
}

/** What goes into a network as it is, for networks that read no drawings, too. */
export interface InputBody {
  /** As many numbers as the network's input has, in C order, already scaled. */
  readonly input: readonly number[];
}

/** One step from some weights to others. */
export interface Edit {
  /** set puts the values there, scale multiplies with one, add adds them. */
  readonly do: 'set' | 'scale' | 'add';
  /** A parameter (conv2.weight), or a layer (conv2): all its parameters. */
  readonly of: string;
  /** The first of its indices: [3] is a filter or a bias, [3, 0, 2, 4] one weight, [] all. */
  readonly at?: readonly number[];
  /** One number for all of the place, or one for each of its weights in C order. */
  readonly values: readonly number[];
}

/** Edits, made one after the other in float32: the same ones always make the same weights. */
export interface EditsBody {
  readonly edits: readonly Edit[];
}

/** What a trace says about itself; strings, as in a safetensors file. */
export interface TraceMetadata {
  readonly model: string;
  readonly weights: string;
  readonly blank: 'true' | 'false';
  /** Why there is no ink, or what speaks against the reading; empty for nothing. With a note a reading is not sure, whatever its energy. */
  readonly note: string;
  /** Which sentence the note is, so that it can be worded anew. */
  readonly note_kind?: string;
  /** JSON: what fills its gaps. */
  readonly note_parameters?: string;
  /** JSON: [left, top, right, bottom] of each digit, as fractions as in `preprocess.crop`, in reading order, when it looks like several; else []. `?digit=` chooses which is read, from 0; the largest by default. */
  readonly digits: string;
}

/** What derivatives say about themselves, too: whose they are. */
export interface DerivativesMetadata {
  readonly model: string;
  readonly weights: string;
  readonly blank: 'true' | 'false';
  /** Why there is no ink, or what speaks against the reading; empty for nothing. With a note a reading is not sure, whatever its energy. */
  readonly note: string;
  /** Which sentence the note is, so that it can be worded anew. */
  readonly note_kind?: string;
  /** JSON: what fills its gaps. */
  readonly note_parameters?: string;
  /** JSON: [left, top, right, bottom] of each digit, as fractions as in `preprocess.crop`, in reading order, when it looks like several; else []. `?digit=` chooses which is read, from 0; the largest by default. */
  readonly digits: string;
  /** As code writes it: conv2[3,2,4]. */
  readonly cell: string;
}

/** What paths say about themselves, too: which score they lead to, and where they are told. */
export interface PathsMetadata {
  readonly model: string;
  readonly weights: string;
  readonly blank: 'true' | 'false';
  /** Why there is no ink, or what speaks against the reading; empty for nothing. With a note a reading is not sure, whatever its energy. */
  readonly note: string;
  /** Which sentence the note is, so that it can be worded anew. */
  readonly note_kind?: string;
  /** JSON: what fills its gaps. */
  readonly note_parameters?: string;
  /** JSON: [left, top, right, bottom] of each digit, as fractions as in `preprocess.crop`, in reading order, when it looks like several; else []. `?digit=` chooses which is read, from 0; the largest by default. */
  readonly digits: string;
  /** As code writes it: conv2[3,2,4]. */
  readonly cell: string;
  /** The other cell, for the difference of two scores; else empty. */
  readonly against: string;
  /** Names of the layers whose cells make a chain, with spaces between. */
  readonly junctions: string;
  /** Whether only straight pieces lead to the score: paths and biases are it. */
  readonly exact: 'true' | 'false';
}

/** What steps of training say about themselves, too: which they are. */
export interface StepMetadata {
  readonly model: string;
  readonly weights: string;
  readonly blank: 'true' | 'false';
  /** Why there is no ink, or what speaks against the reading; empty for nothing. With a note a reading is not sure, whatever its energy. */
  readonly note: string;
  /** Which sentence the note is, so that it can be worded anew. */
  readonly note_kind?: string;
  /** JSON: what fills its gaps. */
  readonly note_parameters?: string;
  /** JSON: [left, top, right, bottom] of each digit, as fractions as in `preprocess.crop`, in reading order, when it looks like several; else []. `?digit=` chooses which is read, from 0; the largest by default. */
  readonly digits: string;
  /** The class that is learnt, from 0. */
  readonly target: string;
  readonly loss: string;
  /** Of which layer the loss is taken. */
  readonly layer: string;
  readonly optimiser: string;
  readonly rate: string;
  readonly momentum: string;
  readonly decay: string;
  readonly steps: string;
}

/** What the account of a gradient says about itself, too: whose it is, and who sends it. */
export interface GradientMetadata {
  readonly model: string;
  readonly weights: string;
  readonly blank: 'true' | 'false';
  /** Why there is no ink, or what speaks against the reading; empty for nothing. With a note a reading is not sure, whatever its energy. */
  readonly note: string;
  /** Which sentence the note is, so that it can be worded anew. */
  readonly note_kind?: string;
  /** JSON: what fills its gaps. */
  readonly note_parameters?: string;
  /** JSON: [left, top, right, bottom] of each digit, as fractions as in `preprocess.crop`, in reading order, when it looks like several; else []. `?digit=` chooses which is read, from 0; the largest by default. */
  readonly digits: string;
  /** The class that is learnt, from 0. */
  readonly target: string;
  readonly loss: string;
  /** Of which layer the loss is taken. */
  readonly layer: string;
  readonly optimiser: string;
  readonly rate: string;
  readonly momentum: string;
  readonly decay: string;
  readonly steps: string;
  /** As code writes it: conv2[3,2,4], or conv2.weight[3,0,2,4]. */
  readonly of: string;
  /** JSON: [layer, factor] of each that sends a part back; the layer `loss` is the loss itself. Factors are weight, gate, slope, winner, share, copy, part or matrix; of the loss difference, logarithm or margin; of a weight input, sum or one. */
  readonly readers: string;
  /** JSON: [what, layer, cell] of the corners that the nudge crosses, the first 20: gate, winner, length (of L2 pooling) or margin (of the hinge). */
  readonly crossings: string;
}

/** A few scores before a step, and all that is made of them. */
export interface ScoreMoment {
  readonly scores: readonly number[];
  /** Softmax of the scores. */
  readonly shares: readonly number[];
  /** ½ (target - share)² of each. */
  readonly squares: readonly number[];
  /** `cross_entropy`, and `squared_error`: their sum. */
  readonly losses: Readonly<Record<string, number>>;
  /** The gradient of the squared error at the shares: share - target. */
  readonly by_shares: readonly number[];
  /** Row j, column k: how share j changes with score k, p(1 - p) or -pq. */
  readonly matrix: readonly (readonly number[])[];
  /** Row j of the matrix times by_shares[j]; column k adds up to the gradient of the squared error at score k. */
  readonly products: readonly (readonly number[])[];
  /** At the scores: `cross_entropy`, p - t, and `squared_error`. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

/** Steps on a few scores: how they stand before the first one, and after each. */
export interface ScoreSteps {
  readonly target: number;
  readonly loss: 'cross_entropy' | 'squared_error';
  readonly rate: number;
  readonly moments: readonly ScoreMoment[];
}

/** One tensor of a trace as JSON; null stands for a value that is not a finite number. */
export interface TensorJson {
  readonly dtype: 'F64' | 'F32' | 'I32' | 'U8';
  readonly shape: readonly number[];
  /** In C order. */
  readonly data: readonly (number | null)[];
}

/** What is wrong with one field, and how to mend it. */
export interface FieldError {
  /** JSON Pointer into the body. */
  readonly pointer?: string | null;
  /** Or the name of a query parameter. */
  readonly parameter?: string | null;
  /** Which sentence it is: a line of the list on /api/docs. */
  readonly kind: string;
  /** What fills the gaps of that sentence. */
  readonly parameters?: Readonly<Record<string, string | number | readonly (string | number)[]>>;
  readonly detail: string;
  readonly mend: string;
}

/** Why a request was refused (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Which sentence it is: a line of the list on /api/docs. */
  readonly kind: string;
  /** What fills the gaps of that sentence. */
  readonly parameters?: Readonly<Record<string, string | number | readonly (string | number)[]>>;
  /** The sentence in English; of several wrong fields it is the first one's. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

/** A layer as it is sent: name, kind, inputs, and all that its kind has, and nothing else. */
export interface LayerBody {
  /** A letter, then letters, digits, - and _; not `input`. */
  readonly name: string;
  readonly kind:
    | 'conv'
    | 'pool'
    | 'subsample'
    | 'dense'
    | 'relu'
    | 'tanh'
    | 'sigmoid'
    | 'square'
    | 'dropout'
    | 'softmax'
    | 'ratio'
    | 'flatten'
    | 'add'
    | 'concat';
  /** Layers before it, or `input`; [] for the one right before it. */
  readonly inputs: readonly string[];
  /** conv, pool, subsample: rows and columns, here as below. */
  readonly kernel?: readonly [number, number] | null;
  /** conv, pool, subsample. */
  readonly stride?: readonly [number, number] | null;
  /** conv, pool, subsample: on both sides. */
  readonly padding?: readonly [number, number] | null;
  /** conv: maps; dense: units. */
  readonly channels?: number | null;
  /** pool. */
  readonly mode?: 'max' | 'average' | 'sum' | 'l2' | null;
  /** conv: how far the weights of a kernel lie apart; else [1, 1]. */
  readonly dilation?: readonly [number, number] | null;
  /** conv: for each map the maps below that it reads; else all. */
  readonly connections?: readonly (readonly number[])[] | null;
  /** tanh: else 1. */
  readonly amplitude?: number | null;
  /** tanh: else 1. */
  readonly slope?: number | null;
  /** dropout: the share that training drops. */
  readonly rate?: number | null;
}

/** How a drawing becomes what a network reads. */
export interface NetworkInput {
  /** Channels, rows, columns; with the border. */
  readonly shape: readonly [number, number, number];
  /** Cells of paper on each side of the 28×28 of a drawing. */
  readonly border: number;
  /** A cell holds ink × scale + offset; ink is 0 to 1. */
  readonly scale: number;
  readonly offset: number;
}

/** A network without its weights, as `convlens train FILE` takes it. */
export interface NetworkFile {
  /** Small letters, digits, - and _; 40 at most. */
  readonly id: string;
  readonly title: string;
  readonly input: NetworkInput;
  /** Names of the units of the last layer. */
  readonly classes: readonly string[];
  readonly layers: readonly LayerBody[];
}

/** What the weights are that are not sent, as before any training; biases are 0. */
export interface FirstValues {
  /** he: for relu; glorot: for tanh; normal: of `deviation`; zeros; equal: `value`. */
  readonly method: 'he' | 'glorot' | 'normal' | 'zeros' | 'equal';
  /** The same gives the same. */
  readonly seed?: number;
  /** Standard, of normal. */
  readonly deviation?: number;
  /** Of equal. */
  readonly value?: number;
  /** equal: whether the units of the last layer with weights have their own share of `value`, 1/n, 2/n, … of n units; where all are alike, all errors cancel on the way back. */
  readonly graded?: boolean;
}

/** How the input is placed otherwise: enlarged, then turned, then moved. */
export interface MoveBody {
  /** Rows; up when negative. */
  readonly down?: number;
  /** Columns; to the left when negative. */
  readonly right?: number;
  /** Degrees about the middle, counter-clockwise. */
  readonly rotation?: number;
  /** Times as large, about the middle. */
  readonly scale?: number;
}

/** What else is wished; in safetensors each stands in the metadata, as JSON. */
export interface Wishes {
  /** Draws the weights that are not sent; the answer holds all weights then, as LAYER.weight and LAYER.bias. */
  readonly first?: FirstValues | null;
  /** Layers of another graph on the same input, as in `layers`: the metadata describe it, whatever it would cost. It is not run, and needs no weights. */
  readonly describe?: readonly unknown[] | null;
  /** Whether the metadata say how the values of layers are spread. */
  readonly spread?: boolean;
  /** Bins on each side of 0, 1 to 50: the metadata count the values of layers in them. */
  readonly histogram?: number | null;
  /** The graph is run on the input moved so, each move by itself: the metadata say how far what layers give is from before, and the answer holds as `input.moved` what went in, (moves, channels, rows, columns). Between cells it is bilinear, from outside comes 0. */
  readonly moves?: readonly MoveBody[] | null;
  /** A unit of the last layer, from 0: the answer holds the gradients of all weights, as LAYER.weight.gradient, of the cross-entropy with this unit as the target. */
  readonly gradients?: number | null;
}

/** A graph of layers, the array that goes in, and the weights of the layers. */
export interface OperationsBody {
  /** Draws the weights that are not sent; the answer holds all weights then, as LAYER.weight and LAYER.bias. */
  readonly first?: FirstValues | null;
  /** Layers of another graph on the same input, as in `layers`: the metadata describe it, whatever it would cost. It is not run, and needs no weights. */
  readonly describe?: readonly unknown[] | null;
  /** Whether the metadata say how the values of layers are spread. */
  readonly spread?: boolean;
  /** Bins on each side of 0, 1 to 50: the metadata count the values of layers in them. */
  readonly histogram?: number | null;
  /** The graph is run on the input moved so, each move by itself: the metadata say how far what layers give is from before, and the answer holds as `input.moved` what went in, (moves, channels, rows, columns). Between cells it is bilinear, from outside comes 0. */
  readonly moves?: readonly MoveBody[] | null;
  /** A unit of the last layer, from 0: the answer holds the gradients of all weights, as LAYER.weight.gradient, of the cross-entropy with this unit as the target. */
  readonly gradients?: number | null;
  /** Channels of rows of numbers, as the first layer reads them. */
  readonly input: readonly (readonly (readonly number[])[])[];
  readonly layers: readonly LayerBody[];
  /** Lists in lists by LAYER.weight and LAYER.bias, those that `first` does not draw. */
  readonly weights?: Readonly<Record<string, readonly unknown[]>>;
}

/** What the answer to a graph of operations says of itself; strings. */
export interface OperationsMetadata {
  /** JSON: a GraphDescription. */
  readonly spec: string;
  /** JSON, where it was wished: a GraphDescription of the layers to `describe`. */
  readonly described?: string;
  /** JSON, where it was wished: for `input` and each layer [mean, standard deviation, share of zeros] of its values; null for what is not finite. */
  readonly spread?: string;
  /** JSON, where it was wished: for `input` and each layer [most, counts]: the largest magnitude of its finite values, and how many of them each bin holds. The bins are equally wide, from -most to most; 0 is where the first one above it begins. */
  readonly histogram?: string;
  /** JSON, where they were wished: for each move, of `input` and each layer with rows and columns [cells, before, along]: how many cells of each map count, and for each map the norm of after - before over them as a share of the norm of before (0: invariant), and the same of after - before moved along (0: equivariant). A map is moved along as the input is, bilinear between its cells. Borders are left out: cells that see anything from beyond them, before or after. null where there is nothing but 0 before, or no cell. */
  readonly moves?: string;
}

/** What the metadata of a message with operations say on a live channel, beside the layers. */
export interface LiveOperations {
  /** Draws the weights that are not sent; the answer holds all weights then, as LAYER.weight and LAYER.bias. */
  readonly first?: FirstValues | null;
  /** Layers of another graph on the same input, as in `layers`: the metadata describe it, whatever it would cost. It is not run, and needs no weights. */
  readonly describe?: readonly unknown[] | null;
  /** Whether the metadata say how the values of layers are spread. */
  readonly spread?: boolean;
  /** Bins on each side of 0, 1 to 50: the metadata count the values of layers in them. */
  readonly histogram?: number | null;
  /** The graph is run on the input moved so, each move by itself: the metadata say how far what layers give is from before, and the answer holds as `input.moved` what went in, (moves, channels, rows, columns). Between cells it is bilinear, from outside comes 0. */
  readonly moves?: readonly MoveBody[] | null;
  /** A unit of the last layer, from 0: the answer holds the gradients of all weights, as LAYER.weight.gradient, of the cross-entropy with this unit as the target. */
  readonly gradients?: number | null;
  /** As in a LiveMessage, and counted with those. */
  readonly number: number;
  /** The number of the message whose input is meant, where none comes along: the channel keeps the last one. The answer leaves it out, too. */
  readonly kept?: number | null;
}

/** One line of the list of lessons. */
export interface LessonSummary {
  readonly name: string;
  readonly title: string;
  /** How long it takes. */
  readonly minutes: number;
  /** For whom it is. */
  readonly audience: string;
  /** The id of the network that it is about. */
  readonly network: string;
  /** How many cues it has. */
  readonly count: number;
}

/** A grid on the handout, with numbers or to be filled in by hand. */
export interface LessonPaper {
  readonly title: string;
  /** Texts; an empty cell is empty. */
  readonly rows: readonly (readonly string[])[];
}

/** A piece of a sentence: a text, or a number of the drawing that is looked at. */
export interface LessonRun {
  readonly text: string;
  readonly strong?: boolean;
  /** What fills its place, such as ["probability", "8"]. */
  readonly number?: readonly string[];
}

/** A paragraph, which has one item, or a list. */
export interface LessonBlock {
  readonly kind: 'paragraph' | 'list';
  readonly items: readonly (readonly LessonRun[])[];
}

/** A stop: words about a state of a page. */
export interface LessonCue {
  readonly title: string;
  /** Its path below the root. */
  readonly page: '' | 'operations';
  /** Of the page of operations; empty on the other. */
  readonly section: string;
  /** What its link says, by the names that links have. */
  readonly parts: Readonly<Record<string, string>>;
  /** What stands out: a layer, or a part of the page. */
  readonly spotlight: string;
  /** Seconds that it stands when the lesson runs by itself. */
  readonly pace: number;
  readonly words: readonly LessonBlock[];
  /** For whoever presents it; paragraphs. */
  readonly notes: readonly string[];
  /** Grids on the handout. */
  readonly papers?: readonly LessonPaper[];
}

/** A tour made of cues. */
export interface Lesson {
  readonly name: string;
  readonly title: string;
  /** How long it takes. */
  readonly minutes: number;
  /** For whom it is. */
  readonly audience: string;
  /** The id of the network that it is about. */
  readonly network: string;
  /** How many cues it has. */
  readonly count: number;
  /** The sample that is drawn on an empty pad. */
  readonly digit: string;
  readonly cues: readonly LessonCue[];
}

/** A number as it is displayed. */
export interface QuizFigure {
  /** Rounded to these decimals. */
  readonly value: number;
  readonly decimals: number;
}

/** A sentence, as a message that can be worded anew and in English. */
export interface QuizWords {
  /** Of the message, as static/text/en.json has it. */
  readonly key: string;
  /** What fills its gaps. */
  readonly gaps: Readonly<Record<string, string | number | QuizFigure>>;
  /** In English. */
  readonly text: string;
}

/** Numbers in rows. */
export interface QuizGrid {
  readonly title: QuizWords;
  readonly rows: readonly (readonly number[])[];
  readonly decimals: number;
  /** How it is looked at, where it is not read: blue above 0 and orange below, or grey as an image. */
  readonly painted: '' | 'signed' | 'image';
  /** Of the rows; none for most. */
  readonly labels: readonly string[];
}

/** Something that can be answered. */
export interface QuizOption {
  readonly says: QuizWords;
  readonly right: boolean;
  /** What leads to it; null for the right one. */
  readonly mistake: QuizWords | null;
  readonly grid: QuizGrid | null;
}

/** A cell of the network. */
export interface QuizCell {
  readonly layer: string;
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

/** By how much the drawing is moved before it is read, in pixels. */
export interface QuizMove {
  readonly down: number;
  readonly right: number;
}

/** One question. */
export interface QuizItem {
  readonly kind: string;
  readonly level: number;
  /** Whether one of the options is chosen, or a number typed: the options are then the answer and what mistakes lead to. */
  readonly form: 'choice' | 'number';
  readonly asks: QuizWords;
  readonly grids: readonly QuizGrid[];
  /** Exactly one is right; no two look alike. */
  readonly options: readonly QuizOption[];
  readonly why: QuizWords;
  /** Whose account explains the answer. */
  readonly cell: QuizCell;
  readonly moved: QuizMove;
}

/** A kind of question that there is none of. */
export interface QuizLeftOut {
  readonly kind: string;
  readonly reason: QuizWords;
}

/** Questions about a network and a drawing: the same of the same seed. */
export interface Quiz {
  readonly model: string;
  readonly weights: string;
  readonly level: number;
  readonly seed: number;
  readonly items: readonly QuizItem[];
  readonly left_out: readonly QuizLeftOut[];
}

/** How a network is trained. In a request what is left out is as in the recipe named. */
export interface RunRecipe {
  /** Where the choices come from that are not made here; else plain. */
  readonly recipe?: 'plain' | 'standard' | 'tanh' | 'best' | null;
  readonly epochs?: number | null;
  /** Images a step. */
  readonly batch_size?: number | null;
  /** adamw decays weights apart from the gradient, adam through it. */
  readonly optimiser?: 'sgd' | 'momentum' | 'adam' | 'adamw' | null;
  /** Of the optimiser momentum; else 0.9. */
  readonly momentum?: number | null;
  /** The highest learning rate of the schedule. */
  readonly rate?: number | null;
  readonly weight_decay?: number | null;
  /** The share of cells that a step drops before the last layer with weights. */
  readonly dropout?: number | null;
  readonly schedule?: 'constant' | 'cosine' | null;
  /** The share of all steps in which the rate climbs. */
  readonly warm_up?: number | null;
  readonly loss?: 'cross_entropy' | 'squared_error' | 'hinge' | null;
  /** What first weights are. */
  readonly initial?: 'he' | 'glorot' | 'zeros' | 'equal' | null;
  /** Whether images are distorted a little, each time anew. */
  readonly augmentation?: boolean | null;
  /** Decay of a running mean of the weights; 0: none. */
  readonly average?: number | null;
  /** Images that are learnt from; 0 for all. */
  readonly images?: number | null;
  /** Whether all pixels change places, in all images alike. */
  readonly shuffled?: boolean | null;
  /** Images that are only validated with. */
  readonly held_out?: number | null;
  readonly seed?: number | null;
}

/** A training that is to begin. */
export interface RunBody {
  /** The id of a run that is to be repeated, but for what else is said here. */
  readonly like?: string | null;
  /** An architecture that comes along, by name; else lenet. */
  readonly network?: string | null;
  /** Another architecture, as `POST /api/specs` takes it. */
  readonly spec?: Readonly<Record<string, unknown>> | null;
  /** The id of a set in `/api/data`; else mnist. */
  readonly data?: string | null;
  /** Learn from one's own drawings instead of a set; this needs the token, always. */
  readonly handwriting?: RunHandwriting | null;
  /** Go on from the weights of a network that comes along, by name, instead of drawing them; of its last layer those of classes that both have. Empty for none. */
  readonly pretrained?: string | null;
  readonly title?: string;
  readonly recipe?: RunRecipe;
  /** Processes that share the work; else one core is left to the server. */
  readonly workers?: number | null;
}

/** What somebody wishes of a run that is trained. */
export interface WishBody {
  /** step makes one batch, and stands still after it. */
  readonly wish: 'pause' | 'step' | 'resume' | 'stop';
}

/** A run: what it was asked to be, and how far it is. */
export interface RunSummary {
  readonly id: string;
  readonly title: string;
  /** The architecture, by name. */
  readonly network: string;
  /** The id of the set of images. */
  readonly data: string;
  readonly by: 'server' | 'command';
  /** ISO 8601. */
  readonly created: string;
  readonly state: 'waiting' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';
  /** What there is to say about that, in English; often nothing. */
  readonly sentence: string;
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  /** In which it learnt. */
  readonly seconds: number;
  /** Of the last batch. */
  readonly loss: number | null;
  /** Of the last batch. */
  readonly accuracy: number | null;
  readonly train_accuracy: number | null;
  readonly validation_accuracy: number | null;
  /** Known at its end. */
  readonly test_accuracy: number | null;
  readonly restarts: number;
  /** Single steps that were wished for and made. */
  readonly stepped: number;
  readonly bytes: number;
}

/** How far a run is: an event `status` of its stream. */
export interface RunStatus {
  readonly state: 'waiting' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly seconds: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly train_accuracy: number | null;
  readonly validation_accuracy: number | null;
  readonly test_accuracy: number | null;
  readonly sentence: string;
  readonly restarts: number;
  readonly stepped: number;
}

/** A line of a run's metrics: an event `metrics` of its stream; null is no number any more. */
export interface RunLine {
  readonly kind: 'step' | 'evaluation' | 'result';
  readonly step: number;
  readonly epoch: number;
  readonly seconds: number;
  /** Mean over the steps since the last line. */
  readonly loss?: number | null;
  readonly accuracy?: number | null;
  readonly rate?: number | null;
  /** Of each layer: the root of the sum of all squares. */
  readonly gradients?: Readonly<Record<string, number | null>> | null;
  readonly train_loss?: number | null;
  readonly train_accuracy?: number | null;
  readonly validation_loss?: number | null;
  readonly validation_accuracy?: number | null;
  /** Of images held out: by true class, then by what was said. */
  readonly confusion?: readonly (readonly number[])[] | null;
  readonly test_loss?: number | null;
  readonly test_accuracy?: number | null;
  /** Of images held out, each moved by up to four pixels. */
  readonly shifted_accuracy?: number | null;
}

/** All runs, the newest first, and how much room they take. */
export interface RunList {
  readonly runs: readonly RunSummary[];
  readonly bytes: number;
  readonly most_bytes: number;
  /** Those that have ended, the oldest first: to be deleted when room is short. */
  readonly may_go: readonly string[];
  /** Whether everybody may start and stop trainings. */
  readonly open: boolean;
}

/** A network that a run kept. */
export interface RunWeights {
  readonly step: number;
  /** What `?weights=` takes, beside the id in `model`. */
  readonly sha256: string;
}

/** Everything about a run but its metrics. */
export interface Run {
  readonly id: string;
  readonly title: string;
  /** The architecture, by name. */
  readonly network: string;
  /** The id of the set of images. */
  readonly data: string;
  readonly by: 'server' | 'command';
  /** ISO 8601. */
  readonly created: string;
  readonly state: 'waiting' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';
  /** What there is to say about that, in English; often nothing. */
  readonly sentence: string;
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  /** In which it learnt. */
  readonly seconds: number;
  /** Of the last batch. */
  readonly loss: number | null;
  /** Of the last batch. */
  readonly accuracy: number | null;
  readonly train_accuracy: number | null;
  readonly validation_accuracy: number | null;
  /** Known at its end. */
  readonly test_accuracy: number | null;
  readonly restarts: number;
  /** Single steps that were wished for and made. */
  readonly stepped: number;
  readonly bytes: number;
  /** The id under which its networks are asked about drawings. */
  readonly model: string;
  readonly classes: readonly string[];
  readonly recipe: RunRecipe;
  /** Whether it learnt from drawings of somebody's own. */
  readonly handwriting: boolean;
  /** The network whose weights it began with, if any. */
  readonly pretrained: string;
  /** What repeats it in a terminal, where something does. */
  readonly command: string;
  /** Networks that are kept for good. */
  readonly history: readonly RunWeights[];
  /** The last that can be looked at. */
  readonly latest: RunWeights | null;
}

/** What a training can begin with. */
export interface RecipeList {
  /** Each with every choice that it makes. */
  readonly recipes: readonly RunRecipe[];
  /** Architectures that come along, by name. */
  readonly networks: readonly string[];
  /** Whether everybody may start and stop trainings. */
  readonly open: boolean;
}

/** One training of an experiment, and what came out of it. */
export interface ExperimentRun {
  readonly name: string;
  /** What `POST /api/runs` takes to begin it, seed 0. */
  readonly body: RunBody;
  /** What came out, each with every seed: `train_accuracy`, `validation_accuracy`, `test_accuracy`, `shifted_accuracy` where images may be moved, and `gap`, the first less the second. Nothing where it was not trained. */
  readonly figures: Readonly<Record<string, readonly number[]>>;
}

/** Trainings that are the same but for one thing. */
export interface Experiment {
  readonly id: string;
  /** In what they differ, as differences say it. */
  readonly changed: readonly string[];
  /** The figure that is looked at. */
  readonly judged: 'validation_accuracy' | 'shifted_accuracy' | 'gap';
  readonly runs: readonly ExperimentRun[];
  /** Pairs of runs of which the first had the larger figure with every seed; of others there is no clear difference. */
  readonly ordered: readonly (readonly [string, string])[];
}

/** Ready-made experiments, and with which seeds and which NumPy they were tried. */
export interface ExperimentList {
  readonly experiments: readonly Experiment[];
  readonly seeds: readonly number[];
  readonly numpy: string;
}

/** One thing in which two runs were asked to differ. */
export interface RunDifference {
  readonly name: string;
  readonly one: unknown;
  readonly other: unknown;
}

/** The images of one part of a set. */
export interface DataPart {
  readonly train: number;
  readonly test: number;
}

/** A set of images on the server's machine. */
export interface DataSet {
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  readonly images: DataPart | null;
  /** Whether its images are made of strokes, as drawings are. */
  readonly strokes: boolean;
  /** Whether they lie transposed, and are turned. */
  readonly transposed: boolean;
  /** Why it cannot be trained with; nothing when it can. */
  readonly problem: string;
}

/** A set on its way here. */
export interface DataFetch {
  readonly state?: 'none' | 'running' | 'done' | 'failed';
  readonly file?: string;
  /** Bytes of that file. */
  readonly done?: number;
  /** Bytes that it has; 0 when nobody knows. */
  readonly total?: number;
  /** Why it failed, and what to do. */
  readonly sentence?: string;
}

/** The sets that are here, and the one that is being fetched. */
export interface DataList {
  readonly sets: readonly DataSet[];
  readonly fetch: DataFetch;
}

/** How far a survey is that is being made; whoever asks again is given it when it is there. */
export interface SurveyProgress {
  /** The set of images that it is made on. */
  readonly set: string;
  /** Images that were read, or other steps; 0 while it waits. */
  readonly done: number;
  /** Of how many; 0 while it waits. */
  readonly total: number;
}

/** What the readings of a set say of themselves; all of it as strings. */
export interface ReadingsMetadata {
  readonly model: string;
  /** SHA-256 of the weights that read. */
  readonly weights: string;
  /** The set of images. */
  readonly set: string;
  /** How many. */
  readonly images: string;
  /** How many of them were read right. */
  readonly correct: string;
  /** The mean of `losses`. */
  readonly loss: string;
  /** Below this energy a reading is not sure; nothing where none is known. */
  readonly threshold: string;
  /** How many energies lie below it. */
  readonly unsure: string;
}

/** What is to be collected. */
export interface HandwritingNames {
  /** Of digits, letters or signs of one's own; those of digits join MNIST's. */
  readonly names: readonly string[];
}

/** A drawing that is to be kept. */
export interface HandwritingBody {
  /** The number of its class. */
  readonly label: number;
  /** A colour tells writers apart. */
  readonly writer: 'blue' | 'orange' | 'green' | 'purple' | 'red' | 'grey';
  readonly strokes: readonly Stroke[];
}

/** What a drawing is to be from now on; what is left out stays. */
export interface HandwritingChange {
  readonly label?: number | null;
  readonly writer?: 'blue' | 'orange' | 'green' | 'purple' | 'red' | 'grey' | null;
}

/** A class that is collected. */
export interface HandwritingClass {
  readonly number: number;
  readonly name: string;
}

/** A drawing that is kept. */
export interface HandwritingDrawing {
  readonly id: string;
  /** The number of its class. */
  readonly label: number;
  readonly writer: 'blue' | 'orange' | 'green' | 'purple' | 'red' | 'grey';
  /** Whether it is never learnt from, to judge with. */
  readonly held_out: boolean;
}

/** Everything that is kept but the strokes, and how much more may be. */
export interface Handwriting {
  readonly classes: readonly HandwritingClass[];
  /** In the order they were drawn. */
  readonly drawings: readonly HandwritingDrawing[];
  /** The colours that there are. */
  readonly writers: readonly ('blue' | 'orange' | 'green' | 'purple' | 'red' | 'grey')[];
  readonly bytes: number;
  readonly most_bytes: number;
  readonly most_drawings: number;
  readonly most_classes: number;
  /** Which drawings are held out. */
  readonly rule: string;
  /** Trainings that learnt from it, the newest first. */
  readonly runs: readonly string[];
}

/** What became of the trainings when everything was deleted. */
export interface HandwritingGone {
  readonly deleted: readonly string[];
  /** They hold weights and figures, and no drawing; one under way fails. */
  readonly left: readonly string[];
}

/** How many images of one part were read right, before a training and after it. */
export interface HandwritingFigure {
  /** `drawings`: all that were held out; `mnist`: MNIST's test images; else those of the writer of that colour. */
  readonly part: string;
  readonly before: number;
  readonly after: number;
  readonly total: number;
}

/** What a training on somebody's own drawings has changed. */
export interface HandwritingFigures {
  readonly run: string;
  readonly figures: readonly HandwritingFigure[];
}

/** The drawings of `api/handwriting` as they are now, and what is learnt from beside them. */
export interface RunHandwriting {
  /** So many images of MNIST, always the same; its ten classes join those drawn. */
  readonly mnist?: number;
}

/** What the map of a set says of itself; all of it as strings. */
export interface MapMetadata {
  readonly model: string;
  /** SHA-256 of the weights that read. */
  readonly weights: string;
  /** The set of images. */
  readonly set: string;
  /** How many. */
  readonly images: string;
  /** Whose activations they are laid out by. */
  readonly layer: string;
  /** How many numbers that layer has, of which two are left. */
  readonly cells: string;
  /** Of all of them together. */
  readonly variance: string;
  /** How many components were found for certain. */
  readonly exact: string;
}

/** What the count of units says of itself; all of it as strings. */
export interface UnitsMetadata {
  readonly model: string;
  /** SHA-256 of the weights that read. */
  readonly weights: string;
  /** The set of images. */
  readonly set: string;
  /** How many. */
  readonly images: string;
  /** JSON: of the input and each layer its name; its sense (gate: of a relu, cells never above 0 are dead; sum: of a weighted sum, above or below; signed: of a curve like tanh; positive: never below 0 by its formula); the cells of each map; and of its histogram the width of a bin, which multiple of it is the first border, how many numbers are exactly 0 and in no bin, and how many are no finite number. */
  readonly layers: string;
  /** JSON: the same of the histogram of each parameter. */
  readonly parameters: string;
}

/** What the neighbours of a drawing say of themselves, beside what a trace does. */
export interface NeighboursMetadata {
  readonly model: string;
  readonly weights: string;
  readonly blank: 'true' | 'false';
  /** Why there is no ink, or what speaks against the reading; empty for nothing. With a note a reading is not sure, whatever its energy. */
  readonly note: string;
  /** Which sentence the note is, so that it can be worded anew. */
  readonly note_kind?: string;
  /** JSON: what fills its gaps. */
  readonly note_parameters?: string;
  /** JSON: [left, top, right, bottom] of each digit, as fractions as in `preprocess.crop`, in reading order, when it looks like several; else []. `?digit=` chooses which is read, from 0; the largest by default. */
  readonly digits: string;
  /** The set of images. */
  readonly set: string;
  /** In which they are nearest. */
  readonly layer: string;
}

/** What is sent on a live channel: how its drawing changed, and questions about the result. */
export interface LiveMessage {
  /** Comes back with the answer. It grows by one with each message, but where one brings the whole drawing. */
  readonly number: number;
  /** So many strokes of those that the channel has stay, from the first on; what lies above them is gone. 0 begins anew: the message brings the whole drawing. */
  readonly keep?: number;
  /** Points that the last of those strokes goes on with. */
  readonly more?: readonly (readonly [number, number])[];
  /** Strokes that come after those. */
  readonly strokes?: readonly Stroke[];
  /** As in a StrokesBody. */
  readonly center?: boolean;
  /** Of several digits the one to read, as `?digit=`. */
  readonly digit?: number | null;
  /** Of the weights, as in an EditsBody. */
  readonly edits?: readonly Edit[] | null;
  /** 1 to 16 questions, as `?ask=` of `/api/questions`. */
  readonly ask: readonly string[];
}

/** Why a message on a live channel was refused: the problem that HTTP answers with, too. */
export interface LiveRefusal {
  /** That of the message; 0 where it could not be read. */
  readonly number: number;
  readonly problem: Problem;
  /** Seconds after which to ask again, where the server is busy. */
  readonly retry_after?: number | null;
}

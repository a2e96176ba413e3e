// What a stage shows, and how: the state that one picture of a network is computed from.

import { noteText } from '../text/messages.js';

/** @import { ThemeName } from '../core/theme.js' */
/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Weight } from '../kinds/types.d.ts' */
/** @import { Annotated } from '../scene/terms.js' */
/** @import { Answer, Beside, Camera, Paths, Scale } from '../scene/types.d.ts' */

/**
 * The numbers that a stage shows.
 *
 * @typedef {object} Shown
 * @property {Tensors} tensors
 * @property {Readonly<Record<string, string>>} metadata
 * @property {{ readonly width: number, readonly height: number } | null} [size] of the picture that they were read from; null of strokes
 */

/**
 * @typedef {object} StageState
 * @property {Graph | null} graph
 * @property {Shown | null} trace null while there is nothing to show
 * @property {{ sha256: string, tensors: Tensors } | null} weights
 * @property {Scale} scale
 * @property {Beside | null} beside another reading at the same scale
 * @property {boolean} folded
 * @property {readonly string[]} hidden layers that are not shown
 * @property {Camera} camera how the flat picture is looked at
 * @property {Cell | null} pointed
 * @property {Cell | null} pinned
 * @property {boolean} walking the pointed cell was reached by keys
 * @property {Weight | null} kernel the weight that is pointed at
 * @property {Play | null} play the window of the pinned cell slides over its map: later cells are not there yet
 * @property {Paths | null} paths to a score, while they are shown
 * @property {number | null} path the one of them that is lit alone
 * @property {Annotated | null} notes numbers on its parts, while a legend explains them
 * @property {string | null} spot the layer that stands out while nothing is pointed at
 * @property {string} quantity which of scene/quantities/ its cells show
 * @property {Readonly<Record<string, Answer>>} answers of the server about the pinned cell, by the question
 * @property {boolean} space the network stands in space
 * @property {import('../scene/space/types.d.ts').Orbit | null} orbit how it is looked at there; null as it is first
 * @property {boolean} relief cells in space rise with their activation
 * @property {ThemeName} theme
 */

/** @typedef {{ readonly running: boolean, readonly pace: number }} Play pace: cells a second while it runs by itself */
/** @typedef {import('../core/store.js').Store<StageState>} StageStore */

/** An empty stage. @type {StageState} */
export const EMPTY_STAGE = {
  graph: null,
  trace: null,
  weights: null,
  scale: 'layer',
  beside: null,
  folded: true,
  hidden: [],
  camera: { zoom: 1, x: 0, y: 0, at: null },
  pointed: null,
  pinned: null,
  walking: false,
  kernel: null,
  play: null,
  paths: null,
  path: null,
  notes: null,
  spot: null,
  quantity: 'value',
  answers: {},
  space: false,
  orbit: null,
  relief: false,
  theme: 'light',
};

/**
 * What is explained: the pinned cell before the pointed one.
 *
 * @param {Pick<StageState, 'pinned' | 'pointed'>} state
 */
export function selection({ pinned, pointed }) {
  return pinned ?? pointed;
}

/**
 * What of the state the scene looks at.
 *
 * @param {Pick<StageState, 'trace' | 'weights' | 'scale' | 'beside'>} state
 */
export function viewOf({ trace, weights, scale, beside }) {
  return {
    trace: trace?.tensors ?? null,
    picture: trace?.size ?? null,
    note: trace ? noteText(trace.metadata) : '',
    weights: weights?.tensors ?? null,
    scale,
    beside,
  };
}

// What the page knows: the one state that everything shown is computed from.

import { EMPTY } from '../input/strokes.js';

/** @import { ThemeName } from '../core/theme.js' */
/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Drawing } from '../input/editor.js' */
/** @import { Scale } from '../scene/types.d.ts' */
/** @import { Form } from '../ui/receipt/forms.js' */
/** @import { Model } from '../wire/types.d.ts' */

/**
 * @typedef {object} Trace
 * @property {Tensors} tensors
 * @property {Readonly<Record<string, string>>} metadata
 * @property {import('../input/prepare.js').Size | null} [size] of the picture that it was read from; null of strokes
 * @property {(import('../wire/client.js').Moved & { of: Trace }) | null} [moved] what was done to the drawing before it was read, and its reading without that
 */

/**
 * @typedef {object} State
 * @property {Model | null} spec
 * @property {Graph | null} graph
 * @property {{ sha256: string, tensors: Tensors } | null} weights
 * @property {Drawing} drawing
 * @property {boolean} center
 * @property {Trace | null} trace null while nothing is drawn
 * @property {{ readonly reason: string } | null} inkless the picture on the pad has no ink, and why, if that is known
 * @property {Cell | null} pointed
 * @property {Cell | null} pinned
 * @property {boolean} walking the pointed cell was reached by keys
 * @property {boolean} folded
 * @property {Scale} scale
 * @property {'open' | 'line'} account
 * @property {Form} form in which a cell is accounted for
 * @property {Kit | null} kit what shows receipts; null until it is loaded
 * @property {PanelName | null} panel what takes the account's place
 * @property {Camera} camera how the stage is looked at
 * @property {readonly string[]} hidden layers that are not shown
 * @property {'all' | 'guess'} links connections of the cell that is pointed at, or those that matter for the first guess
 * @property {Derivatives | null} derivatives of the pinned cell, once the server sent them; of the first guess's score while none is and links is 'guess'
 * @property {boolean} effect the pinned cell's influence (derivatives) stands in place of values
 * @property {Weight | null} kernel the weight that is pointed at
 * @property {{ readonly layer: string, readonly channel: number } | null} subject the map that panels of maps, kernels and layers are about
 * @property {import('../scene/types.d.ts').Beside | null} beside another reading at the same scale
 * @property {number} compared how often what is compared changed
 * @property {number} moves how often the answers about the moved drawing changed
 * @property {boolean} space the network stands in space
 * @property {import('../scene/space/types.d.ts').Orbit | null} orbit how it is looked at there; null as it is first
 * @property {boolean} relief cells in space rise with their activation
 * @property {boolean} shortcuts keys of a single letter do something (WCAG 2.1.4)
 * @property {boolean} phone
 * @property {ThemeName} theme
 * @property {'ok' | 'away'} connection
 * @property {boolean} busy a request has been under way for long
 * @property {boolean} loaded spec and weights are here
 * @property {string} notice a sentence of the server's, until the next input
 * @property {string} broken why this network cannot be opened, else ''
 */

/** @typedef {typeof import('./later.js')} Kit */
/** @typedef {'help' | 'map' | 'kernels' | 'layers' | 'moves' | 'compare'} PanelName */

/**
 * @typedef {object} Camera
 * @property {number} zoom 1 fits the network into the stage
 * @property {number} x how far the network is moved, in CSS pixels
 * @property {number} y
 */

/**
 * @typedef {object} Derivatives
 * @property {Cell} cell
 * @property {Tensors} tensors by layer: of the cell by what lies before it, and by it of what lies after
 */

/**
 * @typedef {object} Weight one weight of a kernel
 * @property {string} layer
 * @property {number} out the map it helps to make
 * @property {number} into the map it reads
 * @property {number} row
 * @property {number} column
 */

/** @typedef {import('../core/store.js').Store<State>} PageStore */

/** @type {State} */
export const INITIAL = {
  spec: null,
  graph: null,
  weights: null,
  drawing: EMPTY,
  center: true,
  trace: null,
  inkless: null,
  pointed: null,
  pinned: null,
  walking: false,
  folded: true,
  scale: 'layer',
  account: 'open',
  form: 'picture',
  kit: null,
  panel: null,
  camera: { zoom: 1, x: 0, y: 0 },
  hidden: [],
  links: 'all',
  derivatives: null,
  effect: false,
  kernel: null,
  subject: null,
  beside: null,
  compared: 0,
  moves: 0,
  space: false,
  orbit: null,
  relief: false,
  shortcuts: true,
  phone: false,
  theme: 'light',
  connection: 'ok',
  busy: false,
  loaded: false,
  notice: '',
  broken: '',
};

/**
 * What is explained: the pinned cell before the pointed one.
 *
 * @param {Readonly<State>} state
 */
export function selection({ pinned, pointed }) {
  return pinned ?? pointed;
}

/**
 * The reading of the drawing as it is on the pad, whatever is shown of it.
 *
 * @param {Readonly<State>} state
 */
export function unmoved({ trace }) {
  return trace?.moved?.of ?? trace;
}

/**
 * What of the state the scene looks at.
 *
 * @param {Readonly<State>} state
 */
export function viewOf({ trace, weights, scale, beside }) {
  return {
    trace: trace?.tensors ?? null,
    picture: trace?.size ?? null,
    note: trace?.metadata['note'] ?? '',
    weights: weights?.tensors ?? null,
    scale,
    beside,
  };
}

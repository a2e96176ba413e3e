// What the page knows: the one state that everything shown is computed from.

import { EMPTY } from '../input/editor.js';

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
 */

/**
 * @typedef {object} State
 * @property {Model | null} spec
 * @property {Graph | null} graph
 * @property {{ sha256: string, tensors: Tensors } | null} weights
 * @property {Drawing} drawing
 * @property {boolean} center
 * @property {Trace | null} trace null while nothing is drawn
 * @property {Cell | null} pointed
 * @property {Cell | null} pinned
 * @property {boolean} walking the pointed cell was reached by keys
 * @property {boolean} folded
 * @property {Scale} scale
 * @property {'open' | 'line'} account
 * @property {Form} form in which a cell is accounted for
 * @property {typeof import('./receipts.js') | null} kit what shows receipts; null until it is loaded
 * @property {boolean} help the account's place describes the keys
 * @property {boolean} phone
 * @property {ThemeName} theme
 * @property {'ok' | 'away'} connection
 * @property {boolean} busy a request has been under way for long
 * @property {boolean} loaded spec and weights are here
 * @property {string} notice a sentence of the server's, until the next input
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
  pointed: null,
  pinned: null,
  walking: false,
  folded: true,
  scale: 'layer',
  account: 'open',
  form: 'picture',
  kit: null,
  help: false,
  phone: false,
  theme: 'light',
  connection: 'ok',
  busy: false,
  loaded: false,
  notice: '',
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
 * What of the state the scene looks at.
 *
 * @param {Readonly<State>} state
 */
export function viewOf({ trace, weights, scale }) {
  return { trace: trace?.tensors ?? null, weights: weights?.tensors ?? null, scale };
}

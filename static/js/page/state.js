// What the page knows: what its stage shows, and all that stands around it.

import { EMPTY_STAGE } from '../stage/state.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { StageState } from '../stage/state.js' */
/** @import { Form } from '../ui/receipt/forms.js' */
/** @import { Model } from '../wire/types.d.ts' */

/**
 * What the server answered about a drawing.
 *
 * @typedef {import('../stage/state.js').Shown & Moves} Trace
 */

/**
 * @typedef {object} Moves
 * @property {Drawing} [drawing] that was read
 * @property {(import('../wire/questions.js').Moved & { of: Trace }) | null} [moved] what was done to the drawing before it was read, and its reading without that
 */

/**
 * @typedef {object} Around
 * @property {Model | null} spec
 * @property {Drawing} drawing
 * @property {boolean} center
 * @property {number} brush width of the next stroke, as a fraction of the pad's side
 * @property {boolean} erase the next stroke takes ink away
 * @property {Trace | null} trace null while nothing is drawn
 * @property {{ readonly reason: string } | null} inkless the picture on the pad has no ink, and why, if that is known
 * @property {Unread} unread why what is on the pad is not read yet
 * @property {'open' | 'line'} account
 * @property {Form} form in which a cell is accounted for
 * @property {Kit | null} kit what shows receipts; null until it is loaded
 * @property {PanelName | null} panel what takes the account's place
 * @property {boolean} passing the list of layers is there only while a caption is pointed at
 * @property {{ readonly layer: string, readonly channel: number } | null} subject the map that panels of maps, kernels and layers are about
 * @property {Comparison | null} comparison what stands beside the stage
 * @property {number} compared how often what is compared changed
 * @property {Variations} moves what is known of the drawing moved, turned and enlarged
 * @property {number | null} chance the class whose probability the moves show; null for the first guess
 * @property {boolean} shortcuts keys of a single letter do something (WCAG 2.1.4)
 * @property {boolean} phone
 * @property {'ok' | 'away'} connection
 * @property {boolean} busy a request has been under way for long
 * @property {boolean} loaded spec and weights are here
 * @property {string} notice a sentence of the server's, until the next input
 * @property {string} broken why this network cannot be opened, else ''
 */

/**
 * @typedef {object} Variations
 * @property {import('../wire/safetensors.js').Decoded | null} found what the server answered
 * @property {string} why there is nothing to show
 */

/**
 * Another network beside the stage, or a drawing that was kept: `trace` is its reading, if it is known.
 *
 * @typedef {{ readonly network: string } | { readonly drawing: Drawing, readonly center: boolean, readonly trace: Trace | null }} Comparison
 */

/** @typedef {import('../scene/account.js').Unread} Unread */
/** @typedef {StageState & Around} State */
/** @typedef {typeof import('./later.js')} Kit */
/** @typedef {'help' | 'map' | 'kernels' | 'layers' | 'moves' | 'compare'} PanelName */
/** @typedef {import('../core/store.js').Store<State>} PageStore */

/** @type {State} */
export const INITIAL = {
  ...EMPTY_STAGE,
  spec: null,
  drawing: { strokes: [], file: null, size: null },
  center: true,
  brush: 0.07,
  erase: false,
  trace: null,
  inkless: null,
  unread: '',
  account: 'open',
  form: 'picture',
  kit: null,
  panel: null,
  passing: false,
  subject: null,
  comparison: null,
  compared: 0,
  moves: { found: null, why: '' },
  chance: null,
  shortcuts: true,
  phone: false,
  connection: 'ok',
  busy: false,
  loaded: false,
  notice: '',
  broken: '',
};

/**
 * The reading of the drawing as it is on the pad, whatever is shown of it.
 *
 * @param {Readonly<State>} state
 */
export function unmoved({ trace }) {
  return trace?.moved?.of ?? trace;
}

/**
 * @param {Readonly<State>} state
 * @returns {Unread}
 */
export function whyUnread({ drawing, trace, inkless, connection, busy }) {
  if (trace || inkless || (!drawing.file && drawing.strokes.length === 0)) return '';
  if (connection === 'away') return 'away';
  return busy ? 'busy' : '';
}

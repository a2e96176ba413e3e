// What the page knows: what its stage shows, and all that stands around it.

import { EMPTY_STAGE } from '../stage/state.js';

/** @import { ThemeName } from '../core/theme.js' */
/** @import { Drawing } from '../input/editor.js' */
/** @import { AccountState } from '../account/state.js' */
/** @import { Model } from '../wire/types.d.ts' */

/**
 * What the server answered about a drawing.
 *
 * @typedef {import('../stage/state.js').Shown & Moves} Trace
 */

/**
 * @typedef {object} Moves
 * @property {Drawing} [drawing] that was read
 * @property {Drawing} [example] that was read instead of the visitor's, who has drawn nothing
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
 * @property {Kit | null} kit what shows receipts; null until it is loaded
 * @property {Comparison | null} comparison what stands beside the stage
 * @property {number} compared how often what is compared changed
 * @property {Variations} moves what is known of the drawing moved, turned and enlarged
 * @property {number | null} chance the class whose probability the moves show; null for the first guess
 * @property {import('../lesson/led.js').Led | null} lesson where in a lesson one is
 * @property {boolean} present the page is shown to a class: large, and without its tools
 * @property {{ readonly of: number | null, readonly against: number | null }} asked of which class paths are asked, and against which; null for the first guess, and for none
 * @property {boolean} muted the path that is chosen is muted
 * @property {{ readonly scale: number, readonly theme: ThemeName | null }} picture how it is saved: pixels for each of the screen, and in which theme; the page's where it is null
 * @property {boolean} shortcuts keys of a single letter do something (WCAG 2.1.4)
 * @property {'ok' | 'away'} connection
 * @property {boolean} busy a request has been under way for long
 * @property {boolean} loaded spec and weights are here
 * @property {string} notice a sentence of the server's, until the next input
 * @property {string} broken why this network cannot be opened, else ''
 */

/**
 * @typedef {object} Variations
 * @property {(import('../wire/safetensors.js').Decoded & { of: Trace }) | null} found what the server answered, and of which reading it was asked
 * @property {string} why there is nothing to show
 * @property {import('../scene/moves.js').Spot | null} dragged how far the digit is dragged on the input; null while nobody holds it
 */

/**
 * Another network beside the stage, or a drawing that was kept: `trace` is its reading, if it is known.
 *
 * @typedef {{ readonly network: string } | { readonly drawing: Drawing, readonly center: boolean, readonly trace: Trace | null }} Comparison
 */

/** @typedef {import('../scene/account.js').Unread} Unread */
/** @typedef {AccountState & Around} State */
/** @typedef {typeof import('./later.js')} Kit */
/** @typedef {import('../core/store.js').Store<State>} PageStore */

/** In which a picture can be saved. */
export const SCALES = [1, 2, 4];

/** What account/state.js says is said again: the first picture is spared a file. @type {State} */
export const INITIAL = {
  ...EMPTY_STAGE,
  account: 'open',
  form: 'picture',
  unfolded: false,
  panel: null,
  term: null,
  passing: false,
  subject: null,
  phone: false,
  spec: null,
  drawing: { strokes: [], file: null, size: null },
  center: true,
  brush: 0.07,
  erase: false,
  trace: null,
  inkless: null,
  unread: '',
  kit: null,
  comparison: null,
  compared: 0,
  moves: { found: null, why: '', dragged: null },
  chance: null,
  lesson: null,
  present: false,
  asked: { of: null, against: null },
  muted: false,
  picture: { scale: 2, theme: null },
  shortcuts: true,
  connection: 'ok',
  busy: false,
  loaded: false,
  notice: '',
  broken: '',
};

/**
 * The reading of the drawing as it is on the pad, whatever is shown of it; of an example none.
 *
 * @param {Readonly<State>} state
 */
export function unmoved({ trace }) {
  return trace?.example ? null : (trace?.moved?.of ?? trace);
}

/**
 * The drawing that is shown as it is read: that of the pad, or the example in its stead.
 *
 * @param {Readonly<State>} state
 */
export function shownDrawing({ trace, drawing }) {
  return trace?.example ?? drawing;
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

/** Why there is nothing of the visitor's to explain. @param {Readonly<State>} state */
export function whyEmpty({ trace, unread }) {
  return trace?.example ? 'example' : unread;
}

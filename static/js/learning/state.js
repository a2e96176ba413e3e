// What the section of one step is made of, and how a link says it.

import { EMPTY_ACCOUNT } from '../account/state.js';
import { drawingText, drawnIn } from '../input/written.js';
import { numberTyped } from '../text/typed.js';

/** @import { AccountState } from '../account/state.js' */
/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Shown } from '../stage/state.js' */
/** @import { Drawing } from '../input/editor.js' */
/** @import { ToldGradient as Told } from '../kinds/gradient.d.ts' */

/**
 * How the network is to change.
 *
 * @typedef {object} Wanted
 * @property {number} target the class that it is to say
 * @property {number} rate of learning
 * @property {string} loss
 * @property {string} optimiser
 */

/**
 * @typedef {object} Own
 * @property {Drawing | null} drawing null until the sample is there
 * @property {number | null} digit of the sample that is read; null for a drawing of one's own
 * @property {Wanted} wanted
 * @property {number} at which phase is shown, from 0
 * @property {boolean} runs the phases follow each other by themselves
 * @property {Shown | null} read what the network reads, before the step
 * @property {Tensors | null} learnt its weights, before the step
 * @property {Shown | null} step what the step does, as the server says it
 * @property {Shown | null} steps what many of them do
 * @property {Learnt | null} weight whose gradient is accounted for, instead of a cell's
 * @property {Told | null} told the account of a gradient, as the server gives it
 * @property {Painted} shows of the weights
 * @property {boolean} nudges the weight or cell is moved by a little, to see
 * @property {boolean} presents
 * @property {string} refused why there is no answer
 */

/** A weight or a bias: "conv1.weight", and its place among them. @typedef {{ readonly parameter: string, readonly term: number }} Learnt */
/** @typedef {'gradient' | 'weight' | 'change'} Painted */
/** @typedef {AccountState & Own} LearnState */
/** @typedef {import('../core/store.js').Store<LearnState>} LearnStore */

export const LOSSES = /** @type {const} */ (['cross_entropy', 'squared_error', 'hinge']);
export const OPTIMISERS = /** @type {const} */ (['sgd', 'momentum', 'adam', 'adamw']);
/** Ends of the learning rate. */
export const RATES = /** @type {const} */ ([0, 10]);

const VERSION = '1';
const LONGEST = 200_000;
const SAMPLE = 3;

/** @type {Wanted} */
export const USUAL = Object.freeze({
  target: 5,
  rate: 0.001,
  loss: 'cross_entropy',
  optimiser: 'sgd',
});

/** @type {LearnState} */
export const INITIAL = {
  ...EMPTY_ACCOUNT,
  folded: false,
  drawing: null,
  digit: SAMPLE,
  wanted: USUAL,
  at: 0,
  runs: false,
  read: null,
  learnt: null,
  step: null,
  steps: null,
  told: null,
  weight: null,
  shows: 'gradient',
  nudges: false,
  presents: false,
  refused: '',
};

/** @param {Readonly<LearnState>} state @returns {string} what stands behind the # */
export function toLink({ wanted, digit, drawing, at, pinned, weight }) {
  const parts = new URLSearchParams([['v', VERSION], ...wantedParts(wanted)]);
  if (at) parts.set('at', String(at + 1));
  if (pinned) parts.set('cell', cellText(pinned));
  if (weight) parts.set('weight', `${weight.parameter}.${weight.term}`);
  if (digit !== null && digit !== SAMPLE) parts.set('digit', String(digit));
  const drawn = digit === null && drawing && drawingText(drawing, drawing.pixels ?? null);
  if (drawn) parts.set('drawing', drawn);
  return String(parts);
}

/** @param {Wanted} wanted @returns {[string, string][]} what is not as at first */
function wantedParts(wanted) {
  const said = Object.entries(wanted).map(([key, value]) => /** @type {const} */ ([key, value]));
  const usual = /** @type {Readonly<Record<string, unknown>>} */ ({ ...USUAL });
  return said.flatMap(([key, value]) => (value === usual[key] ? [] : [[key, String(value)]]));
}

/** @param {Cell} cell */
const cellText = ({ layer, channel, row, column }) => [layer, channel, row, column].join('.');

/** @param {string} link what stands behind the # @param {Graph} graph @returns {Partial<LearnState>} what does not fit is as at first */
export function fromLink(link, graph) {
  const parts = new URLSearchParams(link.length > LONGEST ? '' : link);
  /** @param {string} name @param {number} least @param {number} most @param {number} usual */
  function number(name, least, most, usual) {
    const value = numberTyped(parts.get(name) ?? '') ?? NaN;
    return value >= least && value <= most ? value : usual;
  }
  /** @param {string} name @param {number} most @param {number} usual */
  const whole = (name, most, usual) => Math.floor(number(name, 0, most, usual));
  /** @param {string} name @param {readonly string[]} words @param {string} usual */
  const word = (name, words, usual) => words.find((one) => one === parts.get(name)) ?? usual;
  const drawing = drawnIn(parts.get('drawing') ?? '');
  const digit = whole('digit', 9, -1);
  const pinned = cellIn(parts.get('cell') ?? '', graph);
  return {
    wanted: {
      target: whole(
        'target',
        graph.classes.length - 1,
        Math.min(USUAL.target, graph.classes.length - 1),
      ),
      rate: number('rate', ...RATES, USUAL.rate),
      loss: word('loss', LOSSES, USUAL.loss),
      optimiser: word('optimiser', OPTIMISERS, USUAL.optimiser),
    },
    ...{ drawing, pinned, weight: weightIn(parts.get('weight') ?? '', graph) },
    ...{ digit: digit >= 0 ? digit : drawing ? null : SAMPLE },
    at: Math.max(0, whole('at', 1000, 1) - 1),
  };
}

/** @param {string} text "conv1.weight.37" @param {Graph} graph @returns {Learnt | null} */
function weightIn(text, graph) {
  const [, layer = '', part = '', term = ''] = /^(.+)\.(\w+)\.(\d{1,9})$/.exec(text) ?? [];
  const parameters = graph.has(layer) ? graph.layer(layer).parameters : {};
  const shape = Object.hasOwn(parameters, part) ? parameters[part] : undefined;
  const count = shape?.reduce((a, b) => a * b, 1) ?? 0;
  return Number(term) < count ? { parameter: `${layer}.${part}`, term: Number(term) } : null;
}

/** @param {string} text @param {Graph} graph @returns {Cell | null} */
function cellIn(text, graph) {
  const [layer = '', ...at] = text.split('.');
  const [channel = -1, row = -1, column = -1] = at.map(Number);
  const cell = { layer, channel, row, column };
  return graph.has(layer) && graph.valid(cell) ? cell : null;
}

// Which kernel finds what: a stroke at every angle, and how each kernel answers to it.

import { ACTIVATIONS } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { brief } from '../text/numbers.js';
import { createChoice, createSlider } from '../ui/hands.js';
import { html } from '../ui/dom.js';
import { floats } from './arrays.js';
import { choice, whole } from './fields.js';
import { createCurves } from './kernels/curves.js';
import { loadLearnt } from './kernels/loaded.js';
import { NAMED, namedWeights, weightsOf } from './kernels/named.js';
import { PICTURES, SIDE, TURN, strokes } from './kernels/strip.js';

/** @import { Activation } from '../kinds/traits.js' */
/** @import { LayerBody } from '../wire/types.d.ts' */
/** @import { Asked, Given as Numbers, Section, SectionState, Stand } from './types.d.ts' */
/** @import { Learnt } from './kernels/loaded.js' */

/**
 * @typedef {object} Given
 * @property {number} of which kernel is on the stage
 * @property {string} measure of a map: '' for the sum of its numbers above 0, or 'most'
 */

/** What the layers are called. */
const OWN = 'conv';
const [MANY, LEARNT] = ['conv_named', 'conv_learnt'];
const POOLED = 'pool';
const RELU = /** @type {Activation} */ (ACTIVATIONS[0]);
/** @param {string} layer of maps @param {string} of what is made of them */
const madeOf = (layer, of) => layer.replace(OWN, of);
const clippedOf = (/** @type {string} */ layer) => madeOf(layer, RELU);
const answerOf = (/** @type {string} */ layer) => madeOf(layer, POOLED);
/** A kernel more is no kernel of any network that is served. */
const MOST = 99;
/** Sobel's, of upright edges. */
const UPRIGHT = NAMED.findIndex(({ name }) => name === 'upright');

/** @type {Section<Given>} */
export const angles = {
  name: 'angles',
  fields: {
    of: whole(UPRIGHT, 0, MOST),
    measure: choice(['most']),
    guess: choice(['level', 'upright']),
  },
  begins: { layer: answerOf(OWN), channel: 0, row: 0, column: 90 / TURN },
  looks: {
    hidden: [MANY, LEARNT].flatMap((name) => [name, clippedOf(name), answerOf(name)]),
    scale: 'map',
  },
  shows: { of: UPRIGHT, measure: '' },

  loads: loadLearnt,
  asks: ({ of, measure }, _, learnt) => {
    const [weight, bias] = chosen(of, learnt);
    return askedOf([[OWN, weight, bias]], measure);
  },
  besides: createBesides(),
  hands,

  verdict({ guess }, { tensors }) {
    const values = tensors.get(answerOf(OWN))?.data;
    const [level, upright] = [values?.[0], values?.[90 / TURN]];
    if (level === undefined || upright === undefined) return null;
    const gaps = { level: brief(level, 3), upright: brief(upright, 3) };
    const right = guess === (upright > level ? 'upright' : 'level');
    return {
      right,
      says: message(upright > level ? 'bench.angles.across' : 'bench.angles.along', gaps),
    };
  },
};

/** Layers that read the strip: a kernel's maps, cut off at 0, and of each picture one number. */
/** @param {readonly (readonly [name: string, weight: Numbers, bias: Numbers])[]} convolutions @param {string} measure @returns {Asked} */
function askedOf(convolutions, measure) {
  return {
    input: strokes(),
    layers: convolutions.flatMap(([name, { shape }]) => layersOf(name, shape, measure)),
    weights: Object.fromEntries(
      convolutions.flatMap(([name, weight, bias]) => [
        [`${name}.weight`, weight],
        [`${name}.bias`, bias],
      ]),
    ),
  };
}

/** @param {string} name @param {readonly number[]} shape of the weights @param {string} measure @returns {LayerBody[]} */
function layersOf(name, [channels = 1, , rows = 1, columns = 1], measure) {
  const [clipped, answer] = [clippedOf(name), answerOf(name)];
  return [
    {
      ...{ name, kind: 'conv', inputs: ['input'], channels },
      ...{ kernel: [rows, columns], stride: [1, 1], padding: [0, 0] },
    },
    { name: clipped, kind: RELU, inputs: [name] },
    {
      ...{
        name: answer,
        kind: 'pool',
        inputs: [clipped],
        mode: measure === 'most' ? 'max' : 'sum',
      },
      // no window shares a cell with the picture beside its own
      ...{ kernel: [SIDE - rows + 1, SIDE - columns + 1], stride: [SIDE, SIDE], padding: [0, 0] },
    },
  ];
}

/** @param {Learnt | null} learnt @returns {number} how many kernels there are */
const countOf = (learnt) => NAMED.length + (learnt?.weight.shape[0] ?? 0);

/** @param {number} of @param {Learnt | null} learnt @returns {readonly [weight: Numbers, bias: Numbers]} */
function chosen(of, learnt) {
  const which = Math.min(of, countOf(learnt) - 1);
  const named = NAMED[which];
  if (named) return [floats([1, 1, 3, 3], weightsOf(named).values), floats([1], [0])];
  const { weight, bias } = /** @type {Learnt} */ (learnt);
  const [channel, area] = [which - NAMED.length, weight.data.length / bias.data.length];
  const values = weight.data.subarray(channel * area, (channel + 1) * area);
  return [floats([1, ...weight.shape.slice(1)], values), floats([1], [bias.data[channel] ?? 0])];
}

/** All kernels are asked about once a measure. @returns {NonNullable<Section['besides']>} */
function createBesides() {
  let last = /** @type {{ measure: string, asked: Asked } | null} */ (null);
  return ({ measure }, _, learnt) => {
    if (last && last.measure === measure) return last.asked;
    const named = [MANY, namedWeights(), floats([NAMED.length], new Float32Array(NAMED.length))];
    const others = learnt ? [[LEARNT, learnt.weight, learnt.bias]] : [];
    const all = /** @type {[string, Numbers, Numbers][]} */ ([named, ...others]);
    const asked = askedOf(all, measure);
    last = { measure, asked };
    return asked;
  };
}

/** @param {Stand<Given>} stand */
function hands({ give, point, look }) {
  const measures = createChoice(
    message('bench.angles.measures'),
    { sum: message('bench.angles.sum'), most: message('bench.angles.most') },
    (measure) => give({ measure: measure === 'sum' ? '' : measure }),
  );
  const turn = createSlider({
    ...{ name: message('bench.angles.turn'), least: 0, most: 180, step: TURN },
    change: (angle) => point({ layer: answerOf(OWN), channel: 0, row: 0, column: angle / TURN }),
  });
  const curves = createCurves({
    ...{ many: MANY, learnt: LEARNT, answer: answerOf, point },
    take(of) {
      give({ of });
      look();
    },
  });

  return {
    elements: [html('div', { class: 'hand' }, turn.element, measures.element)],
    below: [curves.element],
    /** @param {Readonly<SectionState<Given>>} state */
    show({ given, trace, weights, pinned, pointed }) {
      measures.show(given.measure || 'sum');
      const cell = pinned ?? pointed ?? angles.begins;
      turn.show(angleOf(cell));
      if (trace && weights) curves.show(trace.tensors, weights.tensors, given.of, cell);
    },
  };
}

/** @param {import('./types.d.ts').Cell} cell @returns {number} of the stroke that it looks at */
function angleOf({ layer, column }) {
  const answers = [OWN, MANY, LEARNT].map(answerOf).includes(layer);
  return Math.min(PICTURES - 1, answers ? column : Math.floor(column / SIDE)) * TURN;
}

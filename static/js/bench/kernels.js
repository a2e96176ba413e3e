// What kernels do: one picture under many kernels, each with its name, its numbers and what it answers
// to; and one kernel that can be changed.

import { matrixOf } from '../geometry/matrix.js';
import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { percent } from '../text/shares.js';
import { createMatrix } from '../ui/matrix.js';
import { createChoice, createNumber } from '../ui/hands.js';
import { html } from '../ui/dom.js';
import { floats, pictureIn } from './arrays.js';
import { choice, matrix, number } from './fields.js';
import { loadLearnt } from './kernels/loaded.js';
import { NAMED, namedWeights } from './kernels/named.js';
import { createResult, factsOf } from './kernels/result.js';
import { createWall } from './kernels/wall.js';
import { BOAT_PICTURE, picture, zeroOf } from './picture.js';
import { createPicture } from './picture/hand.js';

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { LayerBody } from '../wire/types.d.ts' */
/** @import { Asked, Picture, Section, SectionState, Stand } from './types.d.ts' */
/** @import { Learnt } from './kernels/loaded.js' */

/**
 * @typedef {object} Given
 * @property {Picture} picture
 * @property {Matrix} kernel
 * @property {number} bias
 * @property {string} shown how the wall shows results: as they are, clipped, or '' for both
 */

/** What the layers are called. */
const OWN = 'conv';
const MANY = 'conv_named';
const LEARNT = 'conv_learnt';
/** Rows and columns of a picture at most. */
const SIDE = 200;
const LARGEST = 7;
const LARGEST_BIAS = 1000;
/** Up to such a share of the numbers is few. */
const FEW = 0.25;
const EDGES = matrixOf([
  [-1, -1, -1],
  [-1, 8, -1],
  [-1, -1, -1],
]);

/** @type {Section<Given>} */
export const kernels = {
  name: 'kernels',
  fields: {
    picture: picture(BOAT_PICTURE, { side: SIDE }),
    kernel: matrix(EDGES, LARGEST),
    bias: number(0, -LARGEST_BIAS, LARGEST_BIAS),
    shown: choice(['signed', 'clipped']),
    guess: choice(['few', 'half']),
  },
  begins: { layer: OWN, channel: 0, row: 28, column: 93 },
  looks: { hidden: [MANY, LEARNT], scale: 'map' },

  loads: loadLearnt,

  asks({ picture, kernel, bias }, prepared) {
    const { rows, columns, values } = kernel;
    return {
      input: pictureIn(prepared, 'picture'),
      painted: { zero: zeroOf(picture) },
      layers: [layerOf(OWN, 1, [rows, columns])],
      weights: {
        [`${OWN}.weight`]: floats([1, 1, rows, columns], values),
        [`${OWN}.bias`]: floats([1], [bias]),
      },
    };
  },

  besides: createBesides(),

  hands,

  verdict({ guess }, { tensors }) {
    const tensor = tensors.get(OWN);
    if (!tensor) return null;
    const { below } = factsOf(tensor, 0);
    const share = below / tensor.data.length;
    const says = share > FEW ? 'bench.kernels.lost' : 'bench.kernels.kept';
    const gaps = { count: below, all: grouped(tensor.data.length), share: percent(share) };
    return { right: guess === (share > FEW ? 'half' : 'few'), says: message(says, gaps) };
  },
  shows: { kernel: EDGES, bias: 0 },
};

/** @param {string} name @param {number} channels @param {[number, number]} kernel @returns {LayerBody} */
function layerOf(name, channels, kernel) {
  return {
    ...{ name, kind: 'conv', inputs: ['input'], channels },
    ...{ kernel, stride: [1, 1], padding: [0, 0] },
  };
}

/** The wall is asked about once a picture. @returns {NonNullable<Section['besides']>} */
function createBesides() {
  let [last] = /** @type {Asked[]} */ ([]);
  return (_, prepared, learnt) => {
    const input = pictureIn(prepared, 'picture');
    return (last = last?.input === input ? last : wallOf(input, learnt));
  };
}

/** @param {Asked['input']} input @param {Learnt | null} learnt @returns {Asked} */
function wallOf(input, learnt) {
  const named = {
    [`${MANY}.weight`]: namedWeights(),
    [`${MANY}.bias`]: floats(
      [NAMED.length],
      NAMED.map(() => 0),
    ),
  };
  const layers = [layerOf(MANY, NAMED.length, [3, 3])];
  if (!learnt) return { input, layers, weights: named };
  const [count = 0, , rows = 0, columns = 0] = learnt.weight.shape;
  return {
    input,
    layers: [...layers, layerOf(LEARNT, count, [rows, columns])],
    weights: {
      ...named,
      [`${LEARNT}.weight`]: learnt.weight,
      [`${LEARNT}.bias`]: learnt.bias,
    },
  };
}

/** @param {Stand<Given>} stand */
function hands({ give, point, look, colours, page }) {
  const hand = createPicture({ page, change: (picture) => give({ picture }) });
  const kernel = createMatrix({
    ...{ name: message('bench.kernel'), most: LARGEST, change: (kernel) => give({ kernel }) },
  });
  const bias = createNumber({
    name: message('bench.bias'),
    ...{ least: -LARGEST_BIAS, most: LARGEST_BIAS, change: (bias) => give({ bias }) },
  });
  const clipped = createResult(true, point);
  const own = html('div', { class: 'hand' }, kernel.element, bias.element);
  const shown = createChoice(
    message('bench.kernels.shown'),
    {
      both: message('bench.kernels.both'),
      signed: message('bench.kernels.signed'),
      clipped: message('bench.kernels.clipped'),
    },
    (shown) => give({ shown: shown === 'both' ? '' : shown }),
  );
  const wall = createWall({
    ...{ many: MANY, learnt: LEARNT, colours, point },
    take(kernel, bias) {
      give({ kernel, bias });
      look();
    },
  });

  return {
    elements: [own, clipped.element, hand.element],
    below: [shown.element, wall.element],
    pause: hand.pause,
    /** @param {Readonly<SectionState<Given>>} state */
    show({ given, trace, weights, pinned, pointed }) {
      hand.show(given.picture);
      kernel.show(given.kernel);
      bias.show(given.bias);
      shown.show(given.shown || 'both');
      wall.element.dataset['shown'] = given.shown;
      if (!trace || !weights) return;
      const cell = pinned ?? pointed;
      const tensor = trace.tensors.get(OWN);
      if (tensor) clipped.show({ layer: OWN, channel: 0 }, tensor, colours(), cell);
      const { tensors } = weights;
      wall.show({ ...given, trace: trace.tensors, weights: tensors, cell });
    },
  };
}

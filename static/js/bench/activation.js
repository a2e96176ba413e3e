// ReLU, tanh, sigmoid: a map before and after, and how many of its numbers lie where on the curve.

import { matrixOf } from '../geometry/matrix.js';
import { kindOf } from '../kinds/index.js';
import { curveOf } from '../kinds/parts/pointwise.js';
import { ACTIVATIONS } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { brief } from '../text/numbers.js';
import { percent } from '../text/shares.js';
import { html, say } from '../ui/dom.js';
import { createChoice } from '../ui/hands.js';
import { createMatrix } from '../ui/matrix.js';
import { createCurve } from '../ui/receipt/curve.js';
import { histogramIn, spreadIn } from '../wire/operations.js';
import { floats, mapOf } from './arrays.js';
import { choice, flag, matrix } from './fields.js';
import { BOAT, SOBEL } from './pictures.js';

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { Activation } from '../kinds/traits.js' */
/** @import { LayerBody } from '../wire/types.d.ts' */
/** @import { Asked, Section, SectionState, Stand } from './types.d.ts' */
/** @import { Shown } from '../stage/state.js' */

/**
 * @typedef {object} Given
 * @property {Matrix} image
 * @property {Matrix} kernel what the map is made with
 * @property {boolean} typed no kernel: the map is written by hand
 * @property {Matrix} map written by hand
 * @property {string} curve a kind of activation; '' for the first
 */

/** What the layers are called. */
const BEFORE = 'conv';
const AFTER = 'activation';
/** Rows and columns of what is typed by hand. */
const LARGEST = { map: 12, kernel: 7 };
/** Of the histogram, on each side of 0. */
const BINS = 8;
const CURVE = { width: 400, height: 210 };
const USUAL = /** @type {Activation} */ (ACTIVATIONS[0]);

const EDGE = matrixOf([
  [0, 1, 0],
  [1, -4, 1],
  [0, 1, 0],
]);
const MAP = matrixOf([
  [-3, -2, -1, 0, 1],
  [-2, -1, 0, 1, 2],
  [-1, -0.5, 0.5, 2, 3],
  [0, 1, 2, 3, 4],
  [-4, -0.1, 0.1, 1.5, 2.5],
]);

/** @type {Section<Given>} */
export const activation = {
  name: 'activation',
  fields: {
    image: matrix(BOAT, LARGEST.map),
    kernel: matrix(SOBEL, LARGEST.kernel),
    typed: flag(),
    map: matrix(MAP, LARGEST.map),
    curve: choice(ACTIVATIONS),
    guess: choice(['all', 'none']),
  },
  begins: { layer: AFTER, channel: 0, row: 1, column: 4 },
  shows: { curve: '' },

  asks({ image, kernel, typed, map, curve }) {
    const { rows, columns } = kernel;
    const [before, input] = typed ? ['input', mapOf(map)] : [BEFORE, mapOf(image)];
    const after = layerOf({ name: AFTER, kind: kindNamed(curve), inputs: [before] });
    /** @type {Asked} */
    const asked = { spread: true, histogram: BINS, input, layers: [after], weights: {} };
    if (typed) return asked;
    const conv = layerOf({
      ...{ name: BEFORE, kind: 'conv', inputs: ['input'], channels: 1 },
      ...{ kernel: [rows, columns], stride: [1, 1] },
      padding: [Math.floor(rows / 2), Math.floor(columns / 2)],
    });
    return {
      ...asked,
      layers: [conv, after],
      weights: {
        [`${BEFORE}.weight`]: floats([1, 1, rows, columns], kernel.values),
        [`${BEFORE}.bias`]: floats([1], [0]),
      },
    };
  },

  hands,

  verdict({ guess }, shown) {
    const found = countsOf(shown);
    if (!found) return null;
    const { below: count, silenced } = found;
    if (!count) return { right: guess === 'all', says: message('bench.activation.above') };
    const says = message('bench.activation.cut', { count, silenced: percent(silenced) });
    return { right: guess === 'none', says };
  },
};

/** @param {LayerBody} layer @returns {LayerBody} */
const layerOf = (layer) => layer;

/** @param {string} curve */
const kindNamed = (curve) => ACTIVATIONS.find((kind) => kind === curve) ?? USUAL;

/**
 * What the server counted: the numbers before, those below 0, and the shares that are exactly 0.
 *
 * @param {Shown} shown
 */
function countsOf(shown) {
  const before = shown.tensors.has(BEFORE) ? BEFORE : 'input';
  const counts = histogramIn(shown)?.[before]?.[1];
  const spread = spreadIn(shown);
  if (!spread || !counts) return null;
  const [zeros, silenced] = [before, AFTER].map((name) => spread[name]?.[2] ?? 0);
  const sum = (/** @type {readonly number[]} */ of) => of.reduce((total, one) => total + one, 0);
  return {
    ...{ before, counts, all: sum(counts), below: sum(counts.slice(0, BINS)) },
    ...{ zeros: zeros ?? 0, silenced: silenced ?? 0 },
  };
}

/** @param {Stand<Given>} stand */
function hands({ give }) {
  const image = createMatrix({
    ...{ name: message('bench.image'), most: LARGEST.map, change: (image) => give({ image }) },
  });
  const kernel = createMatrix({
    ...{ name: message('bench.kernel'), most: LARGEST.kernel },
    change: (kernel) => give({ kernel }),
  });
  const map = createMatrix({
    ...{ name: message('bench.activation.map'), most: LARGEST.map, change: (map) => give({ map }) },
  });
  const made = createChoice(
    message('bench.activation.maps'),
    {
      sobel: message('bench.convolution.sobel'),
      edge: message('bench.activation.edge'),
      typed: message('bench.activation.typed'),
    },
    (name) => {
      const kernel = name === 'sobel' ? SOBEL : EDGE;
      give(name === 'typed' ? { typed: true } : { typed: false, kernel });
    },
  );
  const curves = createChoice(
    message('bench.activation.functions'),
    Object.fromEntries(ACTIVATIONS.map((kind) => [kind, message(`bench.activation.${kind}`)])),
    (curve) => give({ curve: curve === USUAL ? '' : curve }),
  );
  const figure = createFigure();
  const below = html('div', { class: 'hand' }, made.element, curves.element, ...figure.elements);

  return {
    elements: [image.element, kernel.element, map.element, below],
    /** @param {Readonly<SectionState<Given>>} state */
    show(state) {
      const { image: picture, kernel: weights, map: own, typed, curve } = state.given;
      for (const { element } of [image, kernel]) element.hidden = typed;
      map.element.hidden = !typed;
      image.show(picture);
      kernel.show(weights);
      map.show(own);
      curves.show(kindNamed(curve));
      figure.show(state);
    },
  };
}

/** The curve over the histogram of the numbers before, and what was counted in words. */
function createFigure() {
  const curve = createCurve(CURVE.width, CURVE.height);
  const picture = html('div', { class: 'histogram' }, curve.element);
  const told = html('p', { class: 'told', role: 'status' });

  /** @param {Readonly<SectionState<Given>>} state */
  function show({ graph, trace }) {
    const found = trace && countsOf(trace);
    if (!graph || !found) return;
    const { before, counts, all, below, zeros, silenced } = found;
    const layer = graph.layer(AFTER);
    const does = kindOf(layer).pointwise?.(layer);
    if (!does) return;
    const name = message(`bench.activation.${kindNamed(layer.kind)}`);
    curve.count(curveOf(does, trace.tensors, before), counts, (from, to, count) =>
      message('bench.activation.bar', { from: brief(from), to: brief(to), count }),
    );
    picture.role = 'img';
    picture.ariaLabel = message('bench.activation.histogram', { name });
    const shares = { zeros: percent(zeros), silenced: percent(silenced) };
    say(told, message('bench.activation.told', { name, all, below, ...shares }));
  }
  return { elements: [picture, told], show };
}

// Convolution: image × kernel, the kernel sliding over the image; and turned through 180°, as a
// convolution strictly is.

import { matrixOf, sameMatrix, turnedRound } from '../geometry/matrix.js';
import { message } from '../text/messages.js';
import { createMatrix } from '../ui/matrix.js';
import { createChoice, createNumber, createSwitch } from '../ui/hands.js';
import { html, say } from '../ui/dom.js';
import { choice, flag, matrix, number } from './fields.js';
import { floats, mapOf } from './arrays.js';

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { Cell, Section, SectionState, Stand } from './types.d.ts' */
/** @import { Shown } from '../stage/state.js' */

/**
 * @typedef {object} Given
 * @property {Matrix} image
 * @property {Matrix} kernel
 * @property {number} bias
 * @property {boolean} turned the kernel turned through 180° stands beside it
 */

/** What the layers are called. */
const PLAIN = 'conv';
const TURNED = 'conv_turned';
/** Rows and columns of what is typed by hand. */
const LARGEST = { image: 12, kernel: 7 };
const LARGEST_BIAS = 1000;

/** The essay's, of its figure 5. */
const IMAGE = matrixOf([
  [1, 1, 1, 0, 0],
  [0, 1, 1, 1, 0],
  [0, 0, 1, 1, 1],
  [0, 0, 1, 1, 0],
  [0, 1, 1, 0, 0],
]);
const KERNELS = {
  essay: matrixOf([
    [1, 0, 1],
    [0, 1, 0],
    [1, 0, 1],
  ]),
  sobel: matrixOf([
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ]),
};

/** @type {Section<Given>} */
export const convolution = {
  name: 'convolution',
  fields: {
    image: matrix(IMAGE, LARGEST.image),
    kernel: matrix(KERNELS.essay, LARGEST.kernel),
    bias: number(0, -LARGEST_BIAS, LARGEST_BIAS),
    turned: flag(),
    guess: choice(['same', 'other']),
  },
  begins: { layer: PLAIN, channel: 0, row: 0, column: 0 },
  shows: { turned: true },

  asks({ image, kernel, bias, turned }) {
    const used = turned ? { [PLAIN]: kernel, [TURNED]: turnedRound(kernel) } : { [PLAIN]: kernel };
    return {
      input: mapOf(image),
      layers: Object.keys(used).map((name) => layerOf(name, kernel)),
      weights: Object.fromEntries(
        Object.entries(used).flatMap(([name, { rows, columns, values }]) => [
          [`${name}.weight`, floats([1, 1, rows, columns], values)],
          [`${name}.bias`, floats([1], [bias])],
        ]),
      ),
    };
  },

  hands,

  verdict({ kernel, guess }, shown) {
    const changed = changes(shown);
    if (!changed) return null;
    const { count, all } = changed;
    const right = guess === (count ? 'other' : 'same');
    const symmetric = sameMatrix(kernel, turnedRound(kernel));
    if (count) return { right, says: message('bench.convolution.changed', { count, all }) };
    const says = symmetric ? 'bench.convolution.symmetric' : 'bench.convolution.unchanged';
    return { right, says: message(says) };
  },
};

/** @param {string} name @param {Matrix} kernel @returns {import('../wire/types.d.ts').LayerBody} */
function layerOf(name, { rows, columns }) {
  return {
    ...{ name, kind: 'conv', inputs: ['input'], channels: 1 },
    ...{ kernel: [rows, columns], stride: [1, 1], padding: [0, 0] },
  };
}

/** @param {Shown} shown @returns {{ count: number, all: number } | null} cells that the turned kernel makes others */
function changes({ tensors }) {
  const [plain, turned] = [PLAIN, TURNED].map((name) => tensors.get(name)?.data);
  if (!plain || !turned) return null;
  const count = [...plain].filter((value, i) => value !== turned[i]).length;
  return { count, all: plain.length };
}

/** @param {Stand<Given>} stand */
function hands({ give, point, store }) {
  const image = createMatrix({
    name: message('bench.image'),
    most: LARGEST.image,
    change: (image) => give({ image }),
    point: (row, column) => point(around(store.get(), row, column)),
  });
  const kernel = createMatrix({
    name: message('bench.kernel'),
    most: LARGEST.kernel,
    change: (kernel) => give({ kernel }),
  });
  const bias = createNumber({
    name: message('bench.bias'),
    ...{ least: -LARGEST_BIAS, most: LARGEST_BIAS, change: (bias) => give({ bias }) },
  });
  const named = createChoice(
    message('bench.convolution.kernels'),
    {
      essay: message('bench.convolution.essay'),
      sobel: message('bench.convolution.sobel'),
      turned: message('bench.convolution.round'),
    },
    (name) => {
      const next = { ...KERNELS, turned: turnedRound(store.get().given.kernel) }[name];
      if (next) give({ kernel: next });
    },
  );
  const turned = createSwitch(message('bench.convolution.turn'), (on) => give({ turned: on }));
  const told = html('p', { class: 'told', role: 'status' });
  const beside = html('div', { class: 'hand' }, named.element, bias.element, turned.element, told);

  return {
    elements: [image.element, kernel.element, beside],
    /** @param {Readonly<SectionState<Given>>} state */
    show({ given, pinned, pointed, trace, graph }) {
      const cell = pinned ?? pointed;
      const read =
        cell && cell.layer !== graph?.input ? { ...cell, ...sizeOf(given.kernel) } : null;
      image.show(given.image, read);
      kernel.show(given.kernel);
      bias.show(given.bias);
      turned.show(given.turned);
      const changed = given.turned && trace ? changes(trace) : null;
      say(told, changed ? message('bench.convolution.counted', changed) : '');
    },
  };
}

/** @param {Matrix} matrix */
const sizeOf = ({ rows, columns }) => ({ rows, columns });

/**
 * The cell whose window has this number of the image in its middle, or as near to it as there is one.
 *
 * @param {Readonly<SectionState<Given>>} state
 * @param {number} row
 * @param {number} column
 * @returns {Cell}
 */
function around({ given: { image, kernel }, pointed, pinned }, row, column) {
  const layer = (pinned ?? pointed)?.layer === TURNED ? TURNED : PLAIN;
  const held = (/** @type {number} */ at, /** @type {'rows' | 'columns'} */ side) =>
    Math.max(0, Math.min(image[side] - kernel[side], at - Math.floor(kernel[side] / 2)));
  return { layer, channel: 0, row: held(row, 'rows'), column: held(column, 'columns') };
}

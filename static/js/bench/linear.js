// Two convolutions are one: the kernel that does the same as both, made by the server; and a ReLU
// between them, with which no kernel does.

import { matrixOf, rowsOf, turnedRound } from '../geometry/matrix.js';
import { ACTIVATIONS } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { short } from '../text/numbers.js';
import { html, say } from '../ui/dom.js';
import { createMatrix } from '../ui/matrix.js';
import { floats, mapOf } from './arrays.js';
import { choice, matrix } from './fields.js';
import { BOAT, SOBEL } from './pictures.js';

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { Tensor } from '../geometry/types.d.ts' */
/** @import { LayerBody } from '../wire/types.d.ts' */
/** @import { Asked, Section, SectionState, Stand } from './types.d.ts' */
/** @import { Shown } from '../stage/state.js' */

/**
 * @typedef {object} Given
 * @property {Matrix} image
 * @property {Matrix} first kernel
 * @property {Matrix} second kernel, over what the first one makes
 */

/** What the layers are called. */
const [FIRST, SECOND, BOTH, BETWEEN, BENT] = ['conv1', 'conv2', 'conv12', 'relu1', 'conv3'];
/** Rows and columns of what is typed by hand. */
const LARGEST = { image: 12, kernel: 4 };
/** By so much of the largest sum that there can be may float32 round a number here. */
const ROUNDING = 2 ** -18;

const SMOOTH = matrixOf([
  [1, 2, 1],
  [2, 4, 2],
  [1, 2, 1],
]);

/** @type {Section<Given>} */
export const linear = {
  name: 'linear',
  fields: {
    image: matrix(BOAT, LARGEST.image),
    first: matrix(SOBEL, LARGEST.kernel),
    second: matrix(SMOOTH, LARGEST.kernel),
    guess: choice(['one', 'two']),
  },
  begins: { layer: BOTH, channel: 0, row: 0, column: 0 },

  // What the two do to an image, the second one, turned round, does to the first.
  prepares({ first, second }) {
    const padding = /** @type {[number, number]} */ ([second.rows - 1, second.columns - 1]);
    return asked(first, [[BOTH, 'input', turnedRound(second), padding]]);
  },

  asks({ image, first, second }, prepared) {
    const [kind] = ACTIVATIONS;
    const both = matrixIn(prepared.get(BOTH));
    const { layers, ...rest } = asked(image, [
      [FIRST, 'input', first],
      [SECOND, FIRST, second],
      [BOTH, 'input', both],
      [BENT, BETWEEN, second],
    ]);
    const between = /** @type {LayerBody} */ ({ name: BETWEEN, kind, inputs: [FIRST] });
    return { ...rest, layers: [...layers.slice(0, 1), between, ...layers.slice(1)] };
  },

  hands,

  verdict(given, shown) {
    const found = compared(given, shown);
    if (!found || found.equal < found.all) return null;
    const { all, bent: count } = found;
    const says = count ? 'bench.linear.bends' : 'bench.linear.straight';
    return { right: given.guess === 'one', says: message(says, { all, count }) };
  },
};

/**
 * @param {Matrix} image
 * @param {readonly (readonly [name: string, reads: string, kernel: Matrix, padding?: [number, number]])[]} convolutions
 * @returns {Asked}
 */
function asked(image, convolutions) {
  return {
    input: mapOf(image),
    layers: convolutions.map(([name, reads, { rows, columns }, padding = [0, 0]]) => ({
      ...{ name, kind: 'conv', inputs: [reads], channels: 1 },
      ...{ kernel: [rows, columns], stride: [1, 1], padding },
    })),
    weights: Object.fromEntries(
      convolutions.flatMap(([name, , { rows, columns, values }]) => [
        [`${name}.weight`, floats([1, 1, rows, columns], values)],
        [`${name}.bias`, floats([1], [0])],
      ]),
    ),
  };
}

/** @param {Tensor | undefined} tensor of one map @returns {Matrix} */
function matrixIn(tensor) {
  if (!tensor) return { rows: 0, columns: 0, values: [] };
  const [rows = 0, columns = 0] = tensor.shape.slice(-2);
  return { rows, columns, values: [...tensor.data] };
}

/**
 * Cell by cell: how many numbers of the one kernel are those of both, one after the other; and how many are others with
 * an activation between them.
 *
 * @param {Readonly<Given>} given
 * @param {Shown} shown
 */
function compared({ image, first, second }, { tensors }) {
  const [plain, one, bent] = [SECOND, BOTH, BENT].map((name) => tensors.get(name)?.data);
  if (!plain || !one || !bent) return null;
  const sizes = [image, first, second].map(({ values }) => values.map(Math.abs));
  const [largest, ...sums] = [Math.max(...(sizes[0] ?? [])), ...sizes.slice(1).map(sumOf)];
  const near = ROUNDING * sums.reduce((product, sum) => product * sum, largest ?? 0);
  const alike = (/** @type {ArrayLike<number>} */ other) =>
    [...plain].filter((value, i) => Math.abs(value - (other[i] ?? NaN)) <= near).length;
  return { all: plain.length, equal: alike(one), bent: plain.length - alike(bent) };
}

/** @param {readonly number[]} values */
function sumOf(values) {
  return values.reduce((sum, value) => sum + value, 0);
}

/** @param {Stand<Given>} stand */
function hands({ give }) {
  const matrixNamed = (/** @type {keyof Given} */ key, /** @type {number} */ most) =>
    createMatrix({ name: nameOf(key), most, change: (value) => give({ [key]: value }) });
  const image = matrixNamed('image', LARGEST.image);
  const first = matrixNamed('first', LARGEST.kernel);
  const second = matrixNamed('second', LARGEST.kernel);
  const one = html('table', { class: 'one-kernel' });
  const told = html('p', { class: 'told', role: 'status' });
  let drawn = '';

  return {
    elements: [image.element, first.element, second.element, one, told],
    /** @param {Readonly<SectionState<Given>>} state */
    show({ given, weights, trace }) {
      image.show(given.image);
      first.show(given.first);
      second.show(given.second);
      const rows = rowsOf(matrixIn(weights?.tensors.get(`${BOTH}.weight`)));
      if (JSON.stringify(rows) !== drawn) one.replaceChildren(...kernelRows(rows));
      drawn = JSON.stringify(rows);
      const found = trace && compared(given, trace);
      say(told, found ? message('bench.linear.told', { ...found }) : '');
    },
  };
}

/** @param {keyof Given} key */
function nameOf(key) {
  if (key === 'image') return message('bench.image');
  return message(key === 'first' ? 'bench.linear.first' : 'bench.linear.second');
}

/** @param {readonly (readonly number[])[]} rows */
function kernelRows(rows) {
  const cells = rows.map((row) =>
    html('tr', {}, ...row.map((value) => html('td', {}, short(value)))),
  );
  return [html('caption', {}, message('bench.linear.one')), html('tbody', {}, ...cells)];
}

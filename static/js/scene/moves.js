// What is said of a drawing that is moved, turned and scaled: pure words and numbers.

import { answerText, ranked, scoreLayerOf } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { number, short, signed } from '../text/numbers.js';
import { sentences } from '../text/sentences.js';
import { ownRange } from './quantities/scale.js';

/** @import { Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Range } from './types.d.ts' */

/** @typedef {'shift' | 'rotation' | 'scale'} Way */

/**
 * One variation: an index into the rows of its way's answers.
 *
 * @typedef {object} Spot
 * @property {Way} way
 * @property {number} index of a shift: row × side + column
 */

/**
 * @typedef {object} Moves
 * @property {Graph} graph of the network that reads it
 * @property {readonly string[]} classes
 * @property {number} chosen class whose answer is shown
 * @property {boolean} shares whether the network ends in probabilities; scores otherwise
 * @property {Range} range of the answers: 0 to 1, or as far as the scores of all variations reach
 * @property {number} side how many rows, and columns, of shifts there are
 * @property {Record<Way, ArrayLike<number>>} read answers, a row of classes for each variation
 * @property {ArrayLike<number>} offsets px, of the rows and of the columns of `shift`
 * @property {ArrayLike<number>} angles degrees, counter-clockwise
 * @property {ArrayLike<number>} factors
 * @property {Record<'rotation' | 'scale', ArrayLike<number>>} images each (28, 28), one after another
 */

/**
 * @param {Tensors} tensors
 * @param {Graph} graph
 * @param {number} chosen
 * @returns {Moves | null} null where the server sent something else
 */
export function movesOf(tensors, graph, chosen) {
  const data = (/** @type {string} */ name) => tensors.get(name)?.data ?? [];
  const side = tensors.get('shift')?.shape[0];
  if (!side) return null;
  const read = { shift: data('shift'), rotation: data('rotation'), scale: data('scale') };
  const shares = scoreLayerOf(graph) !== null;
  const reach = shares ? [0, 1] : Object.values(read).flatMap((rows) => Array.from(rows, Number));
  return {
    ...{ graph, classes: graph.classes, chosen, side, offsets: data('shift.offsets') },
    ...{ read, shares, range: ownRange(graph.output, reach) },
    ...{ angles: data('rotation.angles'), factors: data('scale.factors') },
    images: { rotation: data('rotation.images'), scale: data('scale.images') },
  };
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @param {number} [channel]
 * @returns {number} the answer for a class: its probability, or its score
 */
export function answerAt({ read, classes, chosen }, { way, index }, channel = chosen) {
  return read[way][index * classes.length + channel] ?? 0;
}

/** @param {Moves} moves @param {Spot} spot @returns {number[]} classes, the likeliest first */
export function orderAt(moves, spot) {
  return ranked(moves.classes.map((_, channel) => answerAt(moves, spot, channel)));
}

/**
 * Where along a way a class is likeliest.
 *
 * @param {Moves} moves
 * @param {'rotation' | 'scale'} way
 * @param {number} channel
 */
export function peakOf(moves, way, channel) {
  const answers = Array.from(valuesOf(moves, way), (_, index) =>
    answerAt(moves, { way, index }, channel),
  );
  const answer = Math.max(...answers);
  return { index: Math.max(0, answers.indexOf(answer)), answer };
}

/**
 * What there is to say of the ways whose variations are values in a row.
 *
 * @satisfies {Record<string, { values: 'angles' | 'factors', still: number, said: (value: number) => string, written: (value: number) => string }>}
 */
const ROWS = {
  rotation: {
    values: 'angles',
    still: 0,
    said: turned,
    written: (value) => (value === 0 ? '0°' : `${signed(value, 0)}°`),
  },
  scale: { values: 'factors', still: 1, said: sized, written: (value) => number(value, 2) },
};

/**
 * @param {Pick<Moves, 'angles' | 'factors'>} moves
 * @param {'rotation' | 'scale'} way
 */
export function valuesOf(moves, way) {
  return moves[ROWS[way].values];
}

/** @param {Moves} moves @param {'rotation' | 'scale'} way @param {number} index */
function valueAt(moves, way, index) {
  return valuesOf(moves, way)[index] ?? ROWS[way].still;
}

/**
 * The variation that changes nothing.
 *
 * @param {Moves} moves
 * @param {Way} way
 * @returns {Spot}
 */
export function home(moves, way) {
  if (way === 'shift') return { way, index: (moves.side ** 2 - 1) / 2 };
  const off = Array.from(valuesOf(moves, way), (value) => Math.abs(value - ROWS[way].still));
  return { way, index: off.indexOf(Math.min(...off)) };
}

/**
 * @param {Moves} moves
 * @param {number} down px
 * @param {number} right px
 * @returns {Spot} the shift that comes nearest
 */
export function shiftTo({ side, offsets }, down, right) {
  const nearest = (/** @type {number} */ wanted) => {
    const off = Array.from(offsets, (offset) => Math.abs(offset - wanted));
    return off.indexOf(Math.min(...off));
  };
  return { way: 'shift', index: nearest(down) * side + nearest(right) };
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @returns {{ down: number, right: number }} px by which a shift moves
 */
function shiftAt({ side, offsets }, { index }) {
  const down = offsets[Math.floor(index / side)] ?? 0;
  return { down, right: offsets[index % side] ?? 0 };
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @returns {string} "moved 3 px down and 2 px left", "turned by 15° to the left", "0.8 times as large"
 */
export function placeText(moves, spot) {
  const { way, index } = spot;
  if (way !== 'shift') return ROWS[way].said(valueAt(moves, way, index));
  const { down, right } = shiftAt(moves, spot);
  return sentences().movedBy(down, right);
}

/** @param {number} angle */
function turned(angle) {
  if (angle === 0) return message('moves.not-turned');
  const degrees = short(Math.abs(angle));
  return message(angle > 0 ? 'moves.turned.left' : 'moves.turned.right', { degrees });
}

/** @param {number} factor */
function sized(factor) {
  return Math.abs(factor - 1) < 1e-6
    ? message('moves.as-large')
    : message('moves.sized', { times: number(factor, 2) });
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @returns {string} how the server is asked for this very image: "down=-2&right=3"
 */
export function queryOf(moves, spot) {
  const { way, index } = spot;
  if (way !== 'shift') return `${way}=${valueAt(moves, way, index)}`;
  const { down, right } = shiftAt(moves, spot);
  return `down=${down}&right=${right}`;
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @param {number} [channel]
 * @returns {string} the answer for a class
 */
export function shareText(moves, spot, channel = moves.chosen) {
  const all = moves.classes.map((_, i) => answerAt(moves, spot, i));
  return answerText(moves.graph, all, channel);
}

/** @param {Moves} moves of what kind the answers are */
export const nameKey = ({ shares }) => (shares ? 'moves.probability' : 'moves.score');

/** @param {Moves} moves @returns {string} what is shown: "probability of 3" */
export const nameText = (moves) =>
  message(nameKey(moves), { class: moves.classes[moves.chosen] ?? '' });

/** @param {Moves} moves @param {Spot} spot @returns {string} behind the answer: "that it is 3, turned by 15° to the left" */
export function isText(moves, spot) {
  const { classes, chosen, shares } = moves;
  const gaps = { class: classes[chosen] ?? '', place: placeText(moves, spot) };
  return message(shares ? 'moves.is' : 'moves.is.score', gaps);
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @returns {string} "read as 3, then 5 with 0.4 %"
 */
export function readText(moves, spot) {
  const [first = 0, second] = orderAt(moves, spot);
  const name = (/** @type {number} */ i) => moves.classes[i] ?? '';
  const share = (/** @type {number} */ i) => shareText(moves, spot, i);
  const guess = { class: name(first), share: share(first) };
  if (second === undefined) return message('moves.read-as', guess);
  return message('moves.read-as.then', { ...guess, second: name(second), rest: share(second) });
}

/**
 * How far the answer holds: counted, not estimated.
 *
 * @param {Moves} moves
 * @returns {string}
 */
export function sayHolding(moves) {
  const { classes, chosen, side } = moves;
  const name = classes[chosen] ?? '';
  const places = side * side;
  const shifts = Array.from({ length: places }, (_, index) => isFirst(moves, 'shift', index));
  const held = shifts.filter(Boolean).length;
  const angles = heldAlong(moves, 'rotation');
  const sizes = heldAlong(moves, 'scale');
  return sentences().heldAt({ class: name, held, places, angles, sizes });
}

/** Whether the drawing is read as the chosen class there. */
/** @param {Moves} moves @param {Way} way @param {number} index */
function isFirst(moves, way, index) {
  return orderAt(moves, { way, index })[0] === moves.chosen;
}

/**
 * The values about the drawing as it is for which the chosen class stays first.
 *
 * @param {Moves} moves
 * @param {'rotation' | 'scale'} way
 * @returns {[low: string, high: string] | null} "−24°", "+30°"; null where it is not read so at all
 */
function heldAlong(moves, way) {
  const values = valuesOf(moves, way);
  const first = (/** @type {number} */ index) => isFirst(moves, way, index);
  let [low, high] = [home(moves, way).index, home(moves, way).index];
  if (!first(low)) return null;
  while (low > 0 && first(low - 1)) low--;
  while (high < values.length - 1 && first(high + 1)) high++;
  return [valueText(way, values[low] ?? 0), valueText(way, values[high] ?? 0)];
}

/**
 * @param {'rotation' | 'scale'} way
 * @param {number} value
 * @returns {string} "+15°", "0.80"
 */
export function valueText(way, value) {
  return ROWS[way].written(value);
}

/**
 * The image of one variation: a shift is cut from the drawing's own, the others were sent.
 *
 * @param {Moves} moves
 * @param {Spot} spot
 * @param {ArrayLike<number>} ink the drawing's own image, without border
 * @param {number} width of it
 * @returns {(index: number) => number} ink at a pixel
 */
export function inkAt(moves, spot, ink, width) {
  if (spot.way !== 'shift') {
    const images = moves.images[spot.way];
    return (index) => images[spot.index * ink.length + index] ?? 0;
  }
  const { down, right } = shiftAt(moves, spot);
  const height = ink.length / width;
  return (index) => {
    const [row, column] = [Math.floor(index / width) - down, (index % width) - right];
    const inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? (ink[row * width + column] ?? 0) : 0;
  };
}

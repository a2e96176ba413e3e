// What is said of a drawing that is moved, turned and scaled: pure words and numbers.

import { message } from '../text/messages.js';
import { number, short, signed } from '../text/numbers.js';
import { sentences } from '../text/sentences.js';
import { isAlone, percent } from '../text/shares.js';

/** @import { Tensors } from '../geometry/types.d.ts' */

/** @typedef {'shift' | 'rotation' | 'scale'} Way */

/**
 * One variation: an index into the rows of its way's probabilities.
 *
 * @typedef {object} Spot
 * @property {Way} way
 * @property {number} index of a shift: row × side + column
 */

/**
 * @typedef {object} Moves
 * @property {readonly string[]} classes
 * @property {number} chosen class whose probability is shown
 * @property {number} side how many rows, and columns, of shifts there are
 * @property {Record<Way, ArrayLike<number>>} read probabilities, a row of classes for each variation
 * @property {ArrayLike<number>} offsets px, of the rows and of the columns of `shift`
 * @property {ArrayLike<number>} angles degrees, counter-clockwise
 * @property {ArrayLike<number>} factors
 * @property {Record<'rotation' | 'scale', ArrayLike<number>>} images each (28, 28), one after another
 */

/**
 * @param {Tensors} tensors
 * @param {readonly string[]} classes
 * @param {number} chosen
 * @returns {Moves | null} null where the server sent something else
 */
export function movesOf(tensors, classes, chosen) {
  const data = (/** @type {string} */ name) => tensors.get(name)?.data ?? [];
  const side = tensors.get('shift')?.shape[0];
  if (!side) return null;
  return {
    ...{ classes, chosen, side, offsets: data('shift.offsets') },
    read: { shift: data('shift'), rotation: data('rotation'), scale: data('scale') },
    ...{ angles: data('rotation.angles'), factors: data('scale.factors') },
    images: { rotation: data('rotation.images'), scale: data('scale.images') },
  };
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @param {number} [channel]
 * @returns {number} the probability of a class
 */
export function probabilityAt({ read, classes, chosen }, { way, index }, channel = chosen) {
  return read[way][index * classes.length + channel] ?? 0;
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @returns {number[]} classes, the likeliest first
 */
export function orderAt(moves, spot) {
  const at = (/** @type {number} */ channel) => probabilityAt(moves, spot, channel);
  return moves.classes.map((_, i) => i).sort((a, b) => at(b) - at(a) || a - b);
}

/**
 * Where along a way a class is likeliest.
 *
 * @param {Moves} moves
 * @param {'rotation' | 'scale'} way
 * @param {number} channel
 */
export function peakOf(moves, way, channel) {
  const count = valuesOf(moves, way).length;
  let [index, share] = [0, 0];
  for (let i = 0; i < count; i++) {
    const here = probabilityAt(moves, { way, index: i }, channel);
    if (here > share) [index, share] = [i, here];
  }
  return { index, share };
}

/**
 * @param {Pick<Moves, 'angles' | 'factors'>} moves
 * @param {'rotation' | 'scale'} way
 */
export function valuesOf({ angles, factors }, way) {
  return way === 'rotation' ? angles : factors;
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
  const values = valuesOf(moves, way);
  const still = way === 'rotation' ? 0 : 1;
  let index = 0;
  for (let i = 1; i < values.length; i++) {
    const nearer = Math.abs(Number(values[i]) - still) < Math.abs(Number(values[index]) - still);
    if (nearer) index = i;
  }
  return { way, index };
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @returns {{ down: number, right: number }} px by which a shift moves
 */
export function shiftAt({ side, offsets }, { index }) {
  const down = offsets[Math.floor(index / side)] ?? 0;
  return { down, right: offsets[index % side] ?? 0 };
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @returns {string} "moved 3 px down and 2 px left", "turned by 15° to the left", "0.8 times as large"
 */
export function placeText(moves, spot) {
  if (spot.way === 'rotation') return turned(moves.angles[spot.index] ?? 0);
  if (spot.way === 'scale') return sized(moves.factors[spot.index] ?? 1);
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
  if (spot.way === 'rotation') return `rotation=${moves.angles[spot.index] ?? 0}`;
  if (spot.way === 'scale') return `scale=${moves.factors[spot.index] ?? 1}`;
  const { down, right } = shiftAt(moves, spot);
  return `down=${down}&right=${right}`;
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @param {number} [channel]
 * @returns {string} the probability of a class
 */
export function shareText(moves, spot, channel = moves.chosen) {
  const all = moves.classes.map((_, i) => probabilityAt(moves, spot, i));
  return percent(all[channel] ?? 0, { alone: isAlone(all) });
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
  let held = 0;
  for (let index = 0; index < places; index++) {
    if (orderAt(moves, { way: 'shift', index })[0] === chosen) held++;
  }
  const angles = heldAlong(moves, 'rotation');
  const sizes = heldAlong(moves, 'scale');
  return sentences().heldAt({ class: name, held, places, angles, sizes });
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
  const isFirst = (/** @type {number} */ index) =>
    orderAt(moves, { way, index })[0] === moves.chosen;
  let [low, high] = [home(moves, way).index, home(moves, way).index];
  if (!isFirst(low)) return null;
  while (low > 0 && isFirst(low - 1)) low--;
  while (high < values.length - 1 && isFirst(high + 1)) high++;
  return [valueText(way, values[low] ?? 0), valueText(way, values[high] ?? 0)];
}

/**
 * @param {'rotation' | 'scale'} way
 * @param {number} value
 * @returns {string} "+15°", "0.80"
 */
export function valueText(way, value) {
  if (way === 'scale') return number(value, 2);
  return value === 0 ? '0°' : `${signed(value, 0)}°`;
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

// What matters of a number, in sentences to be read aloud: what a cell says, who argued for it and
// against it, and who did so loudest.

import { grouped } from '../numbers.js';
import { together } from './counts.js';

/** @import { Noun } from './counts.js' */

/** Where the cells stand that had something to say. @typedef {'layer' | 'window' | 'place'} Where */

/**
 * "This unit says −0.46, so relu3 makes it 0: it stays silent."
 *
 * @template Part
 * @param {{ noun: 'unit' | 'cell', reads: boolean, score: string }} cell reads: it is an activation's; score: the class that it speaks for, '' for none
 * @param {Part} value
 * @param {readonly (readonly (string | Part)[])[]} becomes what activations make of it, in order
 * @returns {(string | Part)[]}
 */
export function cellSays({ noun, reads, score }, value, becomes) {
  const own = score && `, the score of ${score}`;
  return [`This ${noun} ${reads ? 'reads' : 'says'} `, value, own, ...becomes.flat(), '.'];
}

/** @param {string} layer @param {'above' | 'zero' | 'below'} before @returns {string[]} what a rectifier does */
export function rectified(layer, before) {
  if (before === 'above') return [`, and ${layer} lets it pass`];
  return [
    before === 'zero'
      ? `, and ${layer} leaves it so: it stays silent`
      : `, so ${layer} makes it 0: it stays silent`,
  ];
}

/**
 * @template Part
 * @param {string} layer
 * @param {Part} after
 * @returns {(string | Part)[]}
 */
export function makesOfIt(layer, after) {
  return [`, and ${layer} makes `, after, ' of it'];
}

/** @param {string} low @param {string} high */
export function staysBetween(low, high) {
  return `Whatever it reads, what it makes of it lies between ${low} and ${high}.`;
}

// ---------------------------------------------------------------- who argued, and how loudly

/** @param {'unit' | 'cell'} noun @param {Where} where @param {string} layer */
const several = (noun, where, layer) =>
  `${noun}s ${{ layer: `of ${layer}`, window: `in its window on ${layer}`, place: 'at its place' }[where]}`;

/**
 * "176 of 400 cells of pool2 had something to say; 71 argued for, 105 against."
 *
 * @param {object} told
 * @param {number} told.of how many were asked, padding aside
 * @param {number} told.above how many argued for
 * @param {number} told.below how many argued against
 * @param {'unit' | 'cell'} told.noun
 * @param {Where} told.where
 * @param {string} told.layer
 * @param {number} told.padding how many places of the window lie in it
 */
export function argued({ of, above, below, noun, where, layer, padding }) {
  if (!of) return 'All of its window lies in the padding: nobody had anything to say.';
  const spoke = above + below;
  const all = several(noun, where, layer);
  const one = all.replace(`${noun}s`, noun);
  const beyond = padding === 1 ? 'place lies' : 'places lie';
  const rest = padding
    ? ` ${grouped(padding)} more ${beyond} in the padding and count${padding === 1 ? 's' : ''} as 0.`
    : '';
  if (!spoke) {
    const nobody =
      of === 1 ? `The only ${one} had nothing` : `None of the ${grouped(of)} ${all} had anything`;
    return `${nobody} to say.${rest}`;
  }
  const some = { 1: `The only ${one}`, 2: `Both ${all}` }[of] ?? `All ${grouped(of)} ${all}`;
  const who = spoke === of ? some : `${grouped(spoke)} of ${grouped(of)} ${all}`;
  return `${who} had something to say${sides(above, below)}.${rest}`;
}

/** @param {number} above @param {number} below */
function sides(above, below) {
  if (above && below) return `; ${grouped(above)} argued for, ${grouped(below)} against`;
  const who = { 1: 'it', 2: 'both' }[above + below] ?? 'all of them';
  return `, and ${who} argued ${above ? 'for' : 'against'}`;
}

/**
 * Those who argued loudest on one side; where too many are equally loud, how many those are.
 *
 * @template Part
 * @typedef {{ named: readonly (readonly (string | Part)[])[], tied: { count: number, amount: Part } | null }} Loudest
 */

/**
 * "Loudest for: map 13, row 2, column 2 (0.705); against: map 3, row 0, column 1 (−0.61)."
 *
 * @template Part
 * @param {'map' | 'unit' | 'cell'} noun
 * @param {boolean} added up map by map first
 * @param {readonly Loudest<Part>[]} sides for and against, empty where nobody argued so
 * @returns {(string | Part)[]}
 */
export function loudest(noun, added, sides) {
  const told = sides.flatMap(({ named, tied }, i) => {
    const way = i ? 'against: ' : 'for: ';
    if (tied) return [[way, `${grouped(tied.count)} ${noun}s, with `, tied.amount, ' each']];
    return named.length ? [[way, ...together(named)]] : [];
  });
  const begin = added ? `Added up ${noun} by ${noun}, loudest ` : 'Loudest ';
  const [first = [], second = []] = told;
  if (!first.length) return [];
  return [begin, ...first, ...(second.length ? ['; ', ...second] : []), '.'];
}

/**
 * @template Part
 * @param {boolean} alone nothing else was said
 * @param {Part} bias
 * @returns {(string | Part)[]}
 */
export function biasAdds(alone, bias) {
  if (alone) return ['What it says is its bias alone: ', bias, '.'];
  return ['Its bias, which is always there, adds ', bias, '.'];
}

// ---------------------------------------------------------------- windows that pick or share

/**
 * @template Part
 * @param {{ of: number, ties: number, padding: number, layer: string }} window on a layer; of: its cells, padding aside
 * @param {Part} winner where the largest stands
 * @returns {(string | Part)[]}
 */
export function largestIs({ of, ties, padding, layer }, winner) {
  if (!of) return ['All of its window lies in the padding.'];
  const place = [winner, ` of ${layer}`];
  const never =
    padding === 1
      ? 'place lies in the padding and never wins'
      : 'places lie in the padding and never win';
  const rest = padding ? [` ${grouped(padding)} more ${never}.`] : [];
  if (of === 1) return ['There is only one cell in its window: ', ...place, '.', ...rest];
  const tied =
    ties === of
      ? ({ 2: 'Both' }[of] ?? `All ${grouped(of)}`)
      : `${grouped(ties)} of the ${grouped(of)}`;
  if (ties > 1)
    return [
      `${tied} cells in its window are equally large; the first is taken: `,
      ...place,
      '.',
      ...rest,
    ];
  return [
    `It is the largest of the ${grouped(of)} cells in its window: `,
    ...place,
    '. The others go no further.',
    ...rest,
  ];
}

/** @param {number} cells padding included @param {number} divisor 1 for a sum */
export function sharesOut(cells, divisor) {
  const all = `the ${cells === 1 ? 'one place' : `${grouped(cells)} places`} of its window`;
  return divisor === 1
    ? `It is the sum of ${all}.`
    : `It is the mean of ${all}: their sum, divided by ${grouped(divisor)}.`;
}

/** @param {number} cells padding included */
export function squaresOut(cells) {
  if (cells === 1) return 'Its window has one place: it is what stands there, without its sign.';
  return `It is the square root of the sum of the ${grouped(cells)} squares of its window: the further a cell is from 0, above or below, the more it counts.`;
}

// ---------------------------------------------------------------- shares

/**
 * "A share of 1.9 % goes to 9. Its score, 4.205, is 3.900 below the highest, that of 4."
 *
 * @template Part
 * @param {{ name: string, share: Part, score: Part, behind: string, highest: string, ties: number, of: number }} told
 *   behind: the highest score, '' where this is one of the highest; ties: how many have it; of: how many scores there are
 * @returns {(string | Part)[]}
 */
export function shareGets({ name, share, score, behind, highest, ties, of }) {
  const begin = ['A share of ', share, ` goes to ${name}. Its score, `, score];
  const equal = of === ties ? `all ${grouped(of)} are` : `${grouped(ties)} are`;
  if (of === 1) return [...begin, ', is the only one.'];
  if (behind && ties > 1)
    return [...begin, `, is ${behind} below the highest: ${equal} equally high.`];
  if (behind) return [...begin, `, is ${behind} below the highest, that of ${highest}.`];
  if (ties > 1) return [...begin, `, is the highest: ${equal} equally high.`];
  return [...begin, `, is the highest of all ${grouped(of)}.`];
}

/** @param {string} share @param {string} less */
export function oneMore(share, less) {
  return `One point more of score would make its share ${share}, one point less ${less}.`;
}

// ---------------------------------------------------------------- the image

/**
 * @template Part
 * @param {{ share: string, ink: 'none' | 'some' | 'full', row: number, column: number, size: string }} pixel
 * @param {Part} value
 * @returns {(string | Part)[]}
 */
export function pixelIs({ share, ink, row, column, size }, value) {
  const what = { none: 'paper', full: 'full ink', some: `${share} ink` }[ink];
  const place = ` It is row ${row}, column ${column} of the ${size} pixels that the drawing became.`;
  return [`This pixel is ${what}, and the network reads that as `, value, `.${place}`];
}

/**
 * @template Part
 * @param {number} border cells
 * @param {Part} value
 * @returns {(string | Part)[]}
 */
export function borderIs(border, value) {
  const wide = border === 1 ? 'of one cell' : `of ${grouped(border)} cells`;
  return [
    `This cell lies in the border ${wide} around the drawing. It is always paper, and the network reads that as `,
    value,
    '.',
  ];
}

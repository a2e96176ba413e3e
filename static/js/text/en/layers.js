// What a layer does, what its cells are, what its weights are for.

import { grouped } from '../numbers.js';
import { all, counted, numbered, spreadOut } from './counts.js';

/** @import { Noun, Spread } from './counts.js' */
/** A question readers ask, and its answer. @typedef {{ readonly title: string, readonly text: string }} Why */

/** @param {number} cells of a window @returns {string} "4 cells become one" */
const becomeOne = (cells) => `${counted(cells, 'cell')} ${cells === 1 ? 'becomes' : 'become'} one`;

/** @param {number} cells @param {string} before @param {string} after */
const smaller = (cells, before, after) => `${becomeOne(cells)}, and ${before} becomes ${after}.`;

// ---------------------------------------------------------------- convolution

/** @param {{ count: number, kernel: string, few: boolean, of: number, noun: Noun, source: string, made: Noun }} layer */
export function convDoes({ count, kernel, few, of, noun, source, made }) {
  const many = of === 1 ? `the one ${noun} of` : `all ${counted(of, noun)} of`;
  const each = few ? `a few ${noun}s of` : many;
  return `${counted(count, 'filter')} of ${kernel} slide over ${each} ${source}; each makes one ${made}.`;
}

/** @param {{ reads: number, of: number, noun: Noun, products: number }} cell */
export function convIs({ reads, of, noun, products }) {
  const some = reads < of ? `${reads} of the ${of}` : `all ${reads}`;
  const begin = of > 1 ? `One filter reads ${some} ${noun}s at once: ` : 'A filter at one place: ';
  return `${begin}${counted(products, 'product')} and a bias, added into this one cell.`;
}

/** @param {{ size: string, reads: number, of: number, noun: Noun, source: string, steps: string, spread: Spread | null }} filter steps: '' where it takes them one by one; spread: null where its weights lie side by side */
export function convFilter({ size, reads, of, noun, source, steps, spread }) {
  const some = reads === of ? `all ${of}` : `${reads} of the ${of}`;
  const whole = of === 1 ? source : `${some} ${noun}s of ${source}`;
  const by = steps && ` in steps of ${steps}`;
  const apart = spread ? ` ${spreadOut(spread)}` : '';
  return `One filter of ${size} weights and a bias slides over ${whole}${by}.${apart}`;
}

/** @param {{ count: number, size: string, few: boolean, noun: Noun, weights: number }} kernels few: some filters read only a few maps */
export function convKernels({ count, size, few, noun, weights }) {
  const filters = counted(count, 'filter');
  if (few) return `${filters} of up to ${size} weights: some read only a few ${noun}s.`;
  return `${filters} of ${size} weights: ${grouped(weights)} in all. Click a number to open that kernel.`;
}

/** @param {{ even: boolean, noun: Noun, made: Noun }} factors of its operations */
export function convFactors({ even, noun, made }) {
  return `${even ? `filters × ${noun}s` : 'slices'} × kernel × cells of a ${made}`;
}

/** @param {{ layer: string, channel: number, made: Noun, source: string, read: readonly number[], of: number, noun: Noun, products: number }} cell @returns {Why} */
export function whyNotAll({ layer, channel, made, source, read, of, noun, products }) {
  return {
    title: `Why not all ${of} ${noun}s?`,
    text:
      `The network was built so that each ${made} of ${layer} reads only a few: ${made} ${channel} reads ` +
      `${numbered(read, noun)} of ${source}, others read others, so that they learn ` +
      `different things. ${counted(products, 'product')} are added, and one bias.`,
  };
}

/** @param {{ channels: number, made: Noun, channel: number, maps: number, noun: Noun, source: string, taps: number }} cell @returns {Why} */
export function whySoFew({ channels, made, channel, maps, noun, source, taps }) {
  const products = counted(maps * taps, 'product');
  return {
    title: `Why ${counted(channels, made)}, not ${grouped(channels * maps)}?`,
    text:
      `One filter reads all ${maps} ${noun}s of ${source} at once. Filter ${channel} holds ` +
      `${maps} × ${counted(taps, 'weight')}: ${products}, added with one bias into this one cell.`,
  };
}

// ---------------------------------------------------------------- units

/** @param {{ count: number, layer: string }} filter */
export function denseFilter({ count, layer }) {
  return `${counted(count, 'weight')}, one for each cell of ${layer}, and a bias.`;
}

/** @param {{ count: number, each: number }} kernels */
export function denseKernels({ count, each }) {
  return `${counted(count, 'unit')} of ${counted(each, 'weight')}: ${grouped(count * each)} in all. Click a number to open that kernel.`;
}

/** @param {number} count @param {string} source */
export function denseDoes(count, source) {
  return `Each of its ${counted(count, 'unit')} reads every cell of ${source}.`;
}

/** @param {{ count: number, above: number, below: number, zero: number, layer: string, channels: number, rows: number, columns: number }} unit what it reads, folded back @returns {Why} */
export function whereItLooks({ count, above, below, zero, layer, channels, rows, columns }) {
  const weights = `Its ${counted(count, 'weight')}`;
  const maps = `the ${counted(channels, 'map')} of ${layer} that they read`;
  const where = channels === 1 ? `the ${rows} × ${columns} cells of ${layer}` : maps;
  const back = rows * columns > 1 ? `, folded back into ${where},` : '';
  const noun = rows * columns > 1 ? 'place' : 'unit';
  const none = zero ? ` ${counted(zero, 'term')} ${zero === 1 ? 'is' : 'are'} 0.` : '';
  return {
    title: 'Where it looks.',
    text:
      `${weights}${back} show which ${noun}s speak for it (blue) and against it (orange). ` +
      `In this drawing ${above} ${above === 1 ? 'counts' : 'count'} for it, ${below} against.${none}`,
  };
}

// ---------------------------------------------------------------- what makes maps smaller

/** @typedef {{ cells: number, before: string, after: string }} Smaller */

/** @param {Smaller} sizes @returns {Why} */
export function whyLargest({ cells, before, after }) {
  const text = `Pooling remembers that something was found here, not where exactly: `;
  return { title: 'Why only the largest?', text: text + smaller(cells, before, after) };
}

/** @param {'sum' | 'average' | 'l2'} mode @param {Smaller} sizes @returns {Why} */
export function whyShare(mode, { cells, before, after }) {
  if (mode === 'l2') {
    const text =
      'Large cells count far more than small ones, as if the largest were taken, and yet all have a ' +
      'say, as in a sum; −2 counts as much as 2. ';
    return { title: 'Why squares?', text: `${text}${smaller(cells, before, after)}` };
  }
  return {
    title: `Why the ${mode === 'sum' ? 'sum' : 'mean'}?`,
    text: `Each cell of the window counts the same: ${smaller(cells, before, after)}`,
  };
}

/** @param {Smaller & { source: string, noun: Noun, channel: number }} cell @returns {Why} */
export function whyOneWeight({ source, noun, channel, cells, before, after }) {
  return {
    title: 'Why one weight for all?',
    text:
      `The window only makes ${source} smaller: ${smaller(cells, before, after)} ` +
      `Training sets how much ${noun} ${channel} counts, and its bias.`,
  };
}

/** @param {{ mode: 'max' | 'sum' | 'average' | 'l2', kernel: string, source: string, noun: Noun }} layer */
export function poolDoes({ mode, kernel, source, noun }) {
  const what = {
    max: 'Keeps the largest',
    sum: 'Takes the sum',
    average: 'Takes the mean',
    l2: 'Takes the root of the sum of the squares',
  }[mode];
  return `${what} of each window of ${kernel} cells of ${source}, ${noun} by ${noun}.`;
}

/** @param {number} count @param {Noun} noun */
export function subsampleKernels(count, noun) {
  return `${counted(count, 'weight')}, one for each ${noun}, and as many biases.`;
}

// ---------------------------------------------------------------- joining

/** @param {readonly string[]} inputs */
export function addDoes(inputs) {
  return `Adds ${all(inputs)}, cell by cell.`;
}

/** @param {readonly string[]} inputs @param {Noun} noun */
export function concatDoes(inputs, noun) {
  return `Puts the ${noun}s of ${all(inputs)} beside each other.`;
}

/** @param {readonly string[]} inputs @param {string} why */
export function unknownDoes(inputs, why) {
  return `Reads ${all(inputs)}. What it computes stands in the server's code: ${why}.`;
}

/** @param {readonly string[]} inputs @param {string} why */
export function unknownValue(inputs, why) {
  return `The server computed this value from ${all(inputs)}; ${why}, so it cannot show how.`;
}

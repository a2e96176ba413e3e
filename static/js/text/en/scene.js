// What is said beside the picture: of a cell and its ways, of weights, of influence, of moves.

import { grouped } from '../numbers.js';
import { all, apart, counted, numbered, ranged } from './counts.js';

/** @import { Noun } from './counts.js' */

// ---------------------------------------------------------------- what a cell reads, and who reads it

/**
 * @typedef {object} Part cells of one layer
 * @property {string} layer
 * @property {Noun} noun
 * @property {readonly number[]} maps those that they lie in
 * @property {number} of how many there are
 * @property {boolean} unit its maps are single cells
 * @property {boolean} whole it is all of them
 * @property {readonly number[]} rows rising
 * @property {readonly number[]} columns
 */

/** @param {readonly number[]} maps @param {number} of @param {Noun} noun @returns {string} "all 6 maps", "maps 0, 1 and 5" */
const which = (maps, of, noun) =>
  maps.length === of ? `all ${counted(of, noun)}` : numbered(maps, noun);

/** @param {Pick<Part, 'rows' | 'columns'>} part @returns {string} "rows 7–11, columns 3–7" */
const placeText = ({ rows, columns }) => `${apart(rows, 'row')}, ${apart(columns, 'column')}`;

/** @param {Part} part @returns {string} "5 × 5 cells in each of the 6 maps of pool1: rows 7–11, columns 3–7" */
function partText(part) {
  const { layer, noun, maps, of, unit, whole, rows, columns } = part;
  if (unit && maps.length === 1) return `${noun} ${maps[0]} of ${layer}`;
  if (unit) return `${which(maps, of, noun)} of ${layer}`;
  const [high, wide] = [rows.length, columns.length];
  if (whole) return `all ${counted(of * high * wide, 'cell')} of ${layer}`;
  const cells = high * wide === 1 ? 'one cell' : `${high} × ${wide} cells`;
  const one = of === 1 ? '' : ` ${noun} ${maps[0]} of`;
  const each = maps.length < of ? which(maps, of, noun) : `the ${maps.length} ${noun}s`;
  const where = maps.length > 1 ? `in each of ${each} of ${layer}` : `in${one} ${layer}`;
  return `${cells} ${where}: ${placeText(part)}`;
}

/** @param {readonly Part[]} parts */
export function cellReads(parts) {
  if (!parts.length) return 'Its window lies wholly in the padding: it reads nothing.';
  return `It reads ${parts.map(partText).join(', and ')}.`;
}

/** @param {readonly string[]} inputs */
export function mayRead(inputs) {
  return `It may read any cell of ${all(inputs)}: all are marked.`;
}

/** @param {readonly { layer: string, part: Part | null }[]} readers part: where it is more than one map, and known */
export function readBy(readers) {
  const each = readers.map(({ layer, part }) => {
    if (!part) return layer;
    const maps = `${which(part.maps, part.of, part.noun)} of ${layer}`;
    const cells = part.rows.length * part.columns.length;
    return part.unit ? maps : `${maps}, in ${counted(cells, 'cell')} each`;
  });
  return `Read by ${each.join(', and ')}.`;
}

/** @param {{ row0: number, row1: number, column0: number, column1: number }} region of the image @param {boolean} whole @param {string} guessed a layer of which it is not known what it reads; '' for none */
export function fieldIs(region, whole, guessed) {
  const size = `${region.row1 - region.row0} × ${region.column1 - region.column0} cells`;
  if (guessed) {
    const most = whole ? 'the whole image' : `${size} of the image`;
    return `Its receptive field is at most ${most}: what ${guessed} reads is not known here.`;
  }
  if (whole) return 'Its receptive field is the whole image.';
  const { row0, row1, column0, column1 } = region;
  const place = `${ranged(row0, row1, 'row')}, ${ranged(column0, column1, 'column')}`;
  return `Its receptive field in the image is ${size}: ${place}.`;
}

/** @param {string} layer @param {number} count its cells in the window @param {number} equal others as large @param {boolean} wins */
export function tiedIn(layer, count, equal, wins) {
  const cells = counted(count, 'cell');
  const tied = equal + 1 === count ? `All ${cells}` : `${equal + 1} of the ${cells}`;
  const first = wins ? 'this one' : 'not this one';
  return `${tied} of its window are equally large: ${layer} takes the first, ${first}.`;
}

// ---------------------------------------------------------------- layers and weights

/** @param {{ size: string, cells: number, more: string }} shape more: '' for nothing */
export function cellsAre({ size, cells, more }) {
  return `${size} = ${counted(cells, 'cell')}${more}.`;
}

/** @param {readonly { name: string, size: string }[]} parameters @param {number} count */
export function parametersOf(parameters, count) {
  const listed = parameters.map(({ name, size }) => `${size} of ${name}`);
  return `${listed.join(' + ')} = ${grouped(count)}.`;
}

/** @param {{ factors: string, biases: number, count: number, slices: number, noun: Noun }} layer slices: of filters that do not read all; 0 where all do */
export function parametersAre({ factors, biases, count, slices, noun }) {
  const bias = biases === 1 ? 'bias' : 'biases';
  const table = slices
    ? ` Not every filter reads every ${noun}: ${counted(slices, 'slice')} in all.`
    : '';
  return `${factors} weights + ${grouped(biases)} ${bias} = ${grouped(count)}.${table}`;
}

/** @param {{ times: number, noun: Noun, out: number, padding: number, taps: number }} uses */
export function weightUsed({ times, noun, out, padding, taps }) {
  const each = `once for each cell of ${noun} ${out}`;
  const often = times === 1 ? 'once' : `${grouped(times)} times, ${each}`;
  const border = padding ? ` ${grouped(padding)} of them meet padding and add nothing.` : '';
  const sums = taps > 1 ? `, there on the sum of ${counted(taps, 'cell')}` : '';
  return `Used ${often}${sums}.${border}`;
}

/** @param {string} layer @param {number} weights that are not here yet */
export function stillLoading(layer, weights) {
  const are = `${counted(weights, 'weight')} ${weights === 1 ? 'is' : 'are'}`;
  return `Its ${are} still loading. How ${layer} is computed shows as soon as they are here.`;
}

// ---------------------------------------------------------------- moves

/** @param {number} down px @param {number} right px */
export function movedBy(down, right) {
  const parts = [
    ...(down ? [`${Math.abs(down)} px ${down > 0 ? 'down' : 'up'}`] : []),
    ...(right ? [`${Math.abs(right)} px ${right > 0 ? 'right' : 'left'}`] : []),
  ];
  return parts.length ? `moved ${all(parts)}` : 'where you drew it';
}

/** @typedef {readonly [low: string, high: string]} Ends */

/** @param {{ class: string, held: number, places: number, angles: Ends | null, sizes: Ends | null }} held null where it is not read so at all */
export function heldAt({ class: name, held, places, angles, sizes }) {
  const turned = angles ? `, turned by ${angles[0]} to ${angles[1]}` : '';
  const scaled = sizes ? `, at ${sizes[0]} to ${sizes[1]} times its size` : '';
  return `It is read as ${name} at ${held} of ${counted(places, 'place')}${turned}${scaled}.`;
}

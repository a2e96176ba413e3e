// What a kernel slides over, drawn: the cells of a map, the padding around it as cells, those that a
// window covers, and those that no window ever reads.

import { linesOf, regionOf, wholeLayer } from '../../geometry/regions.js';
import { strided } from '../../kinds/parts/reading.js';
import { message } from '../../text/messages.js';
import { short } from '../../text/numbers.js';
import { html, say, svg } from '../../ui/dom.js';

/** @import { Cell, Graph } from '../../geometry/types.d.ts' */

/** Rows and columns of the map, from 0; those of the padding lie before and behind. @typedef {{ row: number, column: number }} Place */
/** Those that are read: every row with every column. @typedef {{ rows: readonly number[], columns: readonly number[] }} Lines */

/**
 * @typedef {object} Ground
 * @property {number} size rows and columns of the map
 * @property {number} padding
 * @property {readonly number[]} values of the map
 * @property {Lines | null} window of the cell that is accounted for
 * @property {Lines | null} read by any window; null where that is not known
 */

/** Units of the drawing: a cell, and the gap before it. */
const CELL = 20;
const GAP = 2;
/** Up to so many in a row, numbers in the cells can be read. */
const WRITTEN = 15;

/** @param {Graph} graph @param {Cell} cell of a layer with a window @returns {Lines | null} */
export function windowLines(graph, cell) {
  const [region] = strided(graph.layer(cell.layer), regionOf(cell));
  return region ? linesOf(region) : null;
}

/** @param {Graph} graph @param {string} layer @returns {Lines | null} */
export function readLines(graph, layer) {
  const [region] = strided(graph.layer(layer), wholeLayer(graph, layer));
  return region ? linesOf(region) : null;
}

/** @param {Ground} ground @returns {Place[]} padding, too */
function places({ size, padding }) {
  const line = Array.from({ length: size + 2 * padding }, (_, i) => i - padding);
  return line.flatMap((row) => line.map((column) => ({ row, column })));
}

/** @param {Lines | null} lines @param {Place} place */
const isIn = (lines, { row, column }) =>
  lines !== null && lines.rows.includes(row) && lines.columns.includes(column);

/** @param {number} size @returns {(place: Place) => boolean} whether it is no padding */
const insideOf =
  (size) =>
  ({ row, column }) =>
    Math.min(row, column) >= 0 && Math.max(row, column) < size;

/** @param {Ground} ground @returns {{ cells: number, padding: number }} that no window reads */
export function unread(ground) {
  const left = ground.read ? places(ground).filter((one) => !isIn(ground.read, one)) : [];
  const cells = left.filter(insideOf(ground.size)).length;
  return { cells, padding: left.length - cells };
}

/** @param {(place: Place) => void} point a cell is pointed at */
export function createGround(point) {
  const drawing = svg('svg', { class: 'ground-cells', role: 'img' });
  const name = html('figcaption', { class: 'ground-name' });
  let known = '';
  let padding = 0;
  let side = 1;

  function follow(/** @type {PointerEvent} */ { clientX, clientY }) {
    const { left, top, width } = drawing.getBoundingClientRect();
    const at = (/** @type {number} */ off) => Math.floor((off / width) * side) - padding;
    point({ row: at(clientY - top), column: at(clientX - left) });
  }
  drawing.addEventListener('pointerdown', follow);
  drawing.addEventListener('pointermove', follow);

  /** @param {Ground} ground */
  function show(ground) {
    const text = JSON.stringify(ground);
    if (text === known) return;
    known = text;
    padding = ground.padding;
    side = ground.size + 2 * padding;
    const label = message('bench.depth.ground', { size: ground.size, padding });
    drawing.setAttribute('viewBox', `0 0 ${side * CELL} ${side * CELL}`);
    drawing.setAttribute('aria-label', label);
    say(name, label);
    drawing.replaceChildren(...layersOf(ground), ...(side <= WRITTEN ? written(ground) : []));
  }
  return { element: html('figure', { class: 'ground' }, drawing, name), show };
}

/** @param {Ground} ground @returns {SVGElement[]} */
function layersOf(ground) {
  const inside = insideOf(ground.size);
  const isUnread = (/** @type {Place} */ one) => ground.read !== null && !isIn(ground.read, one);
  const inWindow = (/** @type {Place} */ one) => isIn(ground.window, one);
  /** @param {string} kind @param {(place: Place) => boolean} belongs @param {(x: number, y: number) => string} shape */
  const layer = (kind, belongs, shape) => {
    const shapes = places(ground).filter(belongs);
    const d = shapes.map((one) => shape(...cornerOf(ground, one))).join('');
    return svg('path', { class: `ground-${kind}`, d });
  };
  return [
    layer('padding', (one) => !inside(one), squareAt),
    layer('cell', inside, squareAt),
    layer('unread', isUnread, crossAt),
    layer('window', inWindow, squareAt),
  ];
}

/** @param {Ground} ground @param {Place} place @returns {[number, number]} x and y */
function cornerOf({ padding }, { row, column }) {
  return [(column + padding) * CELL, (row + padding) * CELL];
}

/** @param {number} x @param {number} y */
function squareAt(x, y) {
  const side = CELL - GAP;
  return `M${x + GAP / 2} ${y + GAP / 2}h${side}v${side}h${-side}z`;
}

/** @param {number} x @param {number} y */
function crossAt(x, y) {
  const [near, side] = [GAP, CELL - 2 * GAP];
  return `M${x + near} ${y + near}l${side} ${side}m0 ${-side}l${-side} ${side}`;
}

/** @param {Ground} ground @returns {SVGElement[]} its numbers; padding is 0 */
function written(ground) {
  const inside = insideOf(ground.size);
  return places(ground).map((place) => {
    const [x, y] = cornerOf(ground, place);
    const own = inside(place);
    const value = own ? (ground.values[place.row * ground.size + place.column] ?? 0) : 0;
    const attributes = { x: x + CELL / 2, y: y + CELL / 2, class: own ? 'own' : 'added' };
    return svg('text', attributes, short(value));
  });
}

// What a kernel made of the picture, one pixel a cell: signed, in the colours of the stage; or clipped,
// as most programs show it.

import { pixel } from '../../render/brush.js';
import { message } from '../../text/messages.js';
import { grouped, own } from '../../text/numbers.js';
import { html, percentage, say } from '../../ui/dom.js';
import { createPlane } from '../../ui/receipt/plane.js';
import { own as spanOf } from '../../ui/receipt/shade.js';

/** @import { Cell, Tensor } from '../../geometry/types.d.ts' */
/** @import { Colours } from '../../render/brush.js' */
/** @import { Plane } from '../../ui/receipt/plane.js' */

/** What of one map matters here. @typedef {{ least: number, most: number, below: number, above: number }} Facts */

/** @typedef {{ layer: string, channel: number }} Map */

/** As a file of a picture has them. */
const WHITE = 255;

/** Of each map that was counted. @type {WeakMap<ArrayBufferView, Facts[]>} */
const counted = new WeakMap();

/** @param {Tensor} tensor @param {number} channel @returns {Facts} its ends, and how many numbers lie below 0 and above 1 */
export function factsOf({ shape, data }, channel) {
  const known = counted.get(data) ?? [];
  counted.set(data, known);
  return (known[channel] ??= count(data, areaOf(shape) * channel, areaOf(shape)));
}

/** @param {readonly number[]} shape */
const areaOf = ([, rows = 1, columns = 1]) => rows * columns;

/** @param {Tensor['data']} data @param {number} from @param {number} length @returns {Facts} */
function count(data, from, length) {
  const facts = { least: Infinity, most: -Infinity, below: 0, above: 0 };
  for (let i = from; i < from + length; i++) {
    const value = data[i] ?? 0;
    if (value < facts.least) facts.least = value;
    if (value > facts.most) facts.most = value;
    if (value < 0) facts.below++;
    if (value > 1) facts.above++;
  }
  return facts;
}

/** @param {Facts} facts */
const limitOf = ({ least, most }) => Math.max(-least, most) || 1;

/** @param {number} value @returns {number} packed: 0 and below black, 1 and above white */
function grey(value) {
  const level = Math.round(Math.min(1, Math.max(0, value)) * WHITE);
  return ((WHITE << 24) | (level << 16) | (level << 8) | level) >>> 0;
}

/**
 * @param {boolean} clipped
 * @param {(cell: Cell) => void} point
 * @param {{ still?: boolean }} [how] still: it changes only with the picture
 */
export function createResult(clipped, point, how) {
  const caption = html('figcaption');
  const mark = html('span', { class: 'result-mark', hidden: true });
  const element = html('figure', { class: 'result', 'data-clipped': clipped }, caption);
  /** @type {Plane | null} */
  let plane = null;
  /** @type {Map} */
  let map = { layer: '', channel: 0 };
  /** @type {unknown[]} */
  let known = [];
  /** Where the mark stands. @type {Cell | null} */
  let marked = null;

  function follow(/** @type {PointerEvent} */ event) {
    if (!plane) return;
    const at = plane.at(event);
    point({ ...map, row: Math.floor(at / plane.columns), column: at % plane.columns });
  }
  /** @param {number} rows @param {number} columns */
  function planeOf(rows, columns) {
    if (plane?.rows === rows && plane.columns === columns) return plane;
    plane?.element.remove();
    plane = createPlane(columns, rows, 1, how);
    plane.element.classList.add('plain');
    plane.element.append(mark);
    [mark.hidden, marked] = [true, null];
    plane.element.addEventListener('pointerdown', follow);
    plane.element.addEventListener('pointermove', follow);
    element.prepend(plane.element);
    return plane;
  }
  /** @param {Cell | null} cell */
  function showMark(cell) {
    const here = cell?.layer === map.layer && cell.channel === map.channel;
    if (marked === (here ? cell : null)) return;
    marked = here ? cell : null;
    mark.hidden = !here || !plane;
    if (!here || !plane) return;
    mark.style.left = percentage((cell.column + 0.5) / plane.columns);
    mark.style.top = percentage((cell.row + 0.5) / plane.rows);
  }

  /**
   * @param {Map} next
   * @param {Tensor} tensor
   * @param {Colours} colours
   * @param {Cell | null} cell that is accounted for
   */
  function show(next, tensor, colours, cell) {
    map = next;
    const { shape, data } = tensor;
    const [, rows = 1, columns = 1] = shape;
    const parts = [data, next.channel, colours];
    if (parts.some((part, i) => part !== known[i])) {
      known = parts;
      const facts = factsOf(tensor, next.channel);
      const span = spanOf(limitOf(facts));
      const from = rows * columns * next.channel;
      const colour = clipped ? grey : (/** @type {number} */ value) => pixel(colours, value, span);
      planeOf(rows, columns).paint((i) => colour(data[from + i] ?? 0));
      say(caption, clipped ? clippedText(facts) : signedText(facts));
    }
    showMark(cell);
  }
  return { element, show };
}

/** @param {Facts} facts */
const signedText = ({ least, most }) =>
  message('bench.kernels.signed.said', { least: own(least, 3), most: own(most, 3) });

/** @param {Facts} facts */
const clippedText = ({ below, above }) =>
  message('bench.kernels.clipped.said', { below: grouped(below), above: grouped(above) });

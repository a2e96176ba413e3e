// Both meanings of depth, drawn: a stack of maps that is read, kernels with a slice for each of them,
// and a stack of maps that is made, one by each kernel.

import { message } from '../../text/messages.js';
import { html, say, svg } from '../../ui/dom.js';

/**
 * @typedef {object} Volumes
 * @property {number} maps that are read
 * @property {number} kernels
 * @property {number} kernel rows and columns of each
 * @property {number} size rows and columns of the maps that are read
 * @property {number | null} made rows and columns of those that are made; null where there are none
 * @property {number} own the kernel that is accounted for, and its map
 */

/** Units of the drawings: the side of a map and of a slice, and how far the next one lies behind it. */
const MAP = { side: 44, behind: 6 };
const SLICE = { side: 14, behind: 3 };
/** Kernels stand in rows of so many, that far apart. */
const IN_ROW = 3;
const APART = 36;

export function createVolumes() {
  const parts = [createPart(), createPart(), createPart()];
  const element = html('div', { class: 'volumes' }, ...parts.map((part) => part.element));
  let known = '';

  /** @param {Volumes} volumes */
  function show(volumes) {
    const text = JSON.stringify(volumes);
    if (text === known) return;
    known = text;
    const { maps, kernels, kernel, size, made, own } = volumes;
    const [read, between, after] = parts;
    read?.show(stack(maps, MAP), message('bench.depth.read', { count: maps, size }));
    const stacks = Array.from({ length: kernels }, (_, i) => {
      const corner = { x: (i % IN_ROW) * APART, y: Math.floor(i / IN_ROW) * APART };
      return stack(maps, SLICE, corner, () => i === own);
    });
    const words = { count: kernels, slices: maps, kernel };
    between?.show(stacks.flat(), message('bench.depth.between', words));
    const results = made === null ? [] : stack(kernels, MAP, { x: 0, y: 0 }, (one) => one === own);
    const said = message('bench.depth.made', { count: kernels, size: made ?? 0 });
    after?.show(results, made === null ? message('bench.depth.none') : said);
  }
  return { element, show };
}

function createPart() {
  const drawing = svg('svg', { class: 'volume', 'aria-hidden': true });
  const caption = html('figcaption');
  return {
    element: html('figure', {}, drawing, caption),
    /** @param {SVGElement[]} shapes @param {string} said */
    show(shapes, said) {
      drawing.replaceChildren(...shapes);
      say(caption, said);
    },
  };
}

/**
 * Squares one behind the other, the first in front.
 *
 * @param {number} count
 * @param {{ side: number, behind: number }} sizes
 * @param {{ x: number, y: number }} [corner]
 * @param {(one: number) => boolean} [isOwn] which of them stand out
 * @returns {SVGElement[]} the last first, so that it is painted behind
 */
function stack(count, { side, behind }, corner = { x: 0, y: 0 }, isOwn = () => false) {
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = [2 + corner.x + i * behind, 2 + corner.y + i * behind];
    return svg('rect', { x, y, width: side, height: side, class: isOwn(i) ? 'own' : '' });
  }).reverse();
}

// Small pictures for the help, in the colours that the stage has.

import { svg } from './dom.js';

/** @typedef {'scale' | 'layers' | 'window' | 'lines' | 'sum' | 'count'} Picture */

const SIDE = 9;

/**
 * @param {number} x
 * @param {number} y
 * @param {string} tone name of a class
 * @param {number} [side]
 */
function square(x, y, tone, side = SIDE - 1) {
  return svg('rect', { x, y, width: side, height: side, class: tone });
}

/** @param {number} x @param {number} y @param {string} text @param {string} [tone] */
function word(x, y, text, tone = 'word') {
  return svg('text', { x, y, class: tone, 'text-anchor': 'middle' }, text);
}

/** @param {number} x @param {number} y @param {number} count @param {string} [tone] a block of squares */
function block(x, y, count, tone = 'plain') {
  return Array.from({ length: count * count }, (_, i) =>
    square(x + (i % count) * SIDE, y + Math.floor(i / count) * SIDE, tone),
  );
}

/** @type {Readonly<Record<Picture, () => SVGElement[]>>} */
const PICTURES = {
  scale: () => [
    ...['below-2', 'below', 'plain', 'above', 'above-2'].map((tone, i) =>
      square(4 + i * 11, 10, tone, 10),
    ),
    ...[word(9, 34, '−'), word(31, 34, '0'), word(53, 34, '+')],
  ],
  layers: () => [
    ...block(3, 8, 3),
    ...block(41, 13, 2),
    svg('path', { d: 'M31 21h7m-3-3 3 3-3 3', class: 'flow' }),
  ],
  window: () => [
    ...block(3, 3, 4),
    svg('rect', { x: 11, y: 11, width: 19, height: 19, class: 'window' }),
    square(47, 15, 'above', 10),
    svg('rect', { x: 46, y: 14, width: 12, height: 12, class: 'chosen' }),
  ],
  lines: () => [
    ...[square(4, 5, 'above'), square(4, 28, 'below'), square(50, 16, 'above')],
    svg('path', { d: 'M13 9C30 9 32 20 49 20', class: 'line-above' }),
    svg('path', { d: 'M13 32C30 32 32 22 49 21', class: 'line-below' }),
  ],
  sum: () => [
    ...[square(2, 8, 'above-2', 12), word(21, 18, '+'), square(27, 8, 'below', 12)],
    ...[word(46, 18, '='), square(51, 8, 'above', 12), word(31, 36, '0.7 − 0.3 = 0.4')],
  ],
  count: () =>
    [0, 1, 2, 3, 4].flatMap((i) => [
      square(4 + i * 11, 6, 'plain', 10),
      word(9 + i * 11, 30, String(i)),
    ]),
};

/** @param {Picture} name */
export function pictureOf(name) {
  const attributes = { class: 'help-picture', viewBox: '0 0 62 42', 'aria-hidden': true };
  return svg('svg', attributes, ...PICTURES[name]());
}

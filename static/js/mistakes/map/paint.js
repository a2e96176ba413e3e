// The points of the map on a canvas: each is its class's letter; what is pointed at, the drawing and
// what is nearest to it lie on a second canvas.

import { html } from '../../ui/dom.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Box } from '../../core/viewport.js' */
/** @import { Point } from './plane.js' */

/**
 * How one image looks.
 *
 * @typedef {object} Look
 * @property {string} letter '' for a dot
 * @property {string} colour
 */

/** Px of a letter at first, and at most. */
const [SMALL, LARGE] = [9, 18];
const DOT = 3;
const RING = 7;

/** @param {HTMLCanvasElement} canvas @param {Box} box */
function cleared(canvas, { deviceWidth, deviceHeight, width }) {
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
  const context = canvas.getContext('2d');
  const dpr = width ? deviceWidth / width : 1;
  context?.setTransform(1, 0, 0, 1, 0, 0);
  context?.clearRect(0, 0, deviceWidth, deviceHeight);
  context?.setTransform(dpr, 0, 0, dpr, 0, 0);
  return context && { context, dpr };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Box} box
 * @param {readonly Point[]} spots px
 * @param {readonly Look[]} looks those that come later lie above
 * @param {readonly number[]} order
 * @param {number} zoom
 * @param {Theme} theme
 */
export function paintPoints(canvas, box, spots, looks, order, zoom, theme) {
  const made = cleared(canvas, box);
  if (!made) return;
  const { context, dpr } = made;
  const size = Math.min(LARGE, SMALL + 2 * Math.log2(zoom));
  /** @type {Map<Look, HTMLCanvasElement>} */
  const stamps = new Map();
  for (const i of order) {
    const [look, spot] = [looks[i], spots[i]];
    if (!look || !spot || !inside(spot, box)) continue;
    const stamp = stamps.get(look) ?? stampOf(look, size, dpr, theme);
    stamps.set(look, stamp);
    const side = stamp.width / dpr;
    context.drawImage(stamp, spot[0] - side / 2, spot[1] - side / 2, side, side);
  }
}

/** @param {Point} spot @param {Box} box */
function inside([x, y], { width, height }) {
  return x > -LARGE && y > -LARGE && x < width + LARGE && y < height + LARGE;
}

/** A letter, or a dot, painted once. @param {Look} look @param {number} size @param {number} dpr @param {Theme} theme */
function stampOf({ letter, colour }, size, dpr, theme) {
  const side = Math.ceil((letter ? size + 3 : DOT + 1) * dpr);
  const canvas = html('canvas', { width: side, height: side });
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = colour;
  if (letter) {
    context.font = `600 ${size * dpr}px ${theme.tokens.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(letter, side / 2, side / 2 + dpr / 2, side);
  } else {
    context.arc(side / 2, side / 2, (DOT * dpr) / 2, 0, 7);
    context.fill();
  }
  return canvas;
}

/**
 * @typedef {object} Marks px
 * @property {Point | null} pointed
 * @property {Point | null} chosen
 * @property {Point | null} own where the drawing lies
 * @property {readonly Point[]} near its nearest ones
 */

/** @param {HTMLCanvasElement} canvas @param {Box} box @param {Marks} marks @param {Theme} theme */
export function paintMarks(canvas, box, { pointed, chosen, own, near }, { tokens }) {
  const context = cleared(canvas, box)?.context;
  if (!context) return;
  const ring = (
    /** @type {Point} */ [x, y],
    /** @type {number} */ radius,
    colour = '',
    wide = 2,
  ) => {
    for (const [style, width] of /** @type {const} */ ([
      [tokens.halo, wide + 2],
      [colour, wide],
    ])) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.beginPath();
      context.arc(x, y, radius, 0, 7);
      context.stroke();
    }
  };
  if (own) {
    context.strokeStyle = tokens.window;
    context.lineWidth = 1;
    for (const [x, y] of near) {
      context.beginPath();
      context.moveTo(...own);
      context.lineTo(x, y);
      context.stroke();
    }
    for (const one of near) ring(one, RING, tokens.window, 1.5);
    ring(own, RING + 3, tokens.ink, 3);
    cross(context, own, tokens.ink);
  }
  if (chosen) ring(chosen, RING + 1, tokens.accent, 2);
  if (pointed) ring(pointed, RING + 1, tokens.accent, 3);
}

/** @param {CanvasRenderingContext2D} context @param {Point} at @param {string} colour */
function cross(context, [x, y], colour) {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  for (const [dx, dy] of /** @type {const} */ ([
    [RING, 0],
    [0, RING],
  ])) {
    context.moveTo(x - dx, y - dy);
    context.lineTo(x + dx, y + dy);
  }
  context.stroke();
}

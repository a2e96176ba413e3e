// Numbers of a question in rows: to read, or painted to look at.

import { number } from '../text/numbers.js';
import { message } from '../text/messages.js';
import { html } from '../ui/dom.js';
import { said } from './words.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { QuizGrid } from '../wire/types.d.ts' */

/** CSS pixels of a painted grid's longer side, and how much finer it is drawn. */
const SIDE = 168;
const FINE = 2;
/** Rows of a painted grid whose numbers are told, too. */
const FEW = 7;

/** @param {QuizGrid} grid @param {Theme} theme @param {{ titled?: boolean, marked?: boolean }} [how] marked: a dash in cells below 0, for paper without colours */
export function createGrid(grid, theme, { titled = true, marked = false } = {}) {
  const title = said(grid.title);
  const content = grid.painted ? paintedOf(grid, theme, marked) : tableOf(grid, title);
  return html('figure', { class: 'grid' }, titled && html('figcaption', {}, title), content);
}

/** @param {QuizGrid} grid @param {Theme} theme @param {boolean} marked */
function paintedOf(grid, theme, marked) {
  const canvas = html('canvas', { class: 'grid-painted', role: 'img', 'aria-label': told(grid) });
  paint(canvas, grid, theme, marked);
  return canvas;
}

/** @param {QuizGrid} grid @param {string} title */
function tableOf({ rows, decimals, labels }, title) {
  const lines = rows.map((row, i) => {
    const label = labels[i];
    const cells = row.map((value) => html('td', {}, number(value, decimals)));
    return html('tr', {}, label !== undefined && html('th', { scope: 'row' }, label), ...cells);
  });
  return html('table', { 'aria-label': title }, html('tbody', {}, ...lines));
}

/** @param {QuizGrid} grid @returns {string} its title, and the numbers of a small one */
export function told({ title, rows, decimals }) {
  const name = said(title);
  if (rows.length > FEW) return name;
  const lines = rows.map((row) => row.map((value) => number(value, decimals)).join(' '));
  return message('quiz.grid.row', { title: name, rows: lines.join('; ') });
}

/** @param {HTMLCanvasElement} canvas @param {QuizGrid} grid @param {Theme} theme @param {boolean} marked */
function paint(canvas, grid, theme, marked) {
  const { rows } = grid;
  const [height, width] = [rows.length, rows[0]?.length ?? 1];
  const side = Math.max(1, Math.floor((FINE * SIDE) / Math.max(height, width)));
  canvas.width = side * width;
  canvas.height = side * height;
  const context = canvas.getContext('2d');
  const colour = grid.painted === 'image' ? inkOf(rows) : signOf(rows);
  rows.forEach((row, r) =>
    row.forEach((value, c) => {
      if (!context) return;
      const [style, alpha] = colour(value, theme);
      for (const [fill, share] of /** @type {const} */ ([
        [theme.image[0] ?? '', 1],
        [style, alpha],
      ])) {
        context.globalAlpha = share;
        context.fillStyle = fill;
        context.fillRect(c * side, r * side, side, side);
      }
      if (marked && isSigned(grid) && value < 0) dash(context, c * side, r * side, side);
    }),
  );
}

/** Whether numbers above and below 0 have colours of their own. @param {QuizGrid} grid */
export function isSigned({ painted }) {
  return painted === 'signed';
}

/** White with a dark rim, so that it is seen on any colour. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} side */
function dash(context, x, y, side) {
  for (const [fill, rim] of /** @type {const} */ ([
    ['#000', 0.06],
    ['#fff', 0],
  ])) {
    context.fillStyle = fill;
    const [wide, high] = [side * (0.5 + 2 * rim), side * (0.12 + 2 * rim)];
    context.fillRect(x + (side - wide) / 2, y + (side - high) / 2, wide, high);
  }
}

/** From paper to ink. @param {QuizGrid['rows']} rows @returns {(value: number, theme: Theme) => [string, number]} */
function inkOf(rows) {
  const all = rows.flat();
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return (value, { image }) => [image[1] ?? '', (value - low) / (high - low || 1)];
}

/** Blue above 0 and orange below, as the stage has it. @param {QuizGrid['rows']} rows @returns {(value: number, theme: Theme) => [string, number]} */
function signOf(rows) {
  const most = Math.max(...rows.flat().map(Math.abs)) || 1;
  return (value, { pos, neg }) => {
    const arm = value < 0 ? neg : pos;
    return [arm[Math.round((Math.abs(value) / most) * (arm.length - 1))] ?? '', 1];
  };
}

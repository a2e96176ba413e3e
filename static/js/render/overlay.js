// Paints what pointing adds: scrim, wedges, curves, frames and numbers, above the still picture.

/** @import { Theme } from '../core/theme.js' */
/** @import { CellsItem, CurveItem, FrameItem, NoteItem, OverlayItem, Rect, ScrimItem, WedgeItem } from '../scene/types.d.ts' */

/** Dashes of thin frames, of thick ones, and none. */
const FINE = [3, 2];
const COARSE = [6, 3];
/** @type {number[]} */
const WHOLE = [];

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Theme} theme
 * @param {readonly OverlayItem[]} items in painting order
 * @param {object} how
 * @param {number} how.scrim 0..1, how far the scrim has come
 * @param {(item: CellsItem) => void} how.cells paints a quantity over the values
 * @param {readonly Rect[]} how.words lines pass behind them
 */
export function paintOverlay(context, theme, items, how) {
  let behind = false;
  for (const item of items) {
    const line = item.kind === 'curve' || item.kind === 'wedge';
    if (line && !behind) leaveOut(context, how.words);
    if (!line && behind) context.restore();
    behind = line;
    paintItem(context, theme, item, how);
  }
  if (behind) context.restore();
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {OverlayItem} item
 * @param {{ scrim: number, cells: (item: CellsItem) => void }} how
 */
function paintItem(context, theme, item, { scrim, cells }) {
  if (item.kind === 'frame') paintFrame(context, theme, item);
  else if (item.kind === 'curve') paintCurve(context, theme, item);
  else if (item.kind === 'wedge') paintWedge(context, theme, item);
  else if (item.kind === 'note') paintNote(context, theme, item);
  else if (item.kind === 'scrim') paintScrim(context, theme, item, scrim);
  else cells(item);
}

/** @param {CanvasRenderingContext2D} context @param {readonly Rect[]} words */
function leaveOut(context, words) {
  const { width, height } = context.canvas;
  context.save();
  for (const { x, y, width: wide, height: high } of words) {
    context.beginPath();
    context.rect(0, 0, width, height);
    context.rect(x, y, wide, high);
    context.clip('evenodd'); // one by one, because words may overlap
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {FrameItem} item
 */
function paintFrame(context, theme, { rect, width, opacity, halo, line, tone, away = 0 }) {
  const off = away + width / 2 + (halo ? 1 : 0);
  context.globalAlpha = opacity;
  context.lineJoin = 'miter';
  /** @param {string} colour @param {number} wide */
  const stroke = (colour, wide) => {
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.strokeRect(rect.x - off, rect.y - off, rect.width + 2 * off, rect.height + 2 * off);
  };
  if (halo) stroke(theme.tokens.halo, width + 2);
  if (line === 'dashed') context.setLineDash(width < 2 ? FINE : COARSE);
  stroke(theme.tokens[tone], width);
  context.setLineDash(WHOLE);
  if (line === 'double') stroke(theme.tokens.halo, width / 3);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {CurveItem} item
 */
function paintCurve(context, theme, { from, control1, control2, to, t, width, opacity }) {
  context.globalAlpha = opacity;
  context.strokeStyle = t < 0 ? theme.tokens.neg : theme.tokens.pos;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(...from);
  context.bezierCurveTo(...control1, ...control2, ...to);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {WedgeItem} item
 */
function paintWedge(context, theme, { lines, opacity }) {
  context.globalAlpha = opacity;
  context.strokeStyle = theme.tokens.window;
  context.lineWidth = 1;
  context.beginPath();
  for (const [x0, y0, x1, y1] of lines) {
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
  }
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {NoteItem} item
 */
function paintNote(context, { tokens }, { text, x, y, radius, strong }) {
  context.globalAlpha = 1;
  context.lineCap = 'round'; // of a line that is hardly one: a disc
  for (const [colour, less] of /** @type {const} */ ([
    [tokens.bg, 0],
    [strong ? tokens.accent : tokens.ink, 1.5],
  ])) {
    context.strokeStyle = colour;
    context.lineWidth = 2 * (radius - less);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 0.01, y);
    context.stroke();
  }
  context.font = `650 ${1.2 * radius}px ${tokens.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = tokens.bg;
  context.fillText(text, x, y + 0.43 * radius);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Theme} theme
 * @param {ScrimItem} item
 * @param {number} progress
 */
function paintScrim(context, theme, { area, holes }, progress) {
  context.globalAlpha = progress;
  context.fillStyle = theme.tokens.scrim;
  context.fillRect(area.x, area.y, area.width, area.height);
  for (const hole of holes) context.clearRect(hole.x, hole.y, hole.width, hole.height);
}

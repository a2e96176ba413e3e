// The two canvases of the stage: the still picture, and above it what pointing adds.

import { clearBar, paintBar } from './bars.js';
import { createBrush } from './brush.js';
import { createColours } from './colours.js';
import { createFonts, createMeasure } from './fonts.js';
import { createStrips, paintLegend } from './legend.js';
import { paintOverlay } from './overlay.js';
import { createTiles } from './tiles.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { Layout, OverlayItem, StillItem, StillValues, Tensors } from '../scene/types.d.ts' */

export class Stage {
  #stillCanvas;
  #overlayCanvas;
  #still;
  #overlay;
  #theme;
  #colours;
  #strips;
  #brush;
  /** @type {Layout | null} */
  #layout = null;
  /** @type {readonly StillItem[]} */
  #items = [];
  /** @type {ReturnType<typeof createTiles>[]} */
  #tiles = [];
  /** Nothing stands on the overlay. */
  #clean = true;

  /**
   * @param {HTMLCanvasElement} still
   * @param {HTMLCanvasElement} overlay
   * @param {Theme} theme
   */
  constructor(still, overlay, theme) {
    this.#stillCanvas = still;
    this.#overlayCanvas = overlay;
    this.#still = contextOf(still, false);
    this.#overlay = contextOf(overlay, true);
    this.#theme = theme;
    this.measure = createMeasure(this.#still, theme.tokens.font);
    this.#colours = createColours(theme);
    this.#strips = createStrips(this.#colours);
    this.#brush = this.#createBrush();
  }

  get colours() {
    return this.#colours;
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.#theme = theme;
    this.#colours = createColours(theme);
    this.#strips = createStrips(this.#colours);
    this.#brush = this.#createBrush();
  }

  /**
   * @param {Layout} layout
   * @param {readonly StillItem[]} items
   */
  setLayout(layout, items) {
    this.#layout = layout;
    this.#items = items;
    this.#tiles = items.filter((item) => item.kind === 'tiles').map(createTiles);
    for (const canvas of [this.#stillCanvas, this.#overlayCanvas]) resize(canvas, layout);
    this.#brush = this.#createBrush();
    this.#clean = true;
  }

  /** Text, arrows and outlines: what a new trace does not change. */
  paintBase() {
    const brush = this.#brush;
    if (this.#layout) brush.clear({ x: 0, y: 0, ...this.#layout.extent });
    for (const item of this.#items) {
      if (item.kind === 'text') {
        const { text, x, y, align, font, tone, baseline } = item;
        brush.text(text, x, y, align, font, tone, baseline);
      } else if (item.kind === 'edge') brush.arrow(item);
      else if (item.kind === 'outline') brush.outline(item.rect, item.tone);
    }
  }

  /**
   * @param {Tensors | null} trace
   * @param {StillValues} values
   */
  paintValues(trace, values) {
    if (!this.#layout) return;
    const { dpr } = this.#layout;
    this.#still.setTransform(1, 0, 0, 1, 0, 0);
    this.#still.imageSmoothingEnabled = false;
    for (const tile of this.#tiles) {
      tile.colour(this.#colours, trace?.get(tile.layer), values.ranges.get(tile.layer));
      tile.paint(this.#still, dpr);
    }
    this.#still.setTransform(dpr, 0, 0, dpr, 0, 0);
    for (const item of this.#items) if (item.kind === 'bar') clearBar(this.#brush, item);
    for (const item of this.#items) {
      if (item.kind === 'bar') {
        paintBar(this.#brush, item, values.bars.get(item.layer)?.[item.channel]);
      } else if (item.kind === 'legend') {
        const range = values.ranges.get(item.layer);
        paintLegend(this.#brush, this.#strips, item, values.legends.get(item.layer), range);
      }
    }
  }

  /**
   * @param {readonly OverlayItem[]} items
   * @param {number} scrim 0..1, how far it has come
   */
  paintOverlay(items, scrim) {
    if (!this.#layout || (this.#clean && items.length === 0)) return;
    const { dpr, extent } = this.#layout;
    this.#overlay.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.#overlay.clearRect(0, 0, extent.width, extent.height);
    paintOverlay(this.#overlay, this.#theme, items, scrim);
    this.#clean = items.length === 0;
  }

  #createBrush() {
    return createBrush(this.#still, {
      theme: this.#theme,
      fonts: createFonts(this.#theme.tokens.font, this.#layout?.text ?? 1),
      measure: this.measure,
      dpr: this.#layout?.dpr ?? 1,
    });
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {boolean} alpha
 */
function contextOf(canvas, alpha) {
  const context = canvas.getContext('2d', { alpha });
  if (!context) throw new Error('This browser cannot draw: it has no canvas of two dimensions.');
  return context;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Layout} layout
 */
function resize(canvas, { extent, dpr }) {
  canvas.width = Math.round(extent.width * dpr);
  canvas.height = Math.round(extent.height * dpr);
  canvas.style.width = `${canvas.width / dpr}px`;
  canvas.style.height = `${canvas.height / dpr}px`;
  canvas.getContext('2d')?.setTransform(dpr, 0, 0, dpr, 0, 0);
}

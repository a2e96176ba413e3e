// Paints the two canvases of a stage: the still picture, and above it what pointing adds.

import { clearBar, paintBar } from './bars.js';
import { createBrush } from './brush.js';
import { createColours } from './colours.js';
import { createFonts, createMeasure } from './fonts.js';
import { createStrips, paintLegend } from './legend.js';
import { paintOverlay } from './overlay.js';
import { createTiles } from './tiles.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { Brush } from './brush.js' */
/** @import { createHeat } from './heat.js' */
/** @import { paintNumbers } from './numbers.js' */
/** @import { struckWords } from '../scene/words.js' */
/** @import { Layout, OverlayItem, StillItem, StillValues, Tensors, TextItem } from '../scene/types.d.ts' */

export class Painter {
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
  /**
   * What paints marks: into cells that are large enough, derivatives, around words that no line may
   * strike through. Null until it is loaded.
   *
   * @type {{ numbers: typeof paintNumbers, heat: typeof createHeat, words: typeof struckWords } | null}
   */
  marks = null;
  /** @type {Tensors | null} */
  #trace = null;
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
    const known = new Map(this.#tiles.map((tiles) => [tiles.layer, tiles]));
    this.#tiles = items
      .filter((item) => item.kind === 'tiles')
      .map((item) => known.get(item.layer)?.moved(item) ?? createTiles(item));
    for (const canvas of [this.#stillCanvas, this.#overlayCanvas]) resize(canvas, layout);
    this.#brush = this.#createBrush();
    this.#clean = false;
  }

  /** Text, arrows and outlines: what a new trace does not change. */
  paintBase() {
    const brush = this.#brush;
    if (this.#layout) brush.clear({ x: 0, y: 0, ...this.#layout.extent });
    for (const item of this.#items) if (isCaption(item)) write(brush, item);
    this.#inSight(this.#still, () => {
      for (const item of this.#items) {
        if (item.kind === 'edge') brush.arrow(item);
        else if (item.kind === 'outline') brush.outline(item.rect, item.tone);
        else if (item.kind === 'text' && !isCaption(item)) write(brush, item);
      }
    });
  }

  /**
   * @param {Tensors | null} trace
   * @param {StillValues} values
   */
  paintValues(trace, values) {
    this.#trace = trace;
    if (!this.#layout) return;
    this.#inSight(this.#still, () => this.#paintCells(trace, values));
    for (const item of this.#items) {
      if (item.kind !== 'legend') continue;
      const range = values.ranges.get(item.layer);
      paintLegend(this.#brush, this.#strips, item, values.legends.get(item.layer), range);
    }
  }

  /**
   * @param {Tensors | null} trace
   * @param {StillValues} values
   */
  #paintCells(trace, values) {
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
      if (item.kind !== 'bar') continue;
      paintBar(this.#brush, item, values.bars.get(item.layer)?.[item.channel]);
    }
    this.marks?.numbers(this.#brush, this.#layout, trace, values, this.#colours);
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
    const heat = this.marks?.heat(this.#overlay, this.#theme, this.#layout, this.measure);
    const words = this.marks?.words(this.#layout, this.#items, items, this.#trace) ?? [];
    this.#inSight(this.#overlay, () =>
      paintOverlay(this.#overlay, this.#theme, items, { scrim, heat: heat?.cells, words }),
    );
    heat?.legends(items);
    this.#clean = items.length === 0;
  }

  /** For paper: a canvas that is printed as lines has a scale of its own, so that two would not meet. */
  join() {
    this.#still.setTransform(1, 0, 0, 1, 0, 0);
    this.#still.drawImage(this.#overlayCanvas, 0, 0);
    const dpr = this.#layout?.dpr ?? 1;
    this.#still.setTransform(dpr, 0, 0, dpr, 0, 0);
  }

  /**
   * Zoomed in, captions and legends keep their places and cells stay off them.
   *
   * @param {CanvasRenderingContext2D} context
   * @param {() => void} paint
   */
  #inSight(context, paint) {
    const sight = this.#layout?.sight;
    if (!sight) return paint();
    context.save();
    context.beginPath();
    context.rect(sight.x, sight.y, sight.width, sight.height);
    context.clip();
    paint();
    context.restore();
  }

  #createBrush() {
    const text = this.#layout?.text ?? 1;
    return createBrush(this.#still, {
      theme: this.#theme,
      fonts: createFonts(this.#theme.tokens.font, text),
      measure: this.measure,
      text,
      dpr: this.#layout?.dpr ?? 1,
    });
  }
}

/** Names beside cells stand on their middle, captions and legends on a line of their own. */
/** @param {StillItem} item @returns {item is TextItem} */
function isCaption(item) {
  return item.kind === 'text' && item.baseline === 'alphabetic';
}

/**
 * @param {Brush} brush
 * @param {TextItem} item
 */
function write(brush, { text, x, y, align, font, tone, baseline }) {
  brush.text(text, x, y, align, font, tone, baseline);
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
  const width = Math.round(extent.width * dpr);
  const height = Math.round(extent.height * dpr);
  if (canvas.width !== width) canvas.width = width; // the same size would be cleared, too
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${canvas.width / dpr}px`;
  canvas.style.height = `${canvas.height / dpr}px`;
  canvas.getContext('2d')?.setTransform(dpr, 0, 0, dpr, 0, 0);
}

// Paints the two canvases of a stage: the still picture, and above it what pointing adds.

import { createBrush, createFonts, createMeasure, createColours } from './brush.js';
import { Cells } from './cells.js';
import { createStrips } from './legend.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { Tools } from './cells.js' */
/** @import { paintNumbers } from './numbers.js' */
/** @import { paintOverlay } from './overlay.js' */
/** @import { struckWords } from '../scene/words.js' */
/** @import { CellsItem, Layout, OverlayItem, Quantity, StillItem, TextItem } from '../scene/types.d.ts' */

export class Painter {
  #still;
  #overlay;
  #look;
  /** @type {Layout | null} */
  #layout = null;
  /** @type {readonly StillItem[]} */
  #items = [];
  /** What the stage shows, and what lies over it. */
  #cells = new Cells();
  #over = new Cells();
  /**
   * What writes into cells that are large enough, paints what pointing adds, and says which words no
   * line may strike through. Null until it is loaded.
   *
   * @type {{ numbers: typeof paintNumbers, overlay: typeof paintOverlay, words: typeof struckWords } | null}
   */
  marks = null;
  /** Nothing stands on the overlay. */
  #clean = true;

  /**
   * @param {HTMLCanvasElement} still
   * @param {HTMLCanvasElement} overlay
   * @param {Theme} theme
   */
  constructor(still, overlay, theme) {
    this.#still = contextOf(still, false);
    this.#overlay = contextOf(overlay, true);
    this.#look = lookOf(theme);
    this.measure = createMeasure(this.#still, theme.tokens.font);
  }

  get colours() {
    return this.#look.colours;
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.#look = lookOf(theme);
  }

  /**
   * @param {Layout} layout
   * @param {readonly StillItem[]} items
   */
  setLayout(layout, items) {
    this.#layout = layout;
    this.#items = items;
    for (const cells of [this.#cells, this.#over]) cells.setLayout(layout, items);
    for (const context of [this.#still, this.#overlay]) resize(context, layout);
    this.#clean = false;
  }

  /** Text, arrows and outlines: what a new trace does not change. */
  paintBase() {
    const { brush } = this.#tools(this.#still);
    if (this.#layout) brush.clear({ x: 0, y: 0, ...this.#layout.extent });
    for (const item of this.#items) if (isCaption(item)) brush.text(item);
    this.#inSight(this.#still, () => {
      for (const item of this.#items) {
        if (item.kind === 'edge') brush.arrow(item);
        else if (item.kind === 'outline') brush.outline(item.rect, item.tone);
        else if (item.kind === 'text' && !isCaption(item)) brush.text(item);
      }
    });
  }

  /** @param {Quantity} quantity what is shown of all cells */
  paintValues(quantity) {
    const inSight = (/** @type {() => void} */ paint) => this.#inSight(this.#still, paint);
    this.#cells.paint(this.#tools(this.#still), quantity, inSight);
  }

  /**
   * @param {readonly OverlayItem[]} items
   * @param {number} scrim 0..1, how far it has come
   * @param {Quantity} quantity
   */
  paintOverlay(items, scrim, quantity) {
    const { marks } = this;
    if (!marks || !this.#layout || (this.#clean && items.length === 0)) return;
    const { dpr, extent } = this.#layout;
    const context = this.#overlay;
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    context.clearRect(0, 0, extent.width, extent.height);
    const words = marks.words(this.#layout, this.#items, items, quantity);
    const tools = this.#tools(context);
    const cells = (/** @type {CellsItem} */ item) => this.#over.paintOver(tools, quantity, item);
    this.#inSight(context, () =>
      marks.overlay(context, this.#look.theme, items, { scrim, cells, words }),
    );
    for (const item of items)
      if (item.kind === 'cells') this.#over.paintLegend(tools, quantity, item.layer);
    this.#clean = items.length === 0;
  }

  /** For paper: a canvas that is printed as lines has a scale of its own, so that two would not meet. */
  join() {
    this.#still.setTransform(1, 0, 0, 1, 0, 0);
    this.#still.drawImage(this.#overlay.canvas, 0, 0);
    const dpr = this.#layout?.dpr ?? 1;
    this.#still.setTransform(dpr, 0, 0, dpr, 0, 0);
  }

  /** @param {CanvasRenderingContext2D} context @returns {Tools} */
  #tools(context) {
    const { theme, colours, strips } = this.#look;
    const { dpr = 1, text = 1 } = this.#layout ?? {};
    const fonts = createFonts(theme.tokens.font, text);
    const brush = createBrush(context, { theme, fonts, measure: this.measure, text, dpr });
    return { brush, colours, strips, numbers: this.marks?.numbers ?? null };
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
}

/** @param {Theme} theme and the colours that are made of it */
function lookOf(theme) {
  const colours = createColours(theme);
  return { theme, colours, strips: createStrips(colours) };
}

/** Names beside cells stand on their middle, captions and legends on a line of their own. */
/** @param {StillItem} item @returns {item is TextItem} */
function isCaption(item) {
  return item.kind === 'text' && item.baseline === 'alphabetic';
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
 * @param {CanvasRenderingContext2D} context
 * @param {Layout} layout
 */
function resize(context, { extent, dpr }) {
  const { canvas } = context;
  const width = Math.round(extent.width * dpr);
  const height = Math.round(extent.height * dpr);
  if (canvas.width !== width) canvas.width = width; // the same size would be cleared, too
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${width / dpr}px`;
  canvas.style.height = `${height / dpr}px`;
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
}

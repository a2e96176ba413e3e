// Paints the labels of the picture in space, on a canvas of their own: sharp at any ratio.

import { createBrush, createFonts, createMeasure, createColours } from '../brush.js';
import { createStrips, paintLegend } from '../legend.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Measure, Quantity } from '../../scene/types.d.ts' */
/** @import { Label, Leader } from '../../scene/space/beside.js' */
/** @import { UnitName } from '../../scene/space/names.js' */

const HALO = 4;

export class LabelCanvas {
  #canvas;
  #context;
  #theme;
  #strips;
  #brush;
  #dpr = 1;
  /** @type {Measure} */
  measure;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Theme} theme
   */
  constructor(canvas, theme) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser cannot draw: it has no canvas of two dimensions.');
    this.#canvas = canvas;
    this.#context = context;
    this.#theme = theme;
    this.measure = createMeasure(context, theme.tokens.font);
    this.#strips = createStrips(createColours(theme));
    this.#brush = this.#createBrush();
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.#theme = theme;
    this.#strips = createStrips(createColours(theme));
    this.#brush = this.#createBrush();
  }

  /** @param {number} width device pixels @param {number} height @param {number} dpr */
  resize(width, height, dpr) {
    if (this.#canvas.width === width && this.#canvas.height === height && this.#dpr === dpr) return;
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#dpr = dpr;
    this.#brush = this.#createBrush();
  }

  /**
   * @param {readonly Label[]} labels
   * @param {readonly UnitName[]} names
   * @param {(layer: string) => Quantity} shownIn what is shown in a layer
   * @param {number} opacity 0..1
   */
  paint(labels, names, shownIn, opacity) {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    if (opacity <= 0) return;
    context.setTransform(this.#dpr, 0, 0, this.#dpr, 0, 0);
    context.globalAlpha = opacity;
    for (const { leader } of labels) if (leader) this.#line(leader);
    for (const label of labels) this.#label(label, shownIn);
    for (const { text, x, y, font, tone } of names) this.#text(text, x, y, font, tone, 'middle');
    context.globalAlpha = 1;
  }

  /** @param {Label} label @param {(layer: string) => Quantity} shownIn */
  #label({ block, x, y }, shownIn) {
    for (const { text, font, tone, ...at } of block.words)
      this.#text(text, x + at.x, y + at.y, font, tone, 'alphabetic');
    if (!block.legend) return;
    const { layer, look } = block.plane;
    const { labels, width, height, ...at } = block.legend;
    const [left, top] = [Math.round(x), Math.round(y)];
    const bar = { x: Math.round(left + at.x), y: top + at.y, width, height };
    /** @type {import('../../scene/types.d.ts').LegendItem} */
    const item = {
      ...{ kind: 'legend', layer, image: look === 'image', bar, labels },
      ...{ baseline: top + at.baseline, lowX: left + at.lowX, highX: left + at.highX },
    };
    const { ranges, legend } = shownIn(layer);
    paintLegend(this.#brush, this.#strips, item, legend(layer), ranges.get(layer));
  }

  /**
   * @param {string} text @param {number} x @param {number} y
   * @param {import('../../scene/types.d.ts').FontRole} font
   * @param {import('../../scene/types.d.ts').Tone} tone
   * @param {'middle' | 'alphabetic'} baseline
   */
  #text(text, x, y, font, tone, baseline) {
    const context = this.#context;
    context.font = this.#fonts(font);
    context.textAlign = 'left';
    context.textBaseline = baseline;
    context.lineJoin = 'round';
    context.lineWidth = HALO;
    context.strokeStyle = this.#theme.tokens.bg;
    context.strokeText(text, x, y);
    context.fillStyle = this.#theme.tokens[tone];
    context.fillText(text, x, y);
  }

  /** A thin line with a dot where it ends, on whatever lies under it. */
  /** @param {Leader} leader */
  #line([x0, y0, x1, y1]) {
    const context = this.#context;
    const { bg, ink3 } = this.#theme.tokens;
    for (const [tone, more] of /** @type {const} */ ([
      [bg, 1],
      [ink3, 0],
    ])) {
      context.strokeStyle = tone;
      context.fillStyle = tone;
      context.lineWidth = 1 + 2 * more;
      context.beginPath();
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      context.stroke();
      context.beginPath();
      context.arc(x1, y1, 2 + more, 0, 2 * Math.PI);
      context.fill();
    }
  }

  /** @param {import('../../scene/types.d.ts').FontRole} role */
  #fonts(role) {
    return (this.#roles ??= createFonts(this.#theme.tokens.font, 1))(role);
  }
  /** @type {ReturnType<typeof createFonts> | null} */
  #roles = null;

  #createBrush() {
    const brush = createBrush(this.#context, {
      theme: this.#theme,
      fonts: (role) => this.#fonts(role),
      measure: this.measure,
      dpr: this.#dpr,
    });
    return { ...brush, clear() {} }; // the canvas is wiped as a whole
  }
}

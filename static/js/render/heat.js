// Paints derivatives over the values: cells inside the field, bars of the answer, legends.

import { createBrush } from './brush.js';
import { clearBar, paintBar } from './bars.js';
import { createColours } from './colours.js';
import { createFonts } from './fonts.js';
import { createStrips, paintLegend } from './legend.js';
import { paintNumbers } from './numbers.js';
import { createTiles } from './tiles.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { HeatItem, Layout, LegendItem, Measure, OverlayItem } from '../scene/types.d.ts' */
/** @import { Brush } from './brush.js' */
/** @import { Colours } from './colours.js' */
/** @import { Strips } from './legend.js' */

/** What the colours of a theme are made into, until there is another. */
/** @type {{ theme: Theme, colours: Colours, strips: Strips } | null} */
let kept = null;

/** Cells as pixels, kept for as long as their item is. */
/** @type {WeakMap<HeatItem, { theme: Theme, tiles: ReturnType<typeof createTiles> }>} */
const painted = new WeakMap();

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Theme} theme
 * @param {Layout} layout
 * @param {Measure} measure
 */
export function createHeat(context, theme, layout, measure) {
  const { dpr, text } = layout;
  const fonts = createFonts(theme.tokens.font, text);
  const brush = createBrush(context, { theme, fonts, measure, dpr, text });

  return {
    /** @param {HeatItem} item */
    cells(item) {
      const { colours } = tools(theme);
      context.globalAlpha = 1;
      if (item.bars.length > 0) return paintBars(brush, item);
      if (!item.tiles || item.rects.length === 0) return;
      context.save();
      context.beginPath();
      for (const { x, y, width, height } of item.rects) context.rect(x, y, width, height);
      context.clip();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.imageSmoothingEnabled = false;
      tilesOf(item, theme, colours).paint(context, dpr);
      context.setTransform(dpr, 0, 0, dpr, 0, 0);
      paintNumbersOf(brush, layout, item, colours);
      context.restore();
    },

    /** Captions and legends lie beside the cells, whatever the zoom. */
    /** @param {readonly OverlayItem[]} items */
    legends(items) {
      const { strips } = tools(theme);
      for (const item of items) {
        if (item.kind !== 'heat') continue;
        sayBelowBars(brush, item);
        if (!item.legend) continue;
        paintLegend(brush, strips, { ...item.legend, image: false }, item.ends, item.range);
        say(brush, item, item.legend);
      }
    },
  };
}

/** Between the words and the bar, which has a tick. */
const ABOVE = 4;
/** Of a line of the legend's size. */
const TALL = 12;

/**
 * That these are no values.
 *
 * @param {Brush} brush
 * @param {HeatItem} item
 * @param {LegendItem} legend
 */
function say(brush, { caption: text }, { bar, labels }) {
  if (labels !== 'below') return; // on a phone there is no room
  const width = brush.width(text, 'legend');
  const [x, y] = [bar.x + bar.width / 2, bar.y - ABOVE];
  const height = TALL * brush.size;
  brush.clear({ x: x - width / 2 - 2, y: y - 0.75 * height, width: width + 4, height });
  brush.text(text, x, y, 'center', 'legend', 'ink2');
}

/** @param {Theme} theme */
function tools(theme) {
  if (kept?.theme !== theme) {
    const colours = createColours(theme);
    kept = { theme, colours, strips: createStrips(colours) };
  }
  return kept;
}

/**
 * @param {HeatItem} item
 * @param {Theme} theme
 * @param {Colours} colours
 */
function tilesOf(item, theme, colours) {
  const known = painted.get(item);
  if (known?.theme === theme) return known.tiles;
  const tiles = createTiles(/** @type {NonNullable<HeatItem['tiles']>} */ (item.tiles));
  tiles.colour(colours, item.tensor, item.range);
  painted.set(item, { theme, tiles });
  return tiles;
}

/**
 * Instead of 0 and 100 %.
 *
 * @param {Brush} brush
 * @param {HeatItem} item
 */
function sayBelowBars(brush, { axis, caption }) {
  const [first, last] = [axis[0], axis.at(-1)];
  if (!first || !last) return;
  for (const { text, x, y, align } of axis) {
    const width = brush.width(text, 'legend') + 4;
    const tall = TALL * brush.size;
    brush.clear({
      ...{ x: align === 'right' ? x - width + 2 : x - 2, width },
      ...{ y: y - tall, height: (tall * 4) / 3 },
    });
  }
  brush.text(caption, last.x, last.y, 'right', 'legend', 'ink2');
}

/**
 * @param {Brush} brush
 * @param {Layout} layout
 * @param {HeatItem} item
 * @param {Colours} colours
 */
function paintNumbersOf(brush, layout, { layer, tensor, range }, colours) {
  const nothing = { empty: false, legends: new Map(), bars: new Map() };
  const values = { ...nothing, ranges: new Map([[layer, range]]) };
  paintNumbers(brush, layout, new Map([[layer, tensor]]), values, colours);
}

/**
 * Length is magnitude, the colour its sign.
 *
 * @param {Brush} brush
 * @param {HeatItem} item
 */
function paintBars(brush, { bars }) {
  for (const { item } of bars) clearBar(brush, item);
  for (const { item, value, fraction, text } of bars) {
    paintBar(brush, item, { fraction: 0, text, strong: false, tone: 'ink2' });
    const { x, y, width, height } = item.track;
    const along = item.grow === 'x';
    const length = fraction * (along ? width : height);
    const filled = along
      ? { x, y, width: length, height }
      : { x, y: y + height - length, width, height: length };
    if (fraction > 0) brush.fill(filled, value < 0 ? 'neg' : 'pos');
  }
}

// Paints legends: the part of the scale that occurs, its ends as numbers, a tick at zero.

import { STEPS } from './colours.js';

/** @import { Colours } from './colours.js' */
/** @import { Brush } from './brush.js' */
/** @import { LegendItem, LegendValue, Range, TextItem } from '../scene/types.d.ts' */

/** The scales as strips of pixels, to cut legends from. */
export function createStrips(/** @type {Colours} */ colours) {
  return { diverging: strip(colours.diverging), image: strip(colours.image) };
}

/** @typedef {ReturnType<typeof createStrips>} Strips */

/** @param {Uint32Array} table */
function strip(table) {
  const canvas = new OffscreenCanvas(table.length, 1);
  const data = new ImageData(table.length, 1);
  new Uint32Array(data.data.buffer).set(table);
  canvas.getContext('2d')?.putImageData(data, 0, 0);
  return canvas;
}

const TICK = 3;
const LABEL_HEIGHT = 15;
const CLEAR_AROUND = 9;
const LABEL_GAP = 6;
const TIGHT_GAP = 4;
const LEAST_BAR = 6;
/** Labels may reach beyond their bar by as much on either side: the next legend is not far. */
const MOST_OUT = 5;

/**
 * @param {Brush} brush
 * @param {Strips} strips
 * @param {LegendItem} item
 * @param {LegendValue | null} value
 * @param {Range | undefined} range
 */
export function paintLegend(brush, strips, item, value, range) {
  clear(brush, item);
  if (!value) return;
  if (item.labels === 'tight') return paintTight(brush, strips, item, value, range);
  if (item.labels === 'beside') return paintBeside(brush, strips, item, value, range);
  paintBar(brush, strips, item, value, range);
  const { bar } = item;
  const lack = brush.width(value.lowText + value.highText, 'legend') + LABEL_GAP - bar.width;
  const out = Math.max(0, lack) / 2; // labels of a short bar reach a little beyond it
  if (out > MOST_OUT && value.both) {
    brush.text(value.both, bar.x + bar.width / 2, item.baseline, 'center', 'legend', 'ink2');
    return paintTick(brush, item, value);
  }
  brush.text(value.lowText, bar.x - out, item.baseline, 'left', 'legend', 'ink2');
  brush.text(value.highText, bar.x + bar.width + out, item.baseline, 'right', 'legend', 'ink2');
  paintZero(brush, item, value);
}

/**
 * Both labels in columns of their own; a long one at the right takes from the bar.
 *
 * @param {Brush} brush
 * @param {Strips} strips
 * @param {LegendItem} item
 * @param {LegendValue} value
 * @param {Range | undefined} range
 */
function paintBeside(brush, strips, { bar, ...item }, value, range) {
  const room = item.highX - brush.width(value.highText, 'legend') - TIGHT_GAP - bar.x;
  const width = Math.round(Math.max(LEAST_BAR, Math.min(bar.width, room)));
  paintBar(brush, strips, { ...item, bar: { ...bar, width } }, value, range);
  brush.text(value.lowText, item.lowX, item.baseline, 'right', 'legend', 'ink2');
  brush.text(value.highText, item.highX, item.baseline, 'right', 'legend', 'ink2');
}

/**
 * In a narrow lane: the bar takes what the two labels leave, and gives way where that is nothing.
 *
 * @param {Brush} brush
 * @param {Strips} strips
 * @param {LegendItem} item
 * @param {LegendValue} value
 * @param {Range | undefined} range
 */
function paintTight(brush, strips, item, value, range) {
  const { lowX, highX, baseline, bar } = item;
  brush.text(value.lowText, lowX, baseline, 'left', 'legend', 'ink2');
  brush.text(value.highText, highX, baseline, 'right', 'legend', 'ink2');
  const x = lowX + brush.width(value.lowText, 'legend') + TIGHT_GAP;
  const width = highX - brush.width(value.highText, 'legend') - TIGHT_GAP - x;
  if (width < LEAST_BAR) return;
  const between = { ...bar, x: Math.round(x), width: Math.round(width) };
  paintBar(brush, strips, { ...item, bar: between }, value, range);
}

/**
 * What is shown of an image may be signed: a difference, an influence. Only paper needs a frame.
 *
 * @param {Brush} brush
 * @param {Strips} strips
 * @param {LegendItem} item
 * @param {LegendValue} value
 * @param {Range | undefined} range
 */
function paintBar(brush, strips, { bar, ...item }, value, range) {
  const image = item.image && (range?.image ?? true);
  const source = image ? strips.image : strips.diverging;
  const limit = range?.limit ?? 1;
  const from = image ? 0 : STEPS + (value.low / limit) * STEPS;
  const to = image ? source.width : STEPS + (value.high / limit) * STEPS + 1;
  const { x, y, width, height } = bar;
  const share = Math.max(1, to - from);
  brush.context.drawImage(source, from, 0, share, 1, x, y, width, height);
  if (image) brush.outline(bar, 'line2');
}

/**
 * @param {Brush} brush
 * @param {LegendItem} item
 * @param {LegendValue} value
 */
function paintZero(brush, { bar, baseline }, value) {
  if (value.zero === null) return;
  const x = paintTick(brush, { bar }, value);
  const left = x - bar.x - brush.width(value.lowText, 'legend');
  const right = bar.x + bar.width - x - brush.width(value.highText, 'legend');
  if (Math.min(left, right) > CLEAR_AROUND) {
    brush.text('0', x, baseline, 'center', 'legend', 'ink2');
  }
}

/** @param {Brush} brush @param {Pick<LegendItem, 'bar'>} item @param {LegendValue} value */
function paintTick(brush, { bar }, { zero }) {
  const x = Math.round(bar.x + (zero ?? 0) * bar.width);
  if (zero !== null)
    brush.fill({ x, y: bar.y - TICK, width: 1, height: bar.height + 2 * TICK }, 'ink');
  return x;
}

/**
 * @param {Brush} brush
 * @param {LegendItem} item
 */
function clear(brush, { bar, labels, lowX, highX, baseline }) {
  const top = Math.min(bar.y - TICK - 1, baseline - LABEL_HEIGHT * brush.size);
  const height = Math.max(bar.y + bar.height + TICK, baseline + TICK) + 1 - top;
  const beside = labels === 'beside';
  // a label is at most as wide as the space the scene left for it: some 48 px
  const x = beside ? lowX - 48 * brush.size : bar.x - (labels === 'tight' ? 2 : 8);
  const width = beside ? highX + 1 - x : bar.x + bar.width + 8 - x;
  brush.clear({ x, y: top, width, height });
}

/** Between a caption and the bar below it, which has a tick. */
const ABOVE = 4;
/** Of a line of the legend's size. */
const TALL = 12;

/**
 * That these are no values.
 *
 * @param {Brush} brush
 * @param {LegendItem} legend
 * @param {string} text
 */
export function paintCaption(brush, { bar, labels }, text) {
  if (labels !== 'below') return; // on a phone there is no room
  const width = brush.width(text, 'legend');
  const [x, y] = [bar.x + bar.width / 2, bar.y - ABOVE];
  const height = TALL * brush.size;
  brush.clear({ x: x - width / 2 - 2, y: y - 0.75 * height, width: width + 4, height });
  brush.text(text, x, y, 'center', 'legend', 'ink2');
}

/**
 * The same below bars, instead of 0 and 100 %.
 *
 * @param {Brush} brush
 * @param {readonly TextItem[]} axis
 * @param {string} caption
 */
export function sayBelow(brush, axis, caption) {
  const last = axis.at(-1);
  if (!last) return;
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

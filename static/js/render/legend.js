// Paints what reads a scale: legends (the part that occurs, its ends as numbers, a tick at zero), and
// the bars of an answer.

import { STEPS } from './brush.js';

/** @import { Colours, Brush } from './brush.js' */
/** @import { LegendItem, LegendValue, Range, Rect, Spot, TextItem, BarItem, BarValue } from '../scene/types.d.ts' */

/** The scales as strips of pixels, to cut legends from. */
export function createStrips(/** @type {Colours} */ colours) {
  return {
    ...{ diverging: strip(colours.diverging), image: strip(colours.image) },
    ...{ black: strip(colours.black), white: strip(colours.white) },
  };
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
  const { lowText, highText } = value;
  const bar = barBetween(brush, item, value);
  if (bar) paintScale(brush, strips, item, bar, value, range);
  if (item.labels === 'below') return paintBelow(brush, item, value);
  label(brush, item, lowText, item.lowX, item.labels === 'beside' ? 'right' : 'left');
  label(brush, item, highText, item.highX, 'right');
}

/**
 * Beside a bar, a long label at the right takes from it. In a narrow lane the bar takes what the two
 * labels leave, and gives way where that is nothing.
 *
 * @param {Brush} brush
 * @param {LegendItem} item
 * @param {LegendValue} value
 * @returns {Rect | null}
 */
function barBetween(brush, { labels, bar, lowX, highX }, { lowText, highText }) {
  if (labels === 'below') return bar;
  const width = (/** @type {string} */ text) => brush.width(text, 'legend') + TIGHT_GAP;
  const right = highX - width(highText);
  if (labels === 'beside') {
    const room = Math.max(LEAST_BAR, Math.min(bar.width, right - bar.x));
    return { ...bar, width: Math.round(room) };
  }
  const x = lowX + width(lowText);
  if (right - x < LEAST_BAR) return null;
  return { ...bar, x: Math.round(x), width: Math.round(right - x) };
}

/**
 * What is shown of an image may be signed: a difference, an influence. Only paper needs a frame.
 *
 * @param {Brush} brush
 * @param {Strips} strips
 * @param {LegendItem} item
 * @param {Rect} bar
 * @param {LegendValue} value
 * @param {Range | undefined} range
 */
function paintScale(brush, strips, item, bar, value, range) {
  const image = item.image && (range?.image ?? true);
  const source = stripOf(strips, image, range);
  const limit = range?.limit ?? 1;
  const from = image ? 0 : STEPS + (value.low / limit) * STEPS;
  const to = image ? source.width : STEPS + (value.high / limit) * STEPS + 1;
  const { x, y, width, height } = bar;
  const share = Math.max(1, to - from);
  brush.context.drawImage(source, from, 0, share, 1, x, y, width, height);
  if (image) brush.outline(bar, 'line2');
}

/** @param {Strips} strips @param {boolean} image @param {Range} [range] */
function stripOf(strips, image, range) {
  return image ? strips[range?.zero ?? 'image'] : strips.diverging;
}

/**
 * Labels of a short bar reach a little beyond it, or become one; 0 is named where it has room.
 *
 * @param {Brush} brush
 * @param {LegendItem} item
 * @param {LegendValue} value
 */
function paintBelow(brush, item, { lowText, highText, both, zero }) {
  const { x, y, width, height } = item.bar;
  const out = Math.max(0, brush.width(lowText + highText, 'legend') + LABEL_GAP - width) / 2;
  const joined = out > MOST_OUT && both !== '';
  if (joined) label(brush, item, both, x + width / 2, 'center');
  else {
    label(brush, item, lowText, x - out, 'left');
    label(brush, item, highText, x + width + out, 'right');
  }
  if (zero === null) return;
  const at = Math.round(x + zero * width);
  brush.fill({ x: at, y: y - TICK, width: 1, height: height + 2 * TICK }, 'ink');
  const left = at - x - brush.width(lowText, 'legend');
  const right = x + width - at - brush.width(highText, 'legend');
  if (!joined && Math.min(left, right) > CLEAR_AROUND) label(brush, item, '0', at, 'center');
}

/**
 * @param {Brush} brush
 * @param {Pick<LegendItem, 'baseline'>} item
 * @param {string} text
 * @param {number} x
 * @param {Spot['align']} align
 */
function label(brush, { baseline: y }, text, x, align) {
  brush.text({ text, x, y, align, font: 'legend', tone: 'ink2' });
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
  label(brush, { baseline: y }, text, x, 'center');
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
  const own = { ...last, text: caption }; // it may stand there already
  for (const { text, x, y, align } of [...axis, own]) {
    const width = brush.width(text, 'legend') + 4;
    const tall = TALL * brush.size;
    brush.clear({
      ...{ x: align === 'right' ? x - width + 2 : x - 2, width },
      ...{ y: y - tall, height: (tall * 4) / 3 },
    });
  }
  label(brush, { baseline: last.y }, caption, last.x, 'right');
}

// ---------- the answer: a name, a track and a percentage for every class

/** Below this a probability is written as 0 and fills nothing. */
const VISIBLE = 0.0005;

/** A percentage below its bar may be wider than the bar's own place. */
const BEYOND = 10;

/**
 * Call for all bars of a layer before the first of them is painted.
 *
 * @param {Brush} brush
 * @param {BarItem} item
 */
export function clearBar(brush, { row, grow }) {
  const beyond = grow === 'y' ? BEYOND : 0;
  brush.clear({ ...row, x: row.x - beyond, width: row.width + 2 * beyond });
}

/** @type {BarValue} */
const NOTHING = { fraction: 0, text: '', strong: false, tone: 'ink3' };

/**
 * @param {Brush} brush
 * @param {BarItem} item
 * @param {BarValue} [value]
 */
export function paintBar(brush, item, value = NOTHING) {
  const { text, strong, tone, fill = strong ? 'ink' : 'ink3' } = value;
  const size = item.small ? 'Small' : '';
  const weight = strong ? 'Strong' : '';
  const fraction = Math.abs(value.fraction);
  brush.fill(item.track, 'raised');
  if (fraction >= VISIBLE) brush.fill(filled(item, fraction), fill);
  const name = /** @type {const} */ (`class${size}${weight}`);
  brush.text({ ...item.nameSpot, text: item.name, font: name, tone: strong ? 'ink' : 'ink2' });
  const percent = /** @type {const} */ (`percent${size}${weight}`);
  brush.text({ ...item.percentSpot, text, font: percent, tone });
}

/**
 * @param {BarItem} item
 * @param {number} fraction
 */
function filled({ track, grow }, fraction) {
  const { x, y, width, height } = track;
  if (grow === 'x') return { x, y, width: Math.max(1, width * fraction), height };
  const tall = Math.max(1, height * fraction);
  return { x, y: y + height - tall, width, height: tall };
}

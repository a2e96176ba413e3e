// The picture at rest: items that depend on the layout alone. What they show is a quantity.

import { message } from '../text/messages.js';
import { captionText, classNameIn, classNameWidth } from './captions.js';
import { isAnswer } from '../kinds/traits.js';
import { brief, short } from '../text/numbers.js';
import { tileRect } from './pick.js';
import { pooledFrom } from './sizes.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { BarItem, BarValue, FontRole, Layout, LayerBox, LegendItem, Quantity, Rect, StillItem, TextItem, Tone } from './types.d.ts' */

/** Room for the percentage beside a bar, CSS pixels. */
const BESIDE_BAR = 52;

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @returns {StillItem[]} in painting order
 */
export function stillItems(layout, graph) {
  const edges = layout.edges.map(
    ({ points, skip }) => /** @type {const} */ ({ kind: 'edge', points, skip, tone: 'line2' }),
  );
  const boxes = layout.boxes.flatMap((box) => boxItems(layout, graph, box));
  return [...edges, ...boxes, ...(layout.rulers ?? [])];
}

/** @param {Layout} layout @param {Graph} graph @param {LayerBox} box @returns {StillItem[]} */
function boxItems(layout, graph, box) {
  const texts = captionItems(layout, graph, box);
  if (box.look === 'bars') return [...barItems(layout, graph, box), ...texts];
  const { layer, look, cell, rows, columns, channels, x, y } = box;
  /** @type {StillItem[]} */
  const items = [{ kind: 'tiles', layer, look, cell, rows, columns, channels, x, y }];
  if (look === 'image') items.push({ kind: 'outline', layer, rect: box.rect, tone: 'line2' });
  return [...items, ...texts, ...legendItems(layout, box), ...unitNames(layout, graph, box)];
}

/** @param {Layout} layout @param {Graph} graph @param {LayerBox} box @returns {TextItem[]} */
function captionItems(layout, graph, box) {
  const { fold, shape, params, operations } = captionText(graph, box.layer, box.fold);
  const more = box.hidden ? message('stage.more', { maps: box.hidden }) : '';
  const times = timesText(layout, graph, box);
  if (layout.axis === 'y' || box.lanes > 1)
    return lineOf(layout, box, [
      [box.layer, 'nameSmall', 'ink'],
      [times, 'shape', 'ink2'],
      [fold, 'fold', 'ink3'],
      [shape, 'shape', 'ink2'],
      [more, 'shape', 'ink2'],
      [operations, 'params', 'ink3'],
    ]);
  /** @type {[down: number, ...words: Word[]][]} */
  const lines = [
    [16, [box.layer, 'name', 'ink'], [fold, 'fold', 'ink3']],
    [31, [shape, 'shape', 'ink2']],
    [46, [more || params, 'params', more ? 'ink2' : 'ink3']],
    [60.5, [times || operations, 'params', times ? 'ink2' : 'ink3']],
  ];
  const { caption } = box;
  return lines.flatMap(([down, ...words]) =>
    row(layout, box, caption.y + down * layout.text, 5, words),
  );
}

/**
 * Of a pooled layer whose cells are not as large as those it is pooled from: how many times so large.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {LayerBox} box
 */
function timesText(layout, graph, { layer, look, cell }) {
  const source = layout.box(pooledFrom(graph, layout.stand, layer) ?? '');
  if (!source || look === 'bars' || source.look === 'bars') return '';
  const times = cell / source.cell;
  if (Math.abs(times - 1) < 1e-9) return '';
  const exact = Math.abs(100 * times - Math.round(100 * times)) < 1e-7;
  return message('stage.times', { times: exact ? short(times) : `≈\u202f${brief(times)}` });
}

/** @typedef {[text: string, font: FontRole, tone: Tone]} Word */

/** Words beside each other, together centred on the layer; the answer's stand at its left. */
/** @param {Layout} layout @param {LayerBox} box @param {number} y @param {number} space @param {Word[]} words @returns {TextItem[]} */
function row(layout, box, y, space, words) {
  const said = words.filter(([text]) => text !== '');
  const widths = said.map(([text, font]) => layout.measure(text, font) * layout.text);
  const whole = widths.reduce((a, b) => a + b, 0) + space * (said.length - 1);
  const { caption } = box;
  let x = box.look === 'bars' ? caption.x : Math.round(caption.x + (caption.width - whole) / 2);
  return said.map(([text, font, tone], i) => {
    const item = textItem(box.layer, text, x, y, font, tone);
    x += (widths[i] ?? 0) + space;
    return item;
  });
}

/** One line: where captions stand between the layers, and above lanes. What doesn't fit is left out. */
/** @param {Layout} layout @param {LayerBox} box @param {Word[]} words @returns {TextItem[]} */
function lineOf(layout, box, words) {
  const { caption, legend, lanes } = box;
  const { text } = layout;
  if (layout.axis === 'x') return row(layout, box, caption.y + caption.height - 9 * text, 6, words);
  const baseline = caption.y + (lanes > 1 ? 16 * text : caption.height - 7 * text);
  const limit = lanes === 1 && legend ? legend.x : caption.x + caption.width;
  /** @type {TextItem[]} */
  const items = [];
  let x = caption.x;
  for (const [said, font, tone] of words) {
    const width = layout.measure(said, font) * text;
    if (said === '' || (items.length && x + width + 18 * text > limit)) continue;
    items.push(textItem(box.layer, said, x, baseline, font, tone));
    x += width + 6 * text;
  }
  return items;
}

/** @param {string} layer @param {string} text @param {number} x @param {number} y @param {FontRole} font @param {Tone} tone @returns {TextItem} */
function textItem(layer, text, x, y, font, tone) {
  return { kind: 'text', layer, text, x, y, align: 'left', baseline: 'alphabetic', font, tone };
}

/** Room between the labels of a legend, CSS pixels, below which they are set as near as they can be. */
const TIGHT = 30;

/** @param {Layout} layout @param {LayerBox} box @returns {LegendItem[]} */
function legendItems({ axis, text }, { layer, look, legend, lanes }) {
  if (!legend) return [];
  const { x, y, width } = legend;
  const image = look === 'image';
  const item = /** @type {const} */ ({ kind: 'legend', layer, image });
  if (axis === 'x' && lanes === 1) {
    const bar = { x, y: y + 3, width, height: 7 };
    const ends = { baseline: y + 10 + 14 * text, lowX: x, highX: x + width };
    return [{ ...item, labels: 'below', bar, ...ends }];
  }
  const baseline = y + 15 * text;
  const [low, high] = [36 * text, 34 * text];
  const tight = width < low + high + TIGHT;
  const ends = { baseline, lowX: tight ? x : x + low, highX: x + width };
  const line = { y: baseline - 8, height: 7 };
  // less the labels, as wide as they are
  if (tight) return [{ ...item, labels: 'tight', bar: { ...line, x, width }, ...ends }];
  const bar = { ...line, x: x + low + 5, width: width - low - high - 5 };
  return [{ ...item, labels: 'beside', bar, ...ends }];
}

/** Scores that no probability follows: the classes stand beside their units. */
/** @param {Layout} layout @param {Graph} graph @param {LayerBox} box @returns {TextItem[]} */
function unitNames({ axis }, graph, box) {
  if (axis === 'y' || !isAnswer(graph, box.layer)) return [];
  return Array.from(box.channels, (channel, i) => ({
    ...textItem(box.layer, graph.classes[channel] ?? '', 0, 0, 'class', 'ink2'),
    x: (box.x[i] ?? 0) + box.cell + 8,
    y: (box.y[i] ?? 0) + box.cell / 2 + 1,
    baseline: 'middle',
  }));
}

/** @param {Layout} layout @param {Graph} graph @param {LayerBox} box @returns {(BarItem | TextItem)[]} */
function barItems(layout, graph, box) {
  const { axis, text, measure } = layout;
  const left = classNameWidth(graph, measure) * text;
  const right = BESIDE_BAR * text;
  const { layer, rect, channels } = box;
  const items = Array.from(channels, (channel, i) => {
    const row = tileRect(layout, box, i);
    const name = graph.classes[channel] ?? '';
    const bar = /** @type {const} */ ({ kind: 'bar', layer, channel, row, grow: axis });
    if (axis === 'x') return { ...bar, ...rowSpots(box, row, left, right), name, small: false };
    const below = classNameIn(name, rect.width / channels.length / text, measure);
    return { ...bar, ...columnSpots(box, row, text), name: below, small: true };
  });
  return axis === 'y' ? items : [...items, ...barScale(box, left, right)];
}

/** @param {LayerBox} box @param {Rect} row @param {number} left @param {number} right */
function rowSpots({ cell }, { x, y, width }, left, right) {
  const middle = y + cell / 2;
  const spot = /** @type {const} */ ({ y: middle + 1, baseline: 'middle' });
  return {
    track: { x: x + left, y: Math.floor(middle) - 4, width: width - left - right, height: 8 },
    nameSpot: { ...spot, x, align: /** @type {const} */ ('left') },
    percentSpot: { ...spot, x: x + width, align: /** @type {const} */ ('right') },
  };
}

/** @param {LayerBox} box @param {Rect} row @param {number} text */
function columnSpots({ channels, cell, rect, x: columns }, { x, y, height }, text) {
  const last = columns[channels.length - 1] ?? x; // as wide as its column, no gap behind it
  const middle = x + (rect.x + rect.width - last) / 2;
  const width = Math.min(26, cell);
  const track = { x: Math.round(middle - width / 2), y, width, height: height - 36 * text };
  const spot = /** @type {const} */ ({ x: middle, align: 'center', baseline: 'alphabetic' });
  const bottom = y + track.height;
  return {
    track,
    nameSpot: { ...spot, y: bottom + 16 * text },
    percentSpot: { ...spot, y: bottom + 31 * text },
  };
}

/** "0" and "100 %" under the tracks. */
/** @param {LayerBox} box @param {number} left @param {number} right @returns {TextItem[]} */
function barScale({ layer, rect, slot }, left, right) {
  const y = slot.y + slot.height - 10;
  const end = { x: rect.x + rect.width - right, align: /** @type {const} */ ('right') };
  return [
    textItem(layer, '0', rect.x + left, y, 'legend', 'ink2'),
    { ...textItem(layer, '100\u202f%', 0, y, 'legend', 'ink2'), ...end },
  ];
}

/**
 * What stands beside the bars of a layer, as long as there is room for.
 * @param {Layout} layout
 * @param {Quantity} quantity
 * @param {string} layer
 * @returns {readonly BarValue[]} by channel
 */
export function barsOf(layout, quantity, layer) {
  return quantity.bars(layer, fitsBar(layout, layer));
}

/**
 * Whether a text fits beside the track of a bar, or below it.
 * @param {Layout} layout
 * @param {string} layer
 * @returns {(text: string) => boolean}
 */
function fitsBar({ axis, text, measure, box }, layer) {
  const below = axis === 'y';
  const [first = 0, second = Infinity] = box(layer)?.x ?? [];
  const room = below ? second - first : (BESIDE_BAR - 2) * text;
  const role = below ? 'percentSmallStrong' : 'percentStrong';
  return (said) => measure(said, role) * text <= room;
}

// How the pinned cell depends on what lies before it, and what lies after it on the cell: as items.
// On the page this is called influence.

import { reachOf } from '../kinds/network/reach.js';
import { cellsIn } from '../geometry/regions.js';
import { receptiveField } from '../kinds/network/windows.js';
import { fitting } from '../text/numbers.js';
import { FRAMES } from './frames.js';
import { regionRects } from './pick.js';
import { fitsBar, legendValue } from './said.js';
import { stillItems } from './still.js';

/** @import { Cell, Graph, Region, Tensors } from '../geometry/types.d.ts' */
/** @import { FrameItem, HeatItem, Layout, LegendValue, OverlayItem, Range, StillItem, TextItem } from './types.d.ts' */

/** @typedef {{ readonly cell: Cell, readonly tensors: Tensors }} Derivatives */

/**
 * What pointing adds, with the derivatives painted over the values: between the scrim and the
 * lines. Each layer has its own scale, up to its largest derivative.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Derivatives} derivatives
 * @param {readonly OverlayItem[]} items
 * @param {Cell} [pinned]
 * @returns {OverlayItem[]}
 */
export function withEffect(layout, graph, derivatives, items, pinned) {
  const heat = effectItems(layout, graph, derivatives, pinned);
  const scrims = items.filter(({ kind }) => kind === 'scrim');
  return [...scrims, ...heat, ...items.filter(({ kind }) => kind !== 'scrim')];
}

/** @type {{ layout: Layout | null, derivatives: Derivatives | null, onwards: boolean, items: (HeatItem | FrameItem)[] }} */
let last = { layout: null, derivatives: null, onwards: true, items: [] };

/**
 * Hovering beside a pinned cell asks for the same items again and again.
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Derivatives} derivatives
 * @param {Cell} [pinned] where it is another cell than the one derived: a class, by its score
 */
export function effectItems(layout, graph, derivatives, pinned = derivatives.cell) {
  const onwards = pinned.layer === derivatives.cell.layer;
  if (last.layout !== layout || last.derivatives !== derivatives || last.onwards !== onwards)
    last = { layout, derivatives, onwards, items: made(layout, graph, derivatives, onwards) };
  return last.items;
}

/** @param {Layout} layout @param {Graph} graph @param {Derivatives} derivatives @param {boolean} onwards */
function made(layout, graph, derivatives, onwards) {
  const still = stillItems(layout, graph);
  const own = layout.stand(derivatives.cell.layer);
  return [...partsOf(graph, derivatives.cell)].flatMap(([name, part]) => {
    const shown = layout.box(name) && name !== own && (onwards || !part.after);
    return shown ? heatOf(layout, graph, derivatives, still, part) : [];
  });
}

/** @typedef {{ region: Region, after: boolean }} Part */

/**
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {Map<string, Part>} what a cell can depend on, and what can depend on it
 */
function partsOf(graph, cell) {
  /** @type {Map<string, Part>} */
  const parts = new Map();
  for (const [name, region] of receptiveField(graph, cell))
    parts.set(name, { region, after: false });
  for (const [name, region] of reachOf(graph, cell)) parts.set(name, { region, after: true });
  return parts;
}

/** Of a layer that the cell does not reach at present: all of it is 0. @type {LegendValue} */
const NOTHING = { low: 0, high: 0, lowText: '0', highText: '', both: '0', zero: null };

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {Derivatives} derivatives
 * @param {readonly StillItem[]} still
 * @param {Part} part
 * @returns {(HeatItem | FrameItem)[]}
 */
function heatOf(layout, graph, { tensors }, still, { region, after }) {
  const { layer } = region;
  const tensor = tensors.get(layer);
  if (!tensor) return [];
  const mine = still.filter((item) => 'layer' in item && item.layer === layer);
  const legend = mine.find((item) => item.kind === 'legend') ?? null;
  const range = rangeOf(layer, tensor.data);
  const bars = mine.filter((item) => item.kind === 'bar');
  const fits = fitsBar(layout, layer);
  /** @type {HeatItem} */
  const heat = {
    ...{ kind: 'heat', layer, after, region, tensor, range },
    rects: bars.length > 0 ? [] : regionRects(layout, graph, region),
    tiles: mine.find((item) => item.kind === 'tiles') ?? null,
    bars: bars.map((item) => ({ item, ...barOf(Number(tensor.data[item.channel]), range, fits) })),
    legend,
    axis: bars.length > 0 ? mine.filter(isAxis) : [],
    ends: range.min === range.max ? NOTHING : legendValue(range),
    caption: range.min === range.max ? 'no influence' : 'influence',
  };
  const { channels, rows, columns } = graph.size(layer);
  const whole = cellsIn(region) === channels * rows * columns;
  const framed = after && !whole ? heat.rects : [];
  return [
    heat,
    ...framed.map(
      (rect) =>
        /** @type {FrameItem} */ ({
          kind: 'frame',
          role: 'forward',
          layer,
          rect,
          ...FRAMES.reached,
        }),
    ),
  ];
}

/** What stands below bars of probabilities. */
/** @param {StillItem} item @returns {item is TextItem} */
function isAxis(item) {
  return item.kind === 'text' && item.font === 'legend';
}

/** @param {string} layer @param {ArrayLike<number>} data @returns {Range} */
function rangeOf(layer, data) {
  let [min, max] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    min = Math.min(min, Number(data[i]));
    max = Math.max(max, Number(data[i]));
  }
  const limit = Math.max(-min, max) || 1;
  return {
    ...{ layer, image: false, min, max, limit, limits: null },
    ...{ signed: min < 0, low: -limit, high: limit },
  };
}

/** @param {number} value @param {Range} range @param {(text: string) => boolean} fits */
function barOf(value, { limit }, fits) {
  const tiny = Math.abs(value) < TINY; // no bar beside so little
  const fraction = tiny ? 0 : Math.abs(value) / limit;
  return { value, fraction, text: value === 0 ? '' : fitting(value, fits) };
}

/** What three decimals would write as 0. */
const TINY = 0.0005;

/**
 * @param {Graph} graph
 * @param {Cell} cell
 * @returns {string} as code writes it: "conv2[7, 4, 3]", "fc1[34]"
 */
export function codeName(graph, { layer, channel, row, column }) {
  return `${layer}[${graph.size(layer).unit ? channel : [channel, row, column].join(', ')}]`;
}

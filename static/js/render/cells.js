// Paints a quantity on one canvas: its cells, bars and numbers, and what its legends say.

import { limitOf } from '../scene/quantities/scale.js';
import { barsOf } from '../scene/still.js';
import { clearBar, paintBar, paintCaption, paintLegend, sayBelow } from './legend.js';
import { pixel } from './brush.js';

/** @import { BarItem, CellsItem, Layout, LegendItem, Quantity, Range, StillItem, TextItem, TilesItem } from '../scene/types.d.ts' */
/** @import { Brush, Colours } from './brush.js' */
/** @import { Strips } from './legend.js' */
/** @import { paintNumbers } from './numbers.js' */

/** @typedef {ReturnType<typeof createTiles>} Tiles */

/**
 * What of a layer a quantity fills.
 *
 * @typedef {object} Place
 * @property {TilesItem | null} tiles
 * @property {BarItem[]} bars
 * @property {LegendItem | null} legend
 * @property {TextItem[]} axis what stands below bars, and is true of values alone
 */

/**
 * @typedef {object} Tools
 * @property {Brush} brush
 * @property {Colours} colours
 * @property {Strips} strips
 * @property {typeof paintNumbers | null} numbers writes into cells that are large enough
 */

export class Cells {
  /** @type {Layout | null} */
  #layout = null;
  /** @type {Map<string, Place>} */
  #places = new Map();
  /** @type {Map<string, Tiles>} */
  #tiles = new Map();

  /**
   * @param {Layout} layout
   * @param {readonly StillItem[]} items
   */
  setLayout(layout, items) {
    this.#layout = layout;
    this.#places = placesOf(items);
    for (const [layer, tiles] of this.#tiles) {
      const next = this.#places.get(layer)?.tiles;
      if (!next || !tiles.move(next)) this.#tiles.delete(layer);
    }
  }

  /**
   * All layers, and their legends.
   *
   * @param {Tools} tools
   * @param {Quantity} quantity
   * @param {(paint: () => void) => void} inSight
   */
  paint(tools, quantity, inSight) {
    const layout = this.#layout;
    if (!layout) return;
    inSight(() => {
      this.#fill(tools, quantity, [...this.#places.values()]);
      const { tensors, ranges } = quantity;
      tools.numbers?.(tools.brush, layout, tensors, ranges, tools.colours);
    });
    for (const layer of this.#places.keys()) this.paintLegend(tools, quantity, layer);
  }

  /**
   * Some cells of a layer, over whatever stands there.
   *
   * @param {Tools} tools
   * @param {Quantity} quantity
   * @param {CellsItem} item
   */
  paintOver(tools, quantity, { layer, rects }) {
    const [layout, place] = [this.#layout, this.#places.get(layer)];
    if (!layout || !place) return;
    const { context } = tools.brush;
    context.save();
    context.globalAlpha = 1;
    if (!place.bars.length) clipTo(context, rects);
    this.#fill(tools, quantity, [place]);
    const tensor = quantity.tensors.get(layer);
    const tensors = new Map(tensor ? [[layer, tensor]] : []);
    tools.numbers?.(tools.brush, layout, tensors, quantity.ranges, tools.colours);
    context.restore();
  }

  /**
   * @param {Tools} tools
   * @param {Quantity} quantity
   * @param {string} layer
   */
  paintLegend({ brush, strips }, quantity, layer) {
    const { legend = null, bars = [], axis = [] } = this.#places.get(layer) ?? {};
    const said = quantity.legend(layer);
    if (legend) paintLegend(brush, strips, legend, said, quantity.ranges.get(layer));
    if (!said?.caption) return;
    if (legend) paintCaption(brush, legend, said.caption);
    if (bars.length) sayBelow(brush, axis, said.caption);
  }

  /**
   * @param {Tools} tools
   * @param {Quantity} quantity
   * @param {readonly Place[]} places
   */
  #fill({ brush, colours }, quantity, places) {
    const layout = this.#layout;
    if (!layout) return;
    const { context, dpr } = brush;
    context.setTransform(1, 0, 0, 1, 0, 0);
    for (const { tiles } of places) {
      if (!tiles) continue;
      const tile = this.#tilesOf(tiles);
      tile.colour(colours, quantity);
      tile.paint(context, dpr);
    }
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    for (const { bars } of places) {
      const [first] = bars;
      if (!first) continue;
      const values = barsOf(layout, quantity, first.layer);
      for (const bar of bars) clearBar(brush, bar);
      for (const bar of bars) paintBar(brush, bar, values[bar.channel]);
    }
  }

  /** @param {TilesItem} item */
  #tilesOf(item) {
    const known = this.#tiles.get(item.layer) ?? createTiles(item);
    this.#tiles.set(item.layer, known);
    return known;
  }
}

/**
 * @param {readonly StillItem[]} items
 * @returns {Map<string, Place>} by layer
 */
function placesOf(items) {
  /** @type {Map<string, Place>} */
  const found = new Map();
  for (const item of items) {
    if (item.kind === 'edge' || item.kind === 'outline') continue;
    const place = found.get(item.layer) ?? { tiles: null, bars: [], legend: null, axis: [] };
    found.set(item.layer, place);
    if (item.kind === 'tiles') place.tiles = item;
    else if (item.kind === 'bar') place.bars.push(item);
    else if (item.kind === 'legend') place.legend = item;
    else if (item.font === 'legend') place.axis.push(item);
  }
  return found;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {CellsItem['rects']} rects
 */
function clipTo(context, rects) {
  context.beginPath();
  for (const { x, y, width, height } of rects) context.rect(x, y, width, height);
  context.clip();
}

/**
 * The cells of one layer, one pixel each, stacked map under map in the order they are shown; enlarged
 * by whole device pixels.
 *
 * @param {TilesItem} item
 */
function createTiles(item) {
  const { rows, columns, channels } = item;
  const height = Math.max(1, rows * channels.length);
  const canvas = new OffscreenCanvas(columns, height);
  const context = canvas.getContext('2d');
  const data = new ImageData(columns, height);
  const pixels = new Uint32Array(data.data.buffer);
  const area = rows * columns;
  let place = item;

  /** What they show already. @type {[colours?: Colours, tensor?: unknown, range?: Range | undefined]} */
  let shown = [];

  /**
   * @param {Colours} colours
   * @param {Quantity} quantity
   */
  function colour(colours, quantity) {
    const tensor = quantity.tensors.get(item.layer);
    const range = quantity.ranges.get(item.layer);
    if (shown[0] === colours && shown[1] === tensor && alike(shown[2], range)) return;
    shown = [colours, tensor, range];
    if (!tensor || !range)
      pixels.fill(item.look === 'image' ? (colours.image[0] ?? 0) : zero(colours));
    else
      channels.forEach((channel, k) => {
        const limit = limitOf(range, channel);
        for (let i = 0; i < area; i++) {
          const value = Number(tensor.data[channel * area + i]);
          pixels[k * area + i] = pixel(colours, value, range, limit);
        }
      });
    context?.putImageData(data, 0, 0);
  }

  /**
   * @param {CanvasRenderingContext2D} target in device pixels
   * @param {number} dpr
   */
  function paint(target, dpr) {
    const width = Math.round(columns * place.cell * dpr);
    const tall = Math.round(rows * place.cell * dpr);
    for (let k = 0; k < channels.length; k++) {
      const x = Math.round((place.x[k] ?? 0) * dpr);
      const y = Math.round((place.y[k] ?? 0) * dpr);
      if (x + width < 0 || y + tall < 0 || x > target.canvas.width || y > target.canvas.height)
        continue;
      target.drawImage(canvas, 0, k * rows, columns, rows, x, y, width, tall);
    }
  }

  return {
    colour,
    paint,
    /**
     * @param {TilesItem} next
     * @returns {boolean} false where it has other maps than these
     */
    move(next) {
      place = next;
      return next.channels === channels;
    },
  };
}

/** @param {Range | undefined} one @param {Range | undefined} other @returns {boolean} whether a number has one colour in both; they are made anew with each answer */
function alike(one, other) {
  if (!one || !other || one === other) return one === other;
  const keys = /** @type {const} */ (['image', 'zero', 'limit', 'limits', 'signed', 'low', 'high']);
  return keys.every((key) => one[key] === other[key]);
}

/** @param {Colours} colours */
function zero(colours) {
  return colours.diverging[(colours.diverging.length - 1) / 2] ?? 0;
}

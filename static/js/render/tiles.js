// Paints maps and units: one pixel a cell on a small canvas, enlarged by whole device pixels.

import { pixel } from './colours.js';

/** @import { Colours } from './colours.js' */
/** @import { Range, Tensor, TilesItem } from '../scene/types.d.ts' */

/** @typedef {ReturnType<typeof createTiles>} Tiles */

/**
 * The cells of one layer, stacked map under map in the order they are shown.
 *
 * @param {TilesItem} item
 */
export function createTiles(item) {
  const { rows, columns, channels } = item;
  const height = Math.max(1, rows * channels.length);
  const canvas = new OffscreenCanvas(columns, height);
  const context = canvas.getContext('2d');
  const data = new ImageData(columns, height);
  const pixels = new Uint32Array(data.data.buffer);
  const area = rows * columns;
  let place = item;

  /**
   * @param {Colours} colours
   * @param {Tensor | undefined} tensor
   * @param {Range | undefined} range
   */
  function colour(colours, tensor, range) {
    if (!tensor || !range) {
      pixels.fill(item.look === 'image' ? (colours.image[0] ?? 0) : zero(colours));
    } else {
      for (let k = 0; k < channels.length; k++) colourMap(colours, tensor, range, k);
    }
    context?.putImageData(data, 0, 0);
  }

  /**
   * @param {Colours} colours
   * @param {Tensor} tensor
   * @param {Range} range
   * @param {number} k place among the shown maps
   */
  function colourMap(colours, tensor, range, k) {
    const channel = channels[k] ?? 0;
    const limit = range.limits?.[channel] ?? range.limit;
    for (let i = 0; i < area; i++) {
      const value = Number(tensor.data[channel * area + i]);
      pixels[k * area + i] = pixel(colours, value, range, limit);
    }
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

  const tiles = {
    layer: item.layer,
    colour,
    paint,
    /**
     * @param {TilesItem} next
     * @returns {typeof tiles | null} null where it has other maps than these
     */
    moved(next) {
      if (next.channels !== channels) return null;
      place = next;
      return tiles;
    },
  };
  return tiles;
}

/** @param {Colours} colours */
function zero(colours) {
  return colours.diverging[(colours.diverging.length - 1) / 2] ?? 0;
}

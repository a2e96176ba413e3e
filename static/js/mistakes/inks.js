// The images themselves: asked for when they are to be seen, kept, and painted in the theme's colours.

import { coloursOf } from '../ui/receipt/shade.js';
import { fetchImages } from '../wire/sets.js';

/** @import { Shared } from './page.js' */

/** @typedef {ReturnType<typeof createInks>} Inks */

export const SIDE = 28;

/** @param {Shared} shared */
export function createInks({ theme, loop, lost }) {
  /** By place in the set: 0 is paper, 255 ink. @type {Map<number, Uint8Array>} */
  const known = new Map();
  /** @type {Set<number>} */
  const coming = new Set();
  return {
    /** @param {number} place */
    of: (place) => known.get(place),
    /** Asks for those that are not here; the page is shown anew when they are. @param {string} set @param {readonly number[]} places */
    async want(set, places) {
      const wanted = places.filter((place) => !known.has(place) && !coming.has(place));
      if (!wanted.length) return;
      for (const place of wanted) coming.add(place);
      try {
        const { images } = await fetchImages(set, { at: wanted.join() });
        for (const { place, pixels } of images) known.set(place, pixels);
        loop.wake();
      } catch {
        lost();
      } finally {
        for (const place of wanted) coming.delete(place);
      }
    },
    /** @param {HTMLCanvasElement} canvas of 28 × 28 @param {Uint8Array} pixels */
    paint(canvas, pixels) {
      const { image } = coloursOf(theme.current());
      const colours = Uint32Array.from(pixels, (ink) => image[ink] ?? 0);
      const bytes = new Uint8ClampedArray(colours.buffer);
      canvas.getContext('2d')?.putImageData(new ImageData(bytes, SIDE, SIDE), 0, 0);
    },
  };
}

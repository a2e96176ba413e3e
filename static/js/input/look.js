// The image that stands on a pad while the drawing is not made of strokes.

/** @import { Drawing } from './editor.js' */
/** @import { Size } from './prepare.js' */

/**
 * @param {(picture: ImageBitmap | null) => void} onPicture hears null where there is none to be shown
 * @returns {(drawing: Drawing) => Promise<void>} the latest wins
 */
export function createLook(onPicture) {
  /** @type {Blob | null} */
  let shown = null;
  return async ({ file, size, pixels }) => {
    if (file === shown) return;
    shown = file;
    const source = size && pixels ? imageOf(size, pixels) : file;
    // a file that is no image shows nothing; the server says what is wrong with it
    const picture = source ? await createImageBitmap(source).catch(() => null) : null;
    if (file !== shown) return picture?.close();
    onPicture(picture);
  };
}

/** Dark ink on white paper. @param {Size} size @param {Uint8Array} pixels 0 is paper, 255 is ink */
export function imageOf({ width, height }, pixels) {
  const colours = Array.from(pixels, (ink) => [255 - ink, 255 - ink, 255 - ink, 255]).flat();
  return new ImageData(Uint8ClampedArray.from(colours), width, height);
}

// The image from outside that stands on the pad while the drawing is a file.

/**
 * @param {(picture: ImageBitmap | null) => void} onPicture
 */
export function createPicture(onPicture) {
  /** @type {Blob | null} */
  let shown = null;

  /** @param {Blob | null} file */
  async function show(file) {
    if (file === shown) return;
    shown = file;
    // a file that is no image shows nothing; the server says what is wrong with it
    const picture = file ? await createImageBitmap(file).catch(() => null) : null;
    if (file !== shown) return picture?.close();
    onPicture(picture);
  }

  return { show };
}

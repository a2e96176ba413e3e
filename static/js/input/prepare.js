// Makes of any file a picture that the server reads: the file as it is, or a small PNG of it.

/** What is larger than this is drawn smaller before it is sent: the server looks at 512 pixels. */
const LARGE_BYTES = 2_000_000;
const LARGE_PIXELS = 4_000_000;
const SIDE = 1500;
/** A drawing of lines has no size of its own. */
const LINES_SIDE = 1024;
/** As much as the server takes, and as much as it needs to call a file by its name. */
const MOST_BYTES = 20_000_000;
const HEAD = 1 << 16;
/** What is said of a file that somebody brought as a picture, whatever it is. */
const ANY = 'image/unknown';

/** @typedef {{ readonly width: number, readonly height: number }} Size */

/**
 * @typedef {object} Prepared
 * @property {Blob} file what is sent
 * @property {Size | null} size upright, in pixels; null of what cannot be drawn: the server says why
 */

/**
 * @typedef {object} Opened
 * @property {CanvasImageSource} source
 * @property {number} width
 * @property {number} height
 * @property {() => void} close
 */

/**
 * Throws when the file itself cannot be read, as a folder.
 *
 * @param {Blob} file
 * @returns {Promise<Prepared>}
 */
export async function prepare(file) {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const type = typeOf(head);
  // Of the disk's file a copy is kept: what changes there later cannot be sent any more.
  const whole = async () => new Blob([await file.arrayBuffer()], { type: type ?? '' });
  const picture = await opened(file, head, type);
  if (!picture) {
    const sent = type && file.size <= MOST_BYTES ? await whole() : new Blob([head], { type: ANY });
    return { file: sent, size: null };
  }
  const { width, height } = picture;
  try {
    const large = file.size > LARGE_BYTES || width * height > LARGE_PIXELS;
    if (type && !large) return { file: await whole(), size: { width, height } };
    return await drawn(picture);
  } finally {
    picture.close();
  }
}

/**
 * The kinds that the server reads, by their first bytes.
 *
 * @param {Uint8Array} head
 */
function typeOf(head) {
  const at = (/** @type {number} */ start) => String.fromCharCode(...head.slice(start, start + 4));
  if (head[0] === 0x89 && at(1).startsWith('PNG')) return 'image/png';
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg';
  if (at(0) === 'RIFF' && at(8) === 'WEBP') return 'image/webp';
  return null;
}

/**
 * @param {Blob} file
 * @param {Uint8Array} head
 * @param {string | null} type
 * @returns {Promise<Opened | null>}
 */
async function opened(file, head, type) {
  try {
    const source = await createImageBitmap(file);
    const { width, height } = source;
    return { source, width, height, close: () => source.close() };
  } catch {
    const start = new TextDecoder().decode(head.slice(0, 1024)).trimStart();
    return !type && /^<(\?xml|!DOCTYPE svg|!--|svg)/i.test(start) ? lines(file) : null;
  }
}

/**
 * An SVG, which browsers draw in an element only; its scripts do not run there.
 *
 * @param {Blob} file
 * @returns {Promise<Opened | null>}
 */
async function lines(file) {
  const url = URL.createObjectURL(new Blob([file], { type: 'image/svg+xml' }));
  const close = () => URL.revokeObjectURL(url);
  const source = new Image();
  source.src = url;
  try {
    await source.decode();
  } catch {
    close();
    return null;
  }
  const { naturalWidth: width, naturalHeight: height } = source;
  const larger = LINES_SIDE / Math.max(width, height, 1);
  return { source, width: (width || 1) * larger, height: (height || 1) * larger, close };
}

/**
 * @param {Opened} picture
 * @returns {Promise<Prepared>}
 */
async function drawn({ source, width, height }) {
  const smaller = Math.min(1, SIDE / Math.max(width, height));
  const size = {
    width: Math.max(1, Math.round(width * smaller)),
    height: Math.max(1, Math.round(height * smaller)),
  };
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(source, 0, 0, size.width, size.height);
  return { file: await canvas.convertToBlob({ type: 'image/png' }), size };
}

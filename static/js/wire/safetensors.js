// Reads safetensors: named tensors in one buffer. Views into it; only what is not aligned is copied.

import { Foreseen } from './refusal.js';

/**
 * @typedef {object} Tensor
 * @property {string} dtype
 * @property {readonly number[]} shape
 * @property {Float32Array | Float64Array | Int32Array | Uint8Array} data row-major, a view
 */

/**
 * @typedef {object} Decoded
 * @property {Readonly<Record<string, string>>} metadata
 * @property {ReadonlyMap<string, Tensor>} tensors in the order of the header
 * @property {number} [took] milliseconds that it took the server once the drawing was read, where it says so
 */

/** @typedef {{ dtype: string, shape: number[], data_offsets: [number, number] }} Entry */

const TYPES = { F64: Float64Array, F32: Float32Array, I32: Int32Array, U8: Uint8Array };
const LENGTH_BYTES = 8; // of the header's own length, in front of it

/**
 * The whole file is checked before anything is handed out: what is cut off or overlaps the end
 * is refused.
 * @param {ArrayBuffer} buffer
 * @returns {Decoded}
 */
export function decode(buffer) {
  const { header, start } = readHeader(buffer);
  /** @type {Map<string, Tensor>} */
  const tensors = new Map();
  for (const [name, entry] of Object.entries(header))
    if (name !== '__metadata__')
      tensors.set(name, readTensor(buffer, start, name, checked(name, entry)));
  return { metadata: /** @type {any} */ (header).__metadata__ ?? {}, tensors };
}

/**
 * The answers to several questions, which stand under their numbers: "0/conv1".
 *
 * @param {Decoded} found
 * @param {number} count
 * @returns {Decoded[]}
 */
export function parted({ metadata, tensors }, count) {
  return Array.from({ length: count }, (_, k) => {
    /** @type {<T>(entries: Iterable<[string, T]>) => [string, T][]} */
    const own = (entries) =>
      [...entries]
        .filter(([name]) => name.startsWith(`${k}/`))
        .map(([name, value]) => [name.slice(`${k}/`.length), value]);
    return {
      metadata: Object.fromEntries(own(Object.entries(metadata))),
      tensors: new Map(own(tensors)),
    };
  });
}

/** @param {ArrayBuffer} buffer @returns {{ header: Record<string, unknown>, start: number }} */
function readHeader(buffer) {
  if (buffer.byteLength < LENGTH_BYTES)
    throw new Foreseen('file-short', { bytes: buffer.byteLength });
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const start = LENGTH_BYTES + length;
  if (start > buffer.byteLength)
    throw new Foreseen('file-header-short', { length, came: buffer.byteLength });
  const text = new TextDecoder().decode(new Uint8Array(buffer, LENGTH_BYTES, length));
  try {
    const header = JSON.parse(text);
    if (header === null || typeof header !== 'object' || Array.isArray(header)) throw new Error();
    return { header, start };
  } catch {
    throw new Foreseen('file-header');
  }
}

/** @param {string} name @param {unknown} value @returns {Entry} */
function checked(name, value) {
  const entry = /** @type {Partial<Entry> | null} */ (value);
  const whole = (/** @type {unknown} */ n) => Number.isInteger(n) && /** @type {number} */ (n) >= 0;
  const { dtype, shape, data_offsets: offsets } = entry ?? {};
  const good =
    typeof dtype === 'string' &&
    Array.isArray(shape) &&
    shape.every(whole) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(whole);
  if (!good) throw new Foreseen('file-entry', { name });
  return /** @type {Entry} */ (entry);
}

/** @param {ArrayBuffer} buffer @param {number} start @param {string} name @param {Entry} entry @returns {Tensor} */
function readTensor(buffer, start, name, { dtype, shape, data_offsets: [from, to] }) {
  const Type = TYPES[/** @type {keyof typeof TYPES} */ (dtype)];
  if (!Type) throw new Foreseen('file-type', { name, dtype, types: Object.keys(TYPES) });
  const count = shape.reduce((a, b) => a * b, 1);
  const bytes = count * Type.BYTES_PER_ELEMENT;
  if (to - from !== bytes)
    throw new Foreseen('file-size', { name, sizes: `[${shape}]`, bytes, has: to - from });
  if (start + to > buffer.byteLength)
    throw new Foreseen('file-cut', { name, end: start + to, came: buffer.byteLength });
  // Some programs do not pad the header; what begins between two numbers can only be copied.
  if ((start + from) % Type.BYTES_PER_ELEMENT)
    return { dtype, shape, data: new Type(buffer.slice(start + from, start + to)) };
  return { dtype, shape, data: new Type(buffer, start + from, count) };
}

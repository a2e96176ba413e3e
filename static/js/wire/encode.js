// Writes safetensors: the other direction of safetensors.js, for pages that send arrays.

/** @typedef {{ readonly shape: readonly number[], readonly data: Float32Array | Uint8Array }} Operand row-major */

const LENGTH_BYTES = 8; // of the header's own length, in front of it
const ALIGN = 8;

/**
 * @param {Readonly<Record<string, Operand>>} tensors
 * @param {Readonly<Record<string, string>>} metadata
 * @returns {ArrayBuffer}
 */
export function encode(tensors, metadata) {
  // Floats first, so that each begins between two numbers.
  const ordered = Object.entries(tensors).toSorted(([, a], [, b]) => wide(b) - wide(a));
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, data }] of ordered) {
    const dtype = data instanceof Uint8Array ? 'U8' : 'F32';
    header[name] = { dtype, shape, data_offsets: [end, (end += data.byteLength)] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / ALIGN) * ALIGN;
  const bytes = new Uint8Array(LENGTH_BYTES + length + end).fill(0x20, 0, LENGTH_BYTES + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, LENGTH_BYTES);
  let start = LENGTH_BYTES + length;
  for (const [, { data }] of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
    start += data.byteLength;
  }
  return bytes.buffer;
}

/** @param {Operand} operand */
function wide({ data }) {
  return data.BYTES_PER_ELEMENT;
}

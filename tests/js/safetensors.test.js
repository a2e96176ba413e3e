import assert from 'node:assert/strict';
import test from 'node:test';
import { errorText } from '../../static/js/text/refusals.js';
import './english.js';
import { decode } from '../../static/js/wire/safetensors.js';

/** Packs what a test wants, right or wrong. */
function pack(header, bytes) {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const padded = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const buffer = new ArrayBuffer(8 + padded.length + bytes);
  new DataView(buffer).setBigUint64(0, BigInt(padded.length), true);
  new Uint8Array(buffer).set(padded, 8);
  return buffer;
}

const entry = (dtype, shape, ...offsets) => ({ dtype, shape, data_offsets: offsets });

test('tensors are views into the one buffer, in the order of the header', () => {
  const buffer = pack(
    {
      __metadata__: { model: 'lenet' },
      b: entry('F32', [2, 2], 0, 16),
      a: entry('I32', [3], 16, 28),
      mask: entry('U8', [2], 28, 30),
      scale: entry('F32', [], 32, 36),
    },
    36,
  );
  const { metadata, tensors } = decode(buffer);
  assert.deepEqual(metadata, { model: 'lenet' });
  assert.deepEqual([...tensors.keys()], ['b', 'a', 'mask', 'scale']);
  for (const { data } of tensors.values()) assert.equal(data.buffer, buffer);
  tensors.get('b').data[3] = 1.5;
  assert.equal(new DataView(buffer).getFloat32(buffer.byteLength - 36 + 12, true), 1.5);
  assert.deepEqual(tensors.get('a').shape, [3]);
  assert.equal(tensors.get('scale').data.length, 1);
});

test('files without metadata have none', () => {
  assert.deepEqual(decode(pack({ a: entry('U8', [1], 0, 1) }, 1)).metadata, {});
});

const good = () => pack({ a: entry('F32', [4], 0, 16) }, 16);
const refused = {
  'too short for its length': [new ArrayBuffer(5), /it has 5 bytes/],
  'a header longer than the file': [good().slice(0, 20), /its header should have \d+ bytes/],
  'a tensor that was cut off': [good().slice(0, -4), /a ends at byte \d+, and only \d+ came/],
  'a header that is no JSON': [pack('{"a":', 0), /is not a JSON object/],
  'a header that is a list': [pack('[]', 0), /is not a JSON object/],
  'a shape that does not match its bytes': [
    pack({ a: entry('F32', [5], 0, 16) }, 16),
    /a of shape \[5\] needs 20 bytes, and has 16/,
  ],
  'a type nobody reads': [pack({ a: entry('BF16', [4], 0, 8) }, 8), /a is BF16/],
  'a negative shape': [pack({ a: entry('F32', [-1], 0, 4) }, 4), /lacks a dtype, a shape/],
  'no offsets': [pack({ a: { dtype: 'F32', shape: [1] } }, 4), /lacks a dtype, a shape/],
};

for (const [what, [buffer, message]] of Object.entries(refused))
  test(`${what} is refused in a sentence`, () => {
    const said = saidBy(() => decode(buffer));
    assert.match(said, message);
    assert.match(said, /^This safetensors file cannot be read: .*\. Load it again\.$/);
  });

/** What a visitor reads when this fails. */
function saidBy(act) {
  try {
    act();
  } catch (error) {
    return errorText(error);
  }
  return '';
}

test('float64 keeps all its digits, wherever it begins', () => {
  for (const from of [0, 4]) {
    const buffer = pack({ a: entry('F64', [1], from, from + 8) }, from + 8);
    const start = 8 + Number(new DataView(buffer).getBigUint64(0, true));
    new DataView(buffer).setFloat64(start + from, 0.1, true);
    assert.deepEqual([...decode(buffer).tensors.get('a').data], [0.1]);
  }
});

test('what an unpadded header puts out of step is copied', () => {
  const buffer = pack({ a: entry('F32', [1], 2, 6) }, 8);
  const start = 8 + Number(new DataView(buffer).getBigUint64(0, true));
  new DataView(buffer).setFloat32(start + 2, 1.5, true);
  assert.deepEqual([...decode(buffer).tensors.get('a').data], [1.5]);
});

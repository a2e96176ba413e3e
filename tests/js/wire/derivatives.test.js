import assert from 'node:assert/strict';
import test from 'node:test';
import { createAsking, questionOf } from '../../../static/js/wire/derivatives.js';

const cellAt = (channel) => ({ layer: 'conv2', channel, row: 2, column: 4 });
const drawing = {
  strokes: [{ points: [[0, 0]], width: 0.1, erase: false }],
  file: null,
  center: true,
};
const soon = () => new Promise((resolve) => setTimeout(resolve));

/** A file without tensors: eight bytes of length and an empty header. */
function nothing() {
  const bytes = new Uint8Array(16);
  bytes.set([8, 0, 0, 0, 0, 0, 0, 0]);
  bytes.set(new TextEncoder().encode('{}      '), 8);
  return new Response(bytes);
}

function setUp() {
  const asked = [];
  const found = [];
  const asking = createAsking({
    url: 'api/models/any',
    onFound: ({ cell }) => found.push(cell.channel),
    fetch: (url, options) =>
      new Promise((resolve, reject) => {
        options.signal.addEventListener('abort', () => reject(new Error('aborted')));
        asked.push({ url, options, resolve, reject });
      }),
  });
  return { asking, asked, found, ask: (channel) => asking.ask({ cell: cellAt(channel), drawing }) };
}

test('the question names the cell and holds the drawing', () => {
  const { signal } = new AbortController();
  const [url, { method, body }] = questionOf('m', { cell: cellAt(3), drawing }, signal);
  assert.equal(url, 'm/derivatives?layer=conv2&channel=3&row=2&column=4');
  assert.equal(method, 'POST');
  assert.deepEqual(JSON.parse(body), { strokes: drawing.strokes, center: true });
  const file = new Blob(['x'], { type: 'image/png' });
  const [path] = questionOf('m', { cell: cellAt(3), drawing: { ...drawing, file } }, signal);
  assert.equal(path, 'm/derivatives?center=true&layer=conv2&channel=3&row=2&column=4');
});

test('one question is under way at a time, and the latest wins', async () => {
  const { asked, found, ask } = setUp();
  [1, 2, 3].forEach(ask);
  assert.equal(asked.length, 1);
  asked[0].resolve(nothing());
  await soon();
  assert.deepEqual(found, []); // it was already superseded
  assert.equal(asked.length, 2);
  asked[1].resolve(nothing());
  await soon();
  assert.deepEqual(found, [3]);
});

test('while the drawing of one cell goes on, each answer is told', async () => {
  const { asked, found, ask } = setUp();
  [3, 3, 3].forEach(ask);
  for (const index of [0, 1]) {
    asked[index].resolve(nothing());
    await soon();
  }
  assert.equal(asked.length, 2);
  assert.deepEqual(found, [3, 3]);
});

test('what was forgotten is stopped and never told', async () => {
  const { asking, asked, found, ask } = setUp();
  ask(1);
  asking.forget();
  assert.ok(asked[0].options.signal.aborted);
  await soon();
  ask(2);
  asked[1].resolve(nothing());
  await soon();
  assert.deepEqual(found, [2]);
});

test('a server that is away breaks nothing, and the next question is asked', async () => {
  const { asked, found, ask } = setUp();
  ask(1);
  asked[0].reject(new TypeError('failed to fetch'));
  await soon();
  ask(2);
  asked[1].resolve(nothing());
  await soon();
  assert.deepEqual(found, [2]);
});

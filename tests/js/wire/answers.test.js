import assert from 'node:assert/strict';
import test from 'node:test';
import { createClock } from '../clock.js';
import { createAnswersReader } from '../../../static/js/wire/answers.js';

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
  const lost = [];
  const state = { away: false };
  const clock = createClock();
  const reader = createAnswersReader({
    ...{ id: 'any', question: 'derivatives' },
    link: {
      away: () => state.away,
      lost: () => lost.push((state.away = true)),
      proven: () => {},
    },
    onFound: (cell) => found.push(cell.channel),
    means: {
      timers: clock.timers,
      fetch: (url, options) =>
        new Promise((resolve, reject) => asked.push({ url, options, resolve, reject })),
    },
  });
  const ask = (channel, more = {}) =>
    reader.read({
      ...drawing,
      ...more,
      cell: cellAt(channel),
      tag: { sequence: 0, time: null },
    });
  return { reader, asked, found, lost, ask, state };
}

test('the question names the cell and holds the drawing', async () => {
  const { reader, asked, ask } = setUp();
  ask(3);
  const { url, options } = asked[0];
  const whole = new URL(url, 'http://any');
  assert.equal(whole.pathname, '/api/questions');
  const question = 'any/derivatives?layer=conv2&channel=3&row=2&column=4';
  assert.deepEqual(whole.searchParams.getAll('ask'), [question]);
  assert.equal(options.method, 'POST');
  assert.deepEqual(JSON.parse(options.body), { strokes: drawing.strokes, center: true });
  reader.forget();
  ask(3, { file: new Blob(['x'], { type: 'image/png' }) });
  const file = new URL(asked[1].url, 'http://any').searchParams;
  assert.deepEqual([file.get('ask'), file.get('center')], [question, 'true']);
  reader.forget();
  ask(3, { moved: { query: 'down=-2&right=3', text: '' } });
  const moved = new URL(asked[2].url, 'http://any').searchParams;
  assert.deepEqual(moved.getAll('ask'), [`${question}&down=-2&right=3`]);
  assert.equal(moved.get('down'), null, 'a move belongs to its question');
  reader.forget();
});

test('one question is under way at a time, and the latest wins', async () => {
  const { asked, found, ask } = setUp();
  [1, 2, 3].forEach(ask);
  assert.equal(asked.length, 1);
  asked[0].resolve(nothing());
  await soon();
  assert.equal(asked.length, 2);
  asked[1].resolve(nothing());
  await soon();
  assert.deepEqual(found, [1, 3]); // whose they are is said, and who wants others passes over them
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
  const { reader, asked, found, ask } = setUp();
  ask(1);
  reader.forget();
  assert.ok(asked[0].options.signal.aborted);
  await soon();
  ask(2);
  asked[1].resolve(nothing());
  await soon();
  assert.deepEqual(found, [2]);
});

test('a server that is away is noticed, and the next question is asked', async () => {
  const { asked, found, lost, ask, state } = setUp();
  ask(1);
  asked[0].reject(new TypeError('failed to fetch'));
  await soon();
  assert.deepEqual(lost, [true]);
  state.away = false;
  ask(2);
  asked[1].resolve(nothing());
  await soon();
  assert.deepEqual(found, [2]);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { createClock } from '../clock.js';
import { createReader, request } from '../../../static/js/wire/client.js';

/** A server whose answers are given by hand, and a reader that asks it by a clock of ours. */
function setUp() {
  const asked = [];
  const clock = createClock();
  const events = [];
  const state = { busy: false };
  let away = false;
  const link = {
    away: () => away,
    lost() {
      away = true;
      events.push('lost');
    },
    proven: () => events.push('proven'),
  };
  const reader = createReader({
    url: () => 'trace',
    decode: (buffer) => new TextDecoder().decode(buffer),
    link,
    onTrace: (answer, { tag }) => events.push(`${tag.sequence}: ${answer}`),
    onRefused: (error, question) => events.push(`${question.tag.sequence} no: ${error.message}`),
    onBusy: (busy) => (state.busy = busy),
    fetch: (url, options) =>
      new Promise((resolve, reject) => asked.push({ url, options, resolve, reject })),
    timers: clock.timers,
    chance: () => 0.5,
  });
  const back = () => {
    away = false;
    reader.resume();
  };
  return { reader, asked, events, back, clock, state };
}

const question = (sequence) => ({
  strokes: [{ points: [[sequence / 10, 0.5]], width: 0.07, erase: false }],
  file: null,
  center: true,
  tag: { sequence, time: null },
});
const good = (text) => new Response(text);
const problem = (status, detail) => new Response(JSON.stringify({ detail }), { status });
const rest = () => new Promise((resolve) => setTimeout(resolve, 0));

test('one request is in flight; of those that wait, the latest is sent', async () => {
  const { reader, asked, events } = setUp();
  for (const sequence of [1, 2, 3]) reader.read(question(sequence));
  assert.equal(asked.length, 1);
  asked[0].resolve(good('first'));
  await rest();
  assert.equal(asked.length, 2);
  assert.match(asked[1].options.body, /0\.3/);
  asked[1].resolve(good('third'));
  await rest();
  assert.deepEqual(
    events.filter((event) => event !== 'proven'),
    ['1: first', '3: third'],
  );
  assert.equal(asked.length, 2);
});

test('a silent server is away; the latest drawing is sent when it is back', async () => {
  const { reader, asked, events, back } = setUp();
  reader.read(question(1));
  asked[0].reject(new TypeError('Failed to fetch'));
  await rest();
  assert.deepEqual(events, ['lost']);
  reader.read(question(2));
  assert.equal(asked.length, 1, 'nothing is sent while it is away');
  back();
  assert.match(asked[1].options.body, /0\.2/);
  asked[1].resolve(good('kept'));
  await rest();
  assert.equal(events.at(-1), '2: kept');
});

test('what was in flight is asked again, when nothing newer waits', async () => {
  const { reader, asked, back } = setUp();
  reader.read(question(1));
  asked[0].resolve(new Response('bad gateway', { status: 502 }));
  await rest();
  back();
  assert.match(asked[1].options.body, /0\.1/);
});

test('a refusal is told in its own sentence, and the next drawing is read', async () => {
  const { reader, asked, events } = setUp();
  reader.read(question(1));
  asked[0].resolve(problem(415, 'This is no image.'));
  await rest();
  assert.deepEqual(events, ['1 no: This is no image.']);
  reader.read(question(2));
  asked[1].resolve(good('fine'));
  await rest();
  assert.equal(events.at(-1), '2: fine');
});

test('what was forgotten is not told when it comes', async () => {
  const { reader, asked, events } = setUp();
  reader.read(question(1));
  reader.read(question(2));
  reader.forget();
  asked[0].resolve(good('late'));
  await rest();
  assert.equal(asked.length, 1);
  assert.equal(
    events.some((event) => event.includes('late')),
    false,
  );
  reader.read(question(3));
  assert.equal(asked.length, 2);
});

test('an answer that was on its way when it was forgotten is not told', async () => {
  const { reader, asked, events } = setUp();
  reader.read(question(1));
  asked[0].resolve(good('late'));
  reader.forget();
  await rest();
  assert.deepEqual(
    events.filter((event) => event !== 'proven'),
    [],
  );
});

test('a file is sent as it is, with its own type', () => {
  const file = new Blob(['x'], { type: 'image/png' });
  const [url, options] = request('trace', { ...question(1), file, center: false });
  assert.equal(url, 'trace?center=false');
  assert.equal(options.body, file);
  assert.equal(options.headers['Content-Type'], 'image/png');
});

test('a silent server is away after ten seconds, and the drawing is asked again', async () => {
  const { reader, asked, events, back, clock } = setUp();
  reader.read(question(1));
  await clock.pass(9_900);
  assert.deepEqual(events, []);
  await clock.pass(200);
  assert.deepEqual(events, ['lost']);
  assert.ok(asked[0].options.signal.aborted, 'its connection is given up');
  back();
  asked[1].resolve(good('kept'));
  await rest();
  assert.equal(events.at(-1), '1: kept');
});

test('an answer that stops half way is silence, too', async () => {
  const { reader, asked, events, clock } = setUp();
  reader.read(question(1));
  asked[0].resolve(
    new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(9)) })),
  );
  await rest();
  await clock.pass(10_100);
  assert.deepEqual(events, ['lost']);
});

test('a large file has the time that a slow network needs for it', async () => {
  const { reader, events, clock } = setUp();
  reader.read({ ...question(1), file: new Blob([new Uint8Array(2_000_000)]) });
  await clock.pass(45_000);
  assert.deepEqual(events, []);
  await clock.pass(10_000);
  assert.deepEqual(events, ['lost']);
});

/** What a server with too much to do answers. */
const busy = (type = 'application/problem+json') =>
  new Response('{"detail": "busy"}', {
    status: 503,
    headers: { 'Retry-After': '1', 'Content-Type': type },
  });

test('a busy server is left in peace as long as it asks, then the newest drawing is read', async () => {
  const { reader, asked, events, clock, state } = setUp();
  reader.read(question(1));
  asked[0].resolve(busy());
  await rest();
  reader.read(question(2));
  reader.read(question(3));
  await clock.pass(900);
  assert.equal(asked.length, 1);
  assert.equal(state.busy, true, 'the page says meanwhile that it waits');
  await clock.pass(200);
  assert.equal(asked.length, 2);
  assert.match(asked[1].options.body, /0\.3/);
  asked[1].resolve(good('caught up'));
  await rest();
  assert.deepEqual(events, ['proven', '3: caught up']);
  assert.equal(state.busy, false);
});

test('a busy server is asked the same again when nothing newer came', async () => {
  const { reader, asked, events, clock } = setUp();
  reader.read(question(1));
  for (let i = 0; i < 3; i++) {
    asked[i].resolve(busy());
    await rest();
    await clock.pass(1_100);
  }
  asked[3].resolve(good('at last'));
  await rest();
  assert.deepEqual(events, ['proven', '1: at last']);
});

test('a gateway that says 503 stands before a server that is away', async () => {
  const { reader, asked, events } = setUp();
  reader.read(question(1));
  asked[0].resolve(busy('text/html'));
  await rest();
  assert.deepEqual(events, ['lost']);
});

test('what waits for a busy server can be forgotten', async () => {
  const { reader, asked, clock, state } = setUp();
  reader.read(question(1));
  asked[0].resolve(busy());
  await rest();
  reader.forget();
  await clock.pass(5_000);
  assert.equal(asked.length, 1);
  assert.equal(state.busy, false);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { createClock } from '../clock.js';
import { request } from '../../../static/js/wire/questions.js';
import { Reader } from '../../../static/js/wire/reader.js';
import { Away } from '../../../static/js/wire/refusal.js';

/** A server whose answers are given by hand, and a reader that asks it by a clock of ours. */
function setUp({ live } = {}) {
  const asked = [];
  const clock = createClock();
  const events = [];
  const state = { busy: false, away: false, weights: 'a1', renewed: 0, next: 'a1' };
  const link = {
    away: () => state.away,
    lost() {
      state.away = true;
      events.push('lost');
    },
    proven: () => {},
  };
  const reader = new Reader({
    link,
    fetch: (url, options) =>
      new Promise((resolve, reject) => asked.push({ url, options, resolve, reject })),
    timers: clock.timers,
    chance: () => 0.5,
  });
  if (live) reader.prefer(live);
  const network = {
    id: 'any',
    weights: () => state.weights,
    async renew() {
      state.renewed++;
      state.weights = state.next;
    },
  };
  const listener = (name) => ({
    onAnswer: ({ metadata }, { number }) => events.push(`${name}${number}: ${metadata.says}`),
    onRefused: (error, { number }) => events.push(`${name}${number} no: ${error.message}`),
  });
  const trace = reader.asker({ ...listener(''), onBusy: (busy) => (state.busy = busy) });
  const more = reader.asker(listener('more '));
  const question = (number, other = {}) => ({
    network,
    what: 'trace',
    drawing: { strokes: drawn[number], file: null },
    center: true,
    number,
    ...other,
  });
  const ask = async (number, other) => {
    trace.ask(question(number, other));
    await rest();
  };
  const answer = async (index, response) => {
    asked[index].resolve(response);
    await rest();
  };
  const back = async () => {
    state.away = false;
    reader.resume();
    await rest();
  };
  return { reader, trace, more, question, ask, answer, asked, events, back, clock, state };
}

const drawn = [0, 1, 2, 3].map((number) => [
  { points: [[number / 10, 0.5]], width: 0.07, erase: false },
]);
const rest = () => new Promise((resolve) => setTimeout(resolve, 0));
const problem = (status, detail, kind = 'no-image') =>
  new Response(JSON.stringify({ kind, detail }), { status });

/** A file without tensors that says these things of itself. */
function says(metadata) {
  const text = JSON.stringify({ __metadata__: metadata });
  const bytes = new Uint8Array(8 + text.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(new TextEncoder().encode(text), 8);
  return new Response(bytes);
}
const good = (text) => says({ says: text });

/** What a server with too much to do answers. */
const busy = (type = 'application/problem+json') =>
  new Response('{"detail": "busy"}', {
    status: 503,
    headers: { 'Retry-After': '1', 'Content-Type': type },
  });

test('one question is under way; of those that wait, the latest is sent', async () => {
  const { ask, answer, asked, events } = setUp();
  for (const number of [1, 2, 3]) await ask(number);
  assert.equal(asked.length, 1);
  await answer(0, good('first'));
  assert.equal(asked.length, 2);
  assert.match(asked[1].options.body, /0\.3/);
  await answer(1, good('third'));
  assert.deepEqual(events, ['1: first', '3: third']);
  assert.equal(asked.length, 2);
});

test('a trace goes to its own address, anything else among the questions, and both name the weights', async () => {
  const { ask, asked } = setUp();
  await ask(1, {
    what: 'derivatives?layer=conv2&channel=3',
    moved: { query: 'down=-2', text: '' },
  });
  const { url, options } = asked[0];
  const place = 'any/derivatives?layer=conv2&channel=3&weights=a1&down=-2';
  assert.equal(url, `api/questions?ask=${encodeURIComponent(place).replace('%2F', '/')}`);
  assert.equal(options.method, 'POST');
  assert.deepEqual(JSON.parse(options.body), { strokes: drawn[1], center: true });
});

test('what is asked in one turn about one drawing travels together', async () => {
  const { trace, more, question, answer, asked, events } = setUp();
  trace.ask(question(1));
  more.ask(question(1, { what: 'derivatives?layer=conv2', number: 9 }));
  await rest();
  assert.equal(asked.length, 1);
  const url = new URL(asked[0].url, 'http://x');
  assert.equal(url.pathname, '/api/questions');
  assert.deepEqual(url.searchParams.getAll('ask'), [
    'any/trace?weights=a1',
    'any/derivatives?layer=conv2&weights=a1',
  ]);
  await answer(0, says({ '0/says': 'its trace', '1/says': 'its derivatives' }));
  assert.deepEqual(events, ['1: its trace', 'more 9: its derivatives']);
});

test('questions about two drawings travel each by itself, and do not wait for each other', async () => {
  const { trace, more, question, answer, asked, events } = setUp();
  trace.ask(question(1));
  more.ask(question(2));
  await rest();
  assert.equal(asked.length, 2);
  await answer(1, good('second'));
  await answer(0, good('first'));
  assert.deepEqual(events, ['more 2: second', '1: first']);
});

test('a refusal of several is the refusal of the one that is wrong', async () => {
  const { trace, more, question, answer, asked, events } = setUp();
  trace.ask(question(1));
  more.ask(question(1, { what: 'derivatives?layer=none' }));
  await rest();
  await answer(0, problem(422, 'Question 1: no such layer.'));
  assert.deepEqual(
    asked.slice(1).map(({ url }) => url),
    [
      'api/models/any/trace?weights=a1',
      `api/questions?ask=${encodeURIComponent('any/derivatives?layer=none&weights=a1').replace('%2F', '/')}`,
    ],
  );
  await answer(1, good('fine'));
  await answer(2, problem(422, 'No such layer.'));
  assert.deepEqual(events, ['1: fine', 'more 1 no: No such layer.']);
});

test('of several that are under way one can be forgotten, and all end the request', async () => {
  const { trace, more, question, answer, asked, events } = setUp();
  trace.ask(question(1));
  more.ask(question(1));
  await rest();
  more.forget();
  assert.equal(asked[0].options.signal.aborted, false);
  await answer(0, says({ '0/says': 'kept', '1/says': 'forgotten' }));
  assert.deepEqual(events, ['1: kept']);
  trace.ask(question(2));
  more.ask(question(2));
  await rest();
  trace.forget();
  more.end();
  assert.ok(asked[1].options.signal.aborted);
});

test('a server that came back with other weights is asked for those, once they are known', async () => {
  const { ask, answer, asked, events, state } = setUp();
  state.next = 'b2';
  await ask(1);
  await answer(0, problem(404, 'Not these.', 'other-weights'));
  assert.equal(state.renewed, 1);
  assert.equal(asked[1].url, 'api/models/any/trace?weights=b2');
  await answer(1, good('new'));
  assert.deepEqual(events, ['1: new']);
});

test('weights that stay unknown are refused, and not asked for for ever', async () => {
  const { ask, answer, asked, events, state } = setUp();
  await ask(1);
  await answer(0, problem(404, 'Not these.', 'other-weights'));
  assert.equal(state.renewed, 1);
  assert.equal(asked.length, 1);
  assert.deepEqual(events, ['1 no: Not these.']);
});

test('an answer of weights that were replaced meanwhile is asked for anew', async () => {
  const { ask, answer, asked, events, state } = setUp();
  await ask(1);
  state.weights = 'b2';
  await answer(0, good('old'));
  assert.equal(asked[1].url, 'api/models/any/trace?weights=b2');
  await answer(1, good('new'));
  assert.deepEqual(events, ['1: new']);
});

test('a silent server is away; the latest drawing is sent when it is back', async () => {
  const { ask, answer, asked, events, back } = setUp();
  await ask(1);
  asked[0].reject(new TypeError('Failed to fetch'));
  await rest();
  assert.deepEqual(events, ['lost']);
  await ask(2);
  assert.equal(asked.length, 1, 'nothing is sent while it is away');
  await back();
  assert.match(asked[1].options.body, /0\.2/);
  await answer(1, good('kept'));
  assert.equal(events.at(-1), '2: kept');
});

test('what was in flight is asked again, when nothing newer waits', async () => {
  const { ask, answer, asked, back } = setUp();
  await ask(1);
  await answer(0, new Response('bad gateway', { status: 502 }));
  await back();
  assert.match(asked[1].options.body, /0\.1/);
});

test('a refusal is told in its own sentence, and the next drawing is read', async () => {
  const { ask, answer, events } = setUp();
  await ask(1);
  await answer(0, problem(415, 'This is no image.'));
  assert.deepEqual(events, ['1 no: This is no image.']);
  await ask(2);
  await answer(1, good('fine'));
  assert.equal(events.at(-1), '2: fine');
});

test('what was forgotten is stopped and not told, even when its answer was on its way', async () => {
  const { trace, ask, asked, events } = setUp();
  await ask(1);
  await ask(2);
  trace.forget();
  assert.ok(asked[0].options.signal.aborted);
  await rest();
  assert.equal(asked.length, 1);
  await ask(3);
  asked[1].resolve(good('late'));
  trace.forget();
  await rest();
  assert.deepEqual(events, []);
});

test('a file is sent as it is, with its own type', () => {
  const file = new Blob(['x'], { type: 'image/png' });
  const network = { id: 'a b', weights: () => undefined, renew: async () => {} };
  const drawing = { strokes: [], file, digit: 1 };
  const [url, options] = request([{ network, what: 'trace', drawing, center: false }]);
  assert.equal(url, 'api/models/a%20b/trace?center=false&digit=1');
  assert.equal(options.body, file);
  assert.equal(options.headers['Content-Type'], 'image/png');
});

test('a silent server is away after ten seconds, and the drawing is asked again', async () => {
  const { ask, answer, asked, events, back, clock } = setUp();
  await ask(1);
  await clock.pass(9_900);
  assert.deepEqual(events, []);
  await clock.pass(200);
  assert.deepEqual(events, ['lost']);
  assert.ok(asked[0].options.signal.aborted, 'its connection is given up');
  await back();
  await answer(1, good('kept'));
  assert.equal(events.at(-1), '1: kept');
});

test('an answer that stops half way is silence, too', async () => {
  const { ask, answer, events, clock } = setUp();
  await ask(1);
  await answer(0, new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(9)) })));
  await clock.pass(10_100);
  assert.deepEqual(events, ['lost']);
});

test('a large file has the time that a slow network needs for it', async () => {
  const { ask, events, clock } = setUp();
  await ask(1, { drawing: { strokes: [], file: new Blob([new Uint8Array(2_000_000)]) } });
  await clock.pass(45_000);
  assert.deepEqual(events, []);
  await clock.pass(10_000);
  assert.deepEqual(events, ['lost']);
});

test('a busy server is left in peace as long as it asks, then the newest drawing is read', async () => {
  const { ask, answer, asked, events, clock, state } = setUp();
  await ask(1);
  await answer(0, busy());
  await ask(2);
  await ask(3);
  await clock.pass(900);
  assert.equal(asked.length, 1);
  assert.equal(state.busy, true, 'the page says meanwhile that it waits');
  await clock.pass(200);
  assert.equal(asked.length, 2);
  assert.match(asked[1].options.body, /0\.3/);
  await answer(1, good('caught up'));
  assert.deepEqual(events, ['3: caught up']);
  assert.equal(state.busy, false);
});

test('a busy server is asked the same again when nothing newer came', async () => {
  const { ask, answer, events, clock } = setUp();
  await ask(1);
  for (let i = 0; i < 3; i++) {
    await answer(i, busy());
    await clock.pass(1_100);
  }
  await answer(3, good('at last'));
  assert.deepEqual(events, ['1: at last']);
});

test('a gateway that says 503 stands before a server that is away', async () => {
  const { ask, answer, events } = setUp();
  await ask(1);
  await answer(0, busy('text/html'));
  assert.deepEqual(events, ['lost']);
});

test('what waits for a busy server can be forgotten', async () => {
  const { trace, ask, answer, asked, clock, state } = setUp();
  await ask(1);
  await answer(0, busy());
  trace.forget();
  await clock.pass(5_000);
  assert.equal(asked.length, 1);
  assert.equal(state.busy, false);
});

/** A live channel whose answers are given by hand. */
function madeUpLive() {
  const carried = [];
  const ask = (questions) =>
    new Promise((resolve, reject) => carried.push({ questions, resolve, reject }));
  return { carried, ask };
}
const carries = (text, took) => ({ metadata: { says: text }, tensors: new Map(), took });

test('a live channel is asked first; what it does not carry is asked over HTTP', async () => {
  const live = madeUpLive();
  const { reader, ask, answer, asked, events } = setUp({ live });
  for (const number of [1, 2, 3]) await ask(number);
  assert.equal(live.carried.length, 1, 'one question is under way, there too');
  live.carried[0].resolve([carries('first', 0.25)]);
  await rest();
  assert.deepEqual(live.carried[1].questions[0].drawing.strokes, drawn[3]);
  live.carried[1].resolve(null);
  await rest();
  assert.equal(asked.length, 1);
  const timed = good('third');
  timed.headers.set('Server-Timing', 'preprocess;dur=3, forward;dur=0.5, encode;dur=4');
  await answer(0, timed);
  assert.deepEqual(events, ['1: first', '3: third']);
  assert.deepEqual(reader.times.of('any'), [0.25, 0.5], 'both say how long a pass took');
});

test('what is forgotten while a live channel carries it is not asked over HTTP', async () => {
  const live = madeUpLive();
  const { trace, ask, asked, events } = setUp({ live });
  await ask(1);
  trace.forget();
  live.carried[0].resolve(null);
  await rest();
  assert.deepEqual([asked.length, events], [0, []]);
});

test('of several over HTTP, what each pass took stands under its number', async () => {
  const { reader, trace, more, question, answer } = setUp();
  trace.ask(question(1, { what: 'derivatives?layer=x' }));
  more.ask(question(1));
  await rest();
  const timed = says({ '0/says': 'a', '1/says': 'b' });
  timed.headers.set('Server-Timing', 'forward;dur=9, forward-0;dur=1.5, forward-1;dur=0.75');
  await answer(0, timed);
  assert.deepEqual(reader.times.of('any'), [0.75], 'of traces alone');
});

test('a server that is away is away on a live channel, too', async () => {
  const live = madeUpLive();
  const { ask, events, back } = setUp({ live });
  await ask(1);
  live.carried[0].reject(new Away());
  await rest();
  assert.deepEqual(events, ['lost']);
  await back();
  assert.deepEqual(live.carried[1].questions[0].drawing.strokes, drawn[1]);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { createClock } from '../clock.js';
import { Live } from '../../../static/js/wire/live.js';
import { Away, Busy } from '../../../static/js/wire/refusal.js';

const network = { id: 'any', weights: () => 'a1' };
const rest = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Sockets that do what they are told, and somebody who draws and asks. */
function setUp({ make = (socket) => socket } = {}) {
  const clock = createClock();
  /** @type {{ sent: string[], closed: boolean, [on: string]: any }[]} */
  const sockets = [];
  const live = new Live({
    timers: clock.timers,
    make: () => {
      const socket = { sent: [], closed: false };
      socket.send = (text) => socket.sent.push(JSON.parse(text));
      socket.close = () => (socket.closed = true);
      sockets.push(socket);
      return make(socket);
    },
  });
  let strokes = [{ points: [[0, 0]], width: 0.07, erase: false }];
  const grow = () => {
    const [last] = strokes.slice(-1);
    const points = [...last.points, [last.points.length / 100, 0.5]];
    strokes = [...strokes.slice(0, -1), { ...last, points }];
  };
  const ask = (what = ['trace'], other = {}) => {
    const drawing = { strokes, file: null, ...other };
    return live.ask(what.map((one) => ({ network, what: one, drawing, center: true })));
  };
  /** Somebody draws, and the channel that is opened for it is open. */
  const opened = async () => {
    await ask();
    grow();
    await ask();
    sockets.at(-1).onopen();
    return sockets.at(-1);
  };
  return { clock, sockets, live, grow, ask, opened };
}

/** What the server answers: metadata, or several. */
function answer(number, metadata, took = [250]) {
  const text = JSON.stringify({ __metadata__: metadata });
  const head = 12 + 4 * took.length;
  const bytes = new Uint8Array(head + 8 + text.length);
  const view = new DataView(bytes.buffer);
  [number, 900, took.length, ...took].forEach((one, k) => view.setUint32(4 * k, one, true));
  view.setUint32(head, text.length, true);
  bytes.set(new TextEncoder().encode(text), head + 8);
  return { data: bytes.buffer };
}

function refusal(number, status, more = {}) {
  const problem = { status, kind: 'no-strokes', detail: 'No.' };
  return { data: JSON.stringify({ number, problem, ...more }) };
}

test('a drawing that stands there opens nothing; one that grows opens a channel, once', async () => {
  const { sockets, ask, grow } = setUp();
  assert.equal(await ask(), null);
  assert.equal(await ask(['variations']), null);
  assert.equal(sockets.length, 0);
  grow();
  assert.equal(await ask(), null, 'over HTTP, until it is open');
  grow();
  assert.equal(await ask(), null);
  assert.equal(sockets.length, 1);
});

test('what is new is told, and each answer goes to whoever asked, with what it took', async () => {
  const { ask, grow, opened } = setUp();
  const socket = await opened();
  const first = ask();
  socket.onmessage(answer(1, { says: 'first' }));
  const [one] = await first;
  assert.deepEqual([one.metadata, one.took], [{ says: 'first' }, 0.25]);
  grow();
  const second = ask(['trace', 'derivatives?layer=x']);
  assert.deepEqual(socket.sent[1], {
    ...{ number: 2, keep: 1, more: [[0.02, 0.5]], strokes: [], center: true },
    ask: ['any/trace?weights=a1', 'any/derivatives?layer=x&weights=a1'],
  });
  socket.onmessage(answer(2, { '0/says': 'a', '1/says': 'b' }, [100, 200]));
  const found = await second;
  assert.deepEqual(
    found.map(({ metadata, took }) => [metadata.says, took]),
    [
      ['a', 0.1],
      ['b', 0.2],
    ],
  );
});

test('a file is not for it', async () => {
  const { ask, opened } = setUp();
  const socket = await opened();
  assert.equal(await ask(['trace'], { file: new Blob() }), null);
  assert.equal(socket.sent.length, 0);
});

test('what it refuses is refused as over HTTP, and it hears the whole drawing next', async () => {
  const { ask, opened } = setUp();
  const socket = await opened();
  for (const [status, more, right] of [
    [422, {}, { name: 'Refusal', status: 422, kind: 'no-strokes', message: 'No.' }],
    [503, { retry_after: 3 }, new Busy(3)],
    [503, {}, new Away()],
  ]) {
    const asked = ask();
    const { number, keep } = socket.sent.at(-1);
    assert.equal(keep, 0);
    socket.onmessage(refusal(number, status, more));
    await assert.rejects(asked, right);
  }
  assert.ok(!socket.closed);
});

test('what breaks off in the middle is asked over HTTP, and it stays closed for longer each time', async () => {
  const { clock, sockets, ask, grow, opened } = setUp();
  for (const wait of [5000, 25_000, 125_000, 600_000, 600_000]) {
    const socket = await opened();
    const asked = ask();
    socket.onclose();
    assert.equal(await asked, null);
    const count = sockets.length;
    await clock.pass(wait - 1);
    grow();
    await ask();
    assert.equal(sockets.length, count, `before ${wait} ms`);
    await clock.pass(1);
  }
  const socket = await opened();
  const asked = ask();
  socket.onmessage(answer(1, {}));
  await asked;
  socket.onclose();
  await clock.pass(5000);
  await opened();
  assert.equal(sockets.length, 7, 'one that carried something is given up less easily');
});

test('one that is refused, or that there is no way to open, is not there, and no more is said', async () => {
  const refused = setUp();
  await refused.ask();
  refused.grow();
  assert.equal(await refused.ask(), null);
  refused.sockets[0].onclose();
  refused.grow();
  assert.equal(await refused.ask(), null);
  assert.equal(refused.sockets.length, 1);
  const none = setUp({
    make() {
      throw new ReferenceError('WebSocket is not defined');
    },
  });
  await none.ask();
  for (let k = 0; k < 3; k++) {
    none.grow();
    assert.equal(await none.ask(), null);
  }
  assert.equal(none.sockets.length, 1);
});

test('messages are answered in their order, and none waits for another to be said', async () => {
  const { ask, grow, opened } = setUp();
  const socket = await opened();
  const both = [ask(['derivatives?layer=x'])];
  grow();
  both.push(ask());
  assert.deepEqual(
    socket.sent.map(({ number, keep, more }) => [number, keep, more?.length]),
    [
      [1, 0, undefined],
      [2, 1, 1],
    ],
  );
  socket.onmessage(answer(1, { says: 'first' }));
  socket.onmessage(answer(2, { says: 'second' }));
  const said = (await Promise.all(both)).map(([{ metadata }]) => metadata.says);
  assert.deepEqual(said, ['first', 'second']);
});

test('what was said after a message that is refused is asked over HTTP, and the whole is said next', async () => {
  const { ask, grow, opened } = setUp();
  const socket = await opened();
  const wrong = assert.rejects(ask(['derivatives?layer=none']), { status: 422 });
  grow();
  const built = ask();
  socket.onmessage(refusal(1, 422));
  socket.onmessage(refusal(2, 409));
  await wrong;
  assert.equal(await built, null);
  assert.ok(!socket.closed);
  void ask();
  assert.equal(socket.sent.at(-1).keep, 0);
});

const ODD = {
  'an answer to another message': answer(9, {}),
  'what is no refusal': { data: '{}' },
  'what is no answer': { data: new ArrayBuffer(3) },
  'what is no JSON': { data: 'hello' },
};

for (const [what, event] of Object.entries(ODD))
  test(`${what} ends it, and HTTP is asked`, async () => {
    const { ask, opened } = setUp();
    const socket = await opened();
    const asked = ask();
    socket.onmessage(event);
    assert.equal(await asked, null);
    assert.ok(socket.closed);
  });

test('a silence that lasts too long says that nobody is there, as over HTTP', async () => {
  const { clock, ask, opened } = setUp();
  const socket = await opened();
  const asked = ask();
  const away = assert.rejects(asked, new Away());
  await clock.pass(9999);
  assert.ok(!socket.closed);
  await clock.pass(1);
  await away;
  assert.ok(socket.closed);
});

test('it is closed when nobody has drawn for a while, and opened again with the next stroke', async () => {
  const { clock, sockets, ask, opened } = setUp();
  const socket = await opened();
  const asked = ask();
  socket.onmessage(answer(1, {}));
  await asked;
  await clock.pass(29_999);
  assert.ok(!socket.closed);
  await clock.pass(1);
  assert.ok(socket.closed);
  assert.equal(clock.running(), 0, 'an idle page does nothing');
  const next = await opened();
  assert.equal(sockets.length, 2);
  void ask();
  assert.equal(next.sent[0].keep, 0, 'the new one has no drawing');
});

test('a page that is left closes it; what was under way is asked over HTTP', async () => {
  const { clock, live, ask, opened } = setUp();
  const socket = await opened();
  const asked = ask();
  live.close();
  assert.ok(socket.closed);
  assert.equal(await asked, null);
  socket.onclose?.();
  await rest();
  assert.equal(clock.running(), 0, 'nothing was lost');
});

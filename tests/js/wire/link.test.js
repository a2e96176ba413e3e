import assert from 'node:assert/strict';
import test from 'node:test';
import { createClock } from '../clock.js';
import { createLink } from '../../../static/js/wire/link.js';

/** A link whose server answers as told, by a clock of ours. */
function setUp() {
  const clock = createClock();
  const asked = [];
  const heard = [];
  const server = { up: false };
  const link = createLink({
    url: 'healthz',
    onChange: (away) => heard.push(away),
    fetch: async () => {
      asked.push(clock.now());
      if (!server.up) throw new TypeError('Failed to fetch');
      return new Response('{}');
    },
    timers: clock.timers,
  });
  return { link, asked, heard, server, pass: clock.pass };
}

/** The times between the members of a list of times. */
const between = (times) => times.map((time, i) => time - (times[i - 1] ?? 0));

test('asks after a second, then less and less often, at least every five', async () => {
  const { link, asked, pass } = setUp();
  link.lost();
  await pass(30_000);
  const waits = between(asked);
  assert.equal(waits[0], 1000);
  assert.ok(waits.every((wait, i) => i === 0 || wait >= waits[i - 1]));
  assert.equal(waits.at(-1), 5000);
});

test('says once that the server is away, and once that it is back', async () => {
  const { link, heard, server, pass } = setUp();
  link.lost();
  link.lost();
  assert.equal(link.away(), true);
  await pass(1500);
  server.up = true;
  await pass(5000);
  assert.equal(link.away(), false);
  assert.deepEqual(heard, [true, false]);
});

test('a server that is up but does not read is not asked faster and faster', async () => {
  const { link, asked, server, pass } = setUp();
  server.up = true;
  for (let i = 0; i < 5; i++) {
    link.lost();
    await pass(5000);
  }
  assert.ok(asked[4] - 20_000 > asked[0]);
  link.proven();
  link.lost();
  await pass(1000);
  assert.equal(asked.at(-1), 26_000);
});

test('packets that are lost in silence: the page is back soon after the network is', async () => {
  const clock = createClock();
  const heard = [];
  let network = false;
  const link = createLink({
    url: 'healthz',
    onChange: (away) => heard.push(away),
    // no answer, no error: what is sent into a dead network stays without an end
    fetch: () => (network ? Promise.resolve(new Response('{}')) : new Promise(() => {})),
    timers: clock.timers,
  });
  link.lost();
  await clock.pass(60_000);
  assert.deepEqual(heard, [true]);
  network = true;
  await clock.pass(8_100); // at most three seconds of patience and five until it asks again
  assert.deepEqual(heard, [true, false]);
  assert.equal(clock.running(), 0);
});

test('a server that refuses is there, and one that is busy too', async () => {
  for (const status of [421, 503]) {
    const clock = createClock();
    const headers = { 'Retry-After': '1', 'Content-Type': 'application/problem+json' };
    const link = createLink({
      url: 'healthz',
      onChange: () => {},
      fetch: async () => new Response('{}', { status, headers }),
      timers: clock.timers,
    });
    link.lost();
    await clock.pass(1_100);
    assert.equal(link.away(), false, String(status));
  }
});

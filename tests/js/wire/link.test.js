import assert from 'node:assert/strict';
import test from 'node:test';
import { createLink } from '../../../static/js/wire/link.js';

/** A link whose server answers as told, and whose timers run when told. */
function setUp() {
  const waits = [];
  const heard = [];
  const server = { up: false };
  let due = () => {};
  const link = createLink({
    url: 'healthz',
    onChange: (away) => heard.push(away),
    fetch: async () => {
      if (!server.up) throw new TypeError('Failed to fetch');
      return new Response('{}');
    },
    timers: {
      start(task, wait) {
        waits.push(wait);
        due = task;
        return 0;
      },
      stop: () => {},
    },
  });
  const pass = async () => {
    due();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { link, waits, heard, server, pass };
}

test('asks after a second, then less and less often, at least every five', async () => {
  const { link, waits, pass } = setUp();
  link.lost();
  for (let i = 0; i < 6; i++) await pass();
  assert.equal(waits[0], 1000);
  assert.ok(waits.every((wait, i) => i === 0 || wait >= waits[i - 1]));
  assert.equal(waits.at(-1), 5000);
});

test('says once that the server is away, and once that it is back', async () => {
  const { link, heard, server, pass } = setUp();
  link.lost();
  link.lost();
  assert.equal(link.away(), true);
  await pass();
  server.up = true;
  await pass();
  assert.equal(link.away(), false);
  assert.deepEqual(heard, [true, false]);
});

test('a server that is up but does not read is not asked faster and faster', async () => {
  const { link, waits, server, pass } = setUp();
  server.up = true;
  for (let i = 0; i < 5; i++) {
    link.lost();
    await pass();
  }
  assert.ok(waits.at(-1) > waits[0]);
  link.proven();
  link.lost();
  assert.equal(waits.at(-1), 1000);
});

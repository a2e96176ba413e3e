import assert from 'node:assert/strict';
import test from 'node:test';
import { ask } from '../../../static/js/wire/ask.js';
import { Away, Refusal } from '../../../static/js/wire/refusal.js';
import { createClock } from '../clock.js';

/** A body of a million bytes that comes piece by piece. */
function slowly() {
  let hand;
  const body = new ReadableStream({ start: (controller) => (hand = controller) });
  return { answer: new Response(body), hand };
}

test('weights may come slowly, as long as they come', async () => {
  const clock = createClock();
  const { answer, hand } = slowly();
  const asked = ask('weights', {}, { fetch: async () => answer, timers: clock.timers });
  for (let i = 0; i < 10; i++) {
    await clock.pass(9_000);
    hand.enqueue(new Uint8Array([i]));
  }
  await clock.pass(0);
  hand.close();
  assert.deepEqual([...new Uint8Array((await asked).bytes)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(clock.running(), 0);
});

test('weights that stop coming are given up', async () => {
  const clock = createClock();
  const { answer, hand } = slowly();
  const asked = ask('weights', {}, { fetch: async () => answer, timers: clock.timers });
  const failed = assert.rejects(asked, Away);
  await clock.pass(9_000);
  hand.enqueue(new Uint8Array(5));
  await clock.pass(10_100);
  await failed;
  assert.equal(clock.running(), 0);
});

test('a refusal that stops half way is silence, a whole one is a sentence', async () => {
  const clock = createClock();
  const { answer } = slowly();
  const half = new Response(answer.body, { status: 404 });
  const failed = assert.rejects(
    ask('spec', {}, { fetch: async () => half, timers: clock.timers }),
    Away,
  );
  await clock.pass(10_100);
  await failed;
  const whole = new Response('{"detail": "No such network."}', { status: 404 });
  await assert.rejects(
    ask('spec', {}, { fetch: async () => whole, timers: clock.timers }),
    (error) => error instanceof Refusal && error.message === 'No such network.',
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { createClock } from '../clock.js';
import { untilAnswered } from '../../../static/js/wire/ask.js';

test('a question that fails is asked again, less and less often, until it is answered', async () => {
  const { timers, now, pass, running } = createClock();
  const asked = [];
  const question = async () => {
    asked.push(now());
    if (asked.length < 12) throw new Error('not now');
    return 'ten digits';
  };
  const answer = untilAnswered(question, timers);
  await pass(0);
  await pass(600_000);
  assert.equal(await answer, 'ten digits');
  const waits = asked.slice(1).map((time, i) => time - asked[i]);
  assert.equal(waits[0], 1000);
  assert.ok(waits.every((wait, i) => i === 0 || wait >= waits[i - 1]));
  assert.equal(waits.at(-1), 30_000);
  assert.equal(asked.length, 12, 'nothing is asked after the answer');
  assert.equal(running(), 0);
});

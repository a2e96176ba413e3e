import assert from 'node:assert/strict';
import test from 'node:test';
import { createProgress } from '../../../static/js/page/progress.js';

/** Whether a promise is done by now. */
async function done(promise) {
  const pending = Symbol('pending');
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

test('settled waits for the frame that paints the newest input', async () => {
  const progress = createProgress(() => true);
  const sequence = progress.deliver();
  const settled = progress.settled();
  progress.answer(sequence);
  assert.equal(await done(settled), false, 'answered is not painted');
  progress.paints();
  progress.painted();
  assert.equal(await done(settled), true);
});

test('an answer that came after the frame began is not in it', async () => {
  const progress = createProgress(() => true);
  const sequence = progress.deliver();
  const settled = progress.settled();
  progress.paints();
  progress.answer(sequence);
  progress.painted();
  assert.equal(await done(settled), false);
});

test('a later input does not hold up who is already content', async () => {
  const progress = createProgress(() => true);
  await progress.settled();
  progress.deliver();
  assert.equal(await done(progress.settled()), false);
});

test('a frame that is due is waited for', async () => {
  let resting = false;
  const progress = createProgress(() => resting);
  const settled = progress.settled();
  assert.equal(await done(settled), false);
  resting = true;
  progress.paints();
  progress.painted();
  assert.equal(await done(settled), true);
});

test('a part of the page that is loaded is waited for, whether or not it comes', async () => {
  const progress = createProgress(() => true);
  for (const end of ['resolve', 'reject']) {
    const part = Promise.withResolvers();
    progress.expect(part.promise);
    const settled = progress.settled();
    assert.equal(await done(settled), false);
    part[end](new Error('it did not'));
    await settled;
  }
});

test('who waits is told when it will not come', async () => {
  const progress = createProgress(() => true);
  progress.deliver();
  const settled = progress.settled();
  progress.fail(new Error('The server does not answer.'));
  await assert.rejects(settled, /does not answer/);
});
